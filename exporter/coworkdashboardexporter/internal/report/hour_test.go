package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestHoursOfYears walks through a year by hours: they are disjoint, none is missing, and
// each instant is in its own. On Lord Howe, whose clocks change by half an hour, half an
// hour was missing twice a year.
func TestHoursOfYears(t *testing.T) {
	for _, zone := range []string{"America/Santiago", "America/Havana", "Atlantic/Azores", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Beirut", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "UTC"} {
		in, err := time.LoadLocation(zone)
		require.NoError(t, err)
		start := StartOfHour(time.Date(2026, 1, 1, 0, 30, 0, 0, in))
		for start.Year() < 2027 {
			next := NextHour(start)
			require.Positive(t, next.Sub(start), zone)
			require.LessOrEqual(t, next.Sub(start), time.Hour, zone)
			for _, at := range []time.Time{start, start.Add(next.Sub(start) / 2), next.Add(-1)} {
				require.Equal(t, start, StartOfHour(at), "%s: %s", zone, at)
				require.Equal(t, next, NextHour(at), "%s: %s", zone, at)
				require.Equal(t, start.Hour(), at.Hour(), "%s: %s", zone, at)
			}
			start = next
		}
	}
}
