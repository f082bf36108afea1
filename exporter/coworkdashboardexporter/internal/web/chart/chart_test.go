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

// TestFillGaps covers the night in which summer time ends: its day has 25 hours.
func TestFillGaps(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	s := newSeriesSet()
	for _, day := range []int{23, 24, 27} {
		require.NoError(t, s.addRow([]any{time.Date(2026, 10, day, 0, 0, 0, 0, zone), int64(day)}, "n"))
	}
	s.fillGaps(true, zone)
	require.Len(t, s.times, 5)
	for i, at := range s.times {
		require.Equal(t, 23+i, at.In(zone).Day())
		require.Zero(t, at.In(zone).Hour())
	}
	v, ok := s.value(s.times[2], "n")
	require.True(t, ok)
	require.Zero(t, v, "no value")

	far := newSeriesSet()
	for _, at := range []time.Time{time.Unix(0, 0), time.Unix(1, 0), time.Unix(1<<40, 0)} {
		require.NoError(t, far.addRow([]any{at, 1.0}, "n"))
	}
	far.fillGaps(true, zone)
	require.LessOrEqual(t, len(far.times), maxTimes+1, "the number of times is bounded")
}
