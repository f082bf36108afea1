package urlquery

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDaysWithoutMidnight reads days of a zone whose clocks change at midnight. The day on
// which summer time begins was read as the day before.
func TestDaysWithoutMidnight(t *testing.T) {
	santiago, err := time.LoadLocation("America/Santiago")
	require.NoError(t, err)
	now := time.Date(2026, 9, 6, 12, 0, 0, 0, santiago)
	check := func(query, from, to string) {
		t.Helper()
		q, err := Site{}.Parse(&url.URL{RawQuery: query}, now, santiago, Accepts{Times: true})
		require.NoError(t, err)
		require.Equal(t, from, q.From.Format(time.DateTime), query)
		require.Equal(t, to, q.To.Format(time.DateTime), query)
	}
	check("from=2026-09-06&to=2026-09-06", "2026-09-06 01:00:00", "2026-09-07 00:00:00")
	check("from=2026-09-05&to=2026-09-05", "2026-09-05 00:00:00", "2026-09-06 01:00:00")
	check("to=2026-10-05", "2026-09-06 01:00:00", "2026-10-06 00:00:00")
	check("range=7d", "2026-08-31 00:00:00", "2026-09-06 12:00:00")
	now = now.AddDate(0, 0, 6)
	check("range=7d", "2026-09-06 01:00:00", "2026-09-12 12:00:00")
}
