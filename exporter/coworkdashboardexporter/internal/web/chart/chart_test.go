package chart

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/format"
)

func TestChange(t *testing.T) {
	check := func(now, before float64, unit, want string) {
		t.Helper()
		require.Equal(t, want, strings.ReplaceAll(change(now, before, unit), format.NBSP, " "))
	}
	check(113, 100, "USD", "+13 %")
	check(87, 100, "USD", "−13 %")
	check(100, 100, "USD", "the same")
	check(5, 0, "USD", "")
	check(2000, 100, "USD", "×20")
	check(0.011, 0.023, "1", "−1.2 points")
}

// TestSlotText checks the lengths of the slots of a line. Lines by week were per day.
func TestSlotText(t *testing.T) {
	check := func(hours int, want string) {
		t.Helper()
		step := int64(hours) * 3600
		require.Equal(t, want, slotText([]int64{step / 2, step, 2 * step}, time.Unix(2*step+60, 0)), "the first and the last are incomplete")
	}
	check(1, perHour)
	check(24, perDay)
	check(25, perDay)
	check(24*7, perWeek)
	require.Equal(t, perDay, slotText([]int64{0}, time.Unix(86400, 0)))
	require.Empty(t, slotText([]int64{0}, time.Unix(0, 0)))
}
