package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestStartOfDay follows the days of zones whose clocks change at midnight. A day that
// has no midnight repeated the day before it without end.
func TestStartOfDay(t *testing.T) {
	for zone, changes := range map[string]map[string]string{
		"America/Santiago": {"2026-09-06": "2026-09-06T01:00:00-03:00", "2026-09-07": "2026-09-07T00:00:00-03:00", "2026-04-05": "2026-04-05T00:00:00-04:00"},
		"Africa/Cairo":     {"2026-04-24": "2026-04-24T01:00:00+03:00", "2026-10-30": "2026-10-30T00:00:00+02:00"},
		"Asia/Beirut":      {"2026-03-29": "2026-03-29T01:00:00+03:00"},
		"America/Havana":   {"2026-03-08": "2026-03-08T01:00:00-04:00", "2026-11-01": "2026-11-01T00:00:00-04:00"},
		"Atlantic/Azores":  {"2026-03-29": "2026-03-29T01:00:00Z", "2026-10-25": "2026-10-25T00:00:00Z"},
		"America/Sao_Paulo": {
			"2018-11-04": "2018-11-04T01:00:00-02:00", "2018-02-18": "2018-02-18T00:00:00-03:00",
		},
		"Pacific/Apia":        {"2011-12-31": "2011-12-31T00:00:00+14:00"},
		"Europe/Berlin":       {"2026-03-29": "2026-03-29T00:00:00+01:00", "2026-10-25": "2026-10-25T00:00:00+02:00"},
		"Asia/Kolkata":        {"2026-09-06": "2026-09-06T00:00:00+05:30"},
		"Australia/Lord_Howe": {"2026-10-04": "2026-10-04T00:00:00+10:30"},
		"UTC":                 {"2026-09-06": "2026-09-06T00:00:00Z"},
	} {
		in, err := time.LoadLocation(zone)
		require.NoError(t, err)
		for day, want := range changes {
			noon, err := time.ParseInLocation(time.DateTime, day+" 12:00:00", in)
			require.NoError(t, err)
			require.Equal(t, want, StartOfDay(noon, 0).Format(time.RFC3339), "%s %s", zone, day)
			require.Equal(t, want, StartOfDay(StartOfDay(noon, 0), 0).Format(time.RFC3339), "%s %s: again", zone, day)
			require.NotEqual(t, day, StartOfDay(noon, 0).Add(-1).Format(time.DateOnly), "%s %s: the first instant", zone, day)
		}
	}
}

// TestDaysOfYears walks through three years of every zone above by days: each follows the
// one before it, and every day has its own start.
func TestDaysOfYears(t *testing.T) {
	for _, zone := range []string{"America/Santiago", "Africa/Cairo", "Asia/Beirut", "America/Havana", "Atlantic/Azores", "America/Asuncion", "Australia/Lord_Howe", "Asia/Tehran"} {
		in, err := time.LoadLocation(zone)
		require.NoError(t, err)
		day := StartOfDay(time.Date(2021, 1, 1, 12, 0, 0, 0, in), 0)
		for n := range 3 * 365 {
			next := StartOfDay(day, 1)
			require.Equal(t, day.Format(time.DateOnly), next.Add(-1).Format(time.DateOnly), zone)
			require.NotEqual(t, day.Format(time.DateOnly), next.Format(time.DateOnly), zone)
			require.Equal(t, day, StartOfDay(next, -1), "%s: the day before day %d", zone, n)
			require.Equal(t, day, StartOfDay(next.Add(-1), 0), zone)
			day = next
		}
	}
}
