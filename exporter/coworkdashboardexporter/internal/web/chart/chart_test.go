package chart

import (
	"strings"
	"testing"

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
