package store

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestSweep checks that old data is deleted, hours before days, with unused names, and
// that the files do not contain it.
func TestSweep(t *testing.T) {
	set := inFile(t)
	set.Hours, set.Days = 48*time.Hour, 10*24*time.Hour
	s := openStore(t, set)
	e := request(1, 5)
	e.Attrs["user.account_uuid"] = "quentin-the-former-colleague"
	add(t, s, e, event("skill_activated", 2, map[string]any{"skill.name": "former-skill"}), alert("f", "firing", 1))
	month := report.Filter{From: noon.AddDate(0, 0, -20), To: noon.AddDate(0, 0, 20)}
	costs := func() any {
		table, err := s.Answer(t.Context(), report.Panel{Query: "select coalesce((select cost from spend_total), 0)"}, month)
		require.NoError(t, err)
		return table.Rows[0][0]
	}
	count := func(table string) (n int) {
		require.NoError(t, s.write.QueryRow("select count(*) from "+table).Scan(&n))
		return n
	}
	require.NoError(t, s.Sweep(t.Context(), noon))
	require.Equal(t, 4, count("cells"))
	require.NoError(t, s.Sweep(t.Context(), noon.Add(3*24*time.Hour)))
	require.Equal(t, 2, count("cells"), "days are kept longer than hours")
	require.Equal(t, int64(5), costs())
	require.NoError(t, s.Sweep(t.Context(), noon.Add(20*24*time.Hour)))
	require.Equal(t, int64(0), costs())
	for _, table := range []string{"cells", "fact", "latency", "adoption", "session", "tally", "prompt", "step", "alert", "word"} {
		require.Zero(t, count(table), table)
	}
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(set.Path + suffix)
		require.NoError(t, err)
		require.NotContains(t, string(b), "former", "%s has a name still", suffix)
	}
	require.Empty(t, s.in.dictionary.known[catUser])
}

// TestSweepOncePerHour checks that further sweeps within an hour do nothing.
func TestSweepOncePerHour(t *testing.T) {
	s := openStore(t, DefaultSettings())
	require.NoError(t, s.Sweep(t.Context(), noon))
	add(t, s, request(1, 5))
	_, err := s.write.Exec("update cells set at = 0")
	require.NoError(t, err)
	require.NoError(t, s.Sweep(t.Context(), noon.Add(59*time.Minute)))
	require.NotNil(t, cell(t, s, "select (select count(*) from cells)"))
	var n int
	require.NoError(t, s.write.QueryRow("select count(*) from cells").Scan(&n))
	require.Equal(t, 4, n)
	require.NoError(t, s.Sweep(t.Context(), noon.Add(time.Hour)))
	require.NoError(t, s.write.QueryRow("select count(*) from cells").Scan(&n))
	require.Zero(t, n)
}

// TestOldEvents checks that events older than the retention are counted and dropped, and
// that events with an impossible time count at the time of arrival.
func TestOldEvents(t *testing.T) {
	s := openStore(t, DefaultSettings())
	old, future := request(1, 5), request(2, 7)
	old.At, future.At = noon.AddDate(-2, 0, 0), noon.AddDate(0, 0, 2)
	add(t, s, old, future)
	stats := s.TakeStats()
	require.Equal(t, int64(1), stats.Old)
	require.Equal(t, int64(1), stats.Misdated)
	f := report.Filter{From: noon, To: noon.Add(time.Hour)}
	table, err := s.Answer(t.Context(), report.Panel{Query: "select cost from spend_total"}, f)
	require.NoError(t, err)
	require.Equal(t, [][]any{{int64(7)}}, table.Rows)
}
