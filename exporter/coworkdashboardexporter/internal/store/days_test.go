package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestDays checks the days by which a cost is extrapolated to a month:
// the requested range without days in the future or before the first event.
func TestDays(t *testing.T) {
	s := openStore(t, DefaultSettings())
	days := func(from, to time.Time) any {
		t.Helper()
		table, err := s.Answer(t.Context(), report.Panel{Query: "select :days"}, report.Filter{From: from, To: to})
		require.NoError(t, err)
		return table.Rows[0][0]
	}
	midnight := noon.Add(-12 * time.Hour)
	require.InDelta(t, 1.0, days(noon.Add(-24*time.Hour), noon), 1e-9, "nothing is known yet")
	first, last := request(1, 5), request(2, 5)
	first.At = noon.AddDate(0, 0, -60)
	add(t, s, first, last)
	require.InDelta(t, 1.0, days(noon.Add(-24*time.Hour), noon), 1e-9, "a day that touches two")
	require.InDelta(t, 6.5, days(midnight.AddDate(0, 0, -6), noon), 1e-9, "today is half over")
	require.InDelta(t, 29.5, days(midnight.AddDate(0, 0, -29), noon), 1e-9)
	require.InDelta(t, 60.5, days(midnight.AddDate(0, 0, -89), noon), 1e-9, "nothing is known of a month of it")
	require.InDelta(t, 1.0, days(noon.Add(-time.Hour), noon), 1e-9, "an hour says nothing of a month")
	require.InDelta(t, 20.0, days(midnight.AddDate(0, 0, -30), midnight.AddDate(0, 0, -10)), 1e-9)
}
