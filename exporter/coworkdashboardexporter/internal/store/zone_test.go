package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestZoneChanges checks that figures stay on their days after the time zone was changed
// and changed back.
func TestZoneChanges(t *testing.T) {
	set := inFile(t)
	s := openStore(t, set)
	for day := range 20 { // noon is on the same day in all these zones
		e := request(day, 1+day)
		e.At = noon.AddDate(0, 0, -day).Add(-time.Minute)
		add(t, s, e, event("skill_activated", 100+day, map[string]any{"skill.name": "report"}))
	}
	require.NoError(t, s.Close(t.Context()))
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Europe/London", "UTC"} {
		set.Zone = zone(t, name)
		s := openStore(t, set)
		local := noon.In(set.Zone)
		days := report.Filter{From: dayOf(local).AddDate(0, 0, -19), To: noon}
		table, err := s.Answer(t.Context(), report.Panel{Query: "select date, cost, calls from slot left join spend_at using (at) left join (select at, n as calls from skill_at) using (at) order by at desc"}, days)
		require.NoError(t, err)
		require.Len(t, table.Rows, 20)
		for i, row := range table.Rows {
			require.Equal(t, []any{noon.AddDate(0, 0, -i).Format(time.DateOnly), int64(1 + i)}, row[:2], name)
		}
		require.Equal(t, int64(20), table.Rows[0][2], name)
		hours := report.Filter{From: noon.Add(-6 * time.Hour), To: noon.Add(2 * time.Hour)} // half hours are not preserved
		table, err = s.Answer(t.Context(), report.Panel{Query: "select sum(cost) from slot join spend_at using (at)"}, hours)
		require.NoError(t, err)
		require.Equal(t, [][]any{{int64(1)}}, table.Rows, name)
		require.NoError(t, s.Close(t.Context()))
	}
}
