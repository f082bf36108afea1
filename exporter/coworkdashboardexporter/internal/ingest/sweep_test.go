package ingest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// daily returns a request of a user of its own at noon of a day that is some days ago.
func daily(days int) eventtest.Event {
	e := by(fmt.Sprintf("user-%d", days), request(1000+days, 1))
	e.At = noon.AddDate(0, 0, -days)
	return e
}

// TestSweep deletes hours, days, weeks, identities and names when they are too old, in
// short transactions.
func TestSweep(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		set := DefaultSettings()
		set.Hours, set.Days, set.Identities = 2*24*time.Hour, 10*24*time.Hour, 24*time.Hour
		in := open(t, name, set)
		var events []eventtest.Event
		for days := range 10 {
			events = append(events, daily(days))
		}
		add(t, in, events...)
		count := func(table string) string { return rows(t, in, "select count(*) from "+table)[0] }
		require.NoError(t, in.Sweep(t.Context(), noon))
		require.Equal(t, []string{"3", "10", "10", "10"}, []string{count("usage_by_user_hour"), count("usage_by_user_day"), count("usage_by_user_week"), count("identities")})

		require.NoError(t, in.Sweep(t.Context(), noon.AddDate(0, 0, 8)))
		require.Equal(t, []string{"0", "4", "6", "0"}, []string{count("usage_by_user_hour"), count("usage_by_user_day"), count("usage_by_user_week"), count("identities")})
		require.Equal(t, "10", count("names where kind = 'user'"), "names are kept longer than the rows that refer to them")

		stats := in.TakeStats()
		require.Positive(t, stats.Deleted)
		writes := 0
		in.write = func(ctx context.Context, f func(context.Context, *database.Tx) error) error {
			writes++
			return in.db.Write(ctx, f)
		}
		require.NoError(t, in.Sweep(t.Context(), noon.AddDate(0, 0, 40)))
		require.Greater(t, writes, len(in.expiries(noon))+3, "a transaction for each day")
		require.Equal(t, []string{"0", "0", "0", "0"}, []string{count("usage_by_user_day"), count("usage_by_user_week"), count("writers"), count("names where id > 1")})
		require.Equal(t, "2", count("names"), "the reserved ones")
		require.Empty(t, in.in.names.refs)
		writes = 0
		require.NoError(t, in.Sweep(t.Context(), noon.AddDate(0, 0, 40)))
		require.Zero(t, writes, "once an hour")
	})
}

// TestSweptNamesAreErased checks that no deleted name stays in the file or in its log.
func TestSweptNamesAreErased(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.db")
	in := open(t, path, DefaultSettings())
	add(t, in, by("quentin-the-former-colleague", request(1, 1)))
	require.NoError(t, in.Sweep(t.Context(), noon.AddDate(2, 0, 0)))
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + suffix)
		require.NoError(t, err)
		require.NotContains(t, string(content), "former", "%s has a name still", suffix)
	}
}

// TestNameIsDeletedByAnother deletes the row of a name that a collector has in memory, as
// the retention of another collector does. The row is added again when it is used.
func TestNameIsDeletedByAnother(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		add(t, in, request(1, 100))
		require.NoError(t, in.db.Write(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, "delete from names where kind = 'user'")
			return err
		}))
		later := request(2, 10)
		later.At = noon.AddDate(0, 0, 1)
		in.Add(noon.AddDate(0, 0, 1), eventtest.Logs(later))
		require.NoError(t, in.Flush(t.Context()))
		require.Equal(t, []string{"alice, 110"}, rows(t, in, "select name, sum(cost_micros) from usage_by_user_day join names on id = user_id group by name"))
		require.Equal(t, []string{"20261122"}, rows(t, in, "select distinct last_day from names where id > 1"))
	})
}

// TestNamesWhilePending keeps the names in memory while events refer to them.
func TestNamesWhilePending(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	in.Add(noon, eventtest.Logs(request(1, 100)))
	require.NoError(t, in.Sweep(t.Context(), noon))
	add(t, in, by("bob", request(2, 10)))
	require.Equal(t, []string{"alice, 100", "bob, 10"}, rows(t, in, "select name, cost_micros from usage_by_user_day join names on id = user_id order by 1"))
}

// TestRestart opens a database again: the time of the newest event is known, and repeated
// events are not counted.
func TestRestart(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		in.Add(noon, eventtest.Logs(request(1, 100)))
		require.NoError(t, in.Close(t.Context()))
		latest := in.State().Latest
		require.False(t, latest.IsZero())
		in = open(t, name, DefaultSettings())
		require.Equal(t, latest, in.State().Latest)
		add(t, in, request(1, 100), request(2, 10))
		require.Equal(t, []string{"2, 110"}, rows(t, in, "select requests, cost_micros from usage_day"))
		require.EqualValues(t, 1, in.TakeStats().Duplicates)
	})
}

// TestEventsDuringSweep adds events while a sweep deletes days one by one: they are
// committed before the memory is full.
func TestEventsDuringSweep(t *testing.T) {
	set := DefaultSettings()
	set.Days, set.MaxPending = 20*24*time.Hour, 40
	in := inMemory(t, set)
	var events []eventtest.Event
	for days := range 20 {
		events = append(events, daily(days))
	}
	for part := range 4 {
		add(t, in, events[5*part:5*part+5]...)
	}
	later, n := noon.AddDate(0, 0, 60), 0
	in.write = func(ctx context.Context, f func(context.Context, *database.Tx) error) error {
		n++
		e := request(5000+n, 1)
		e.At = later
		in.Add(later, eventtest.Logs(e))
		return in.db.Write(ctx, f)
	}
	require.NoError(t, in.Sweep(t.Context(), later))
	require.Greater(t, n, 40)
	require.Zero(t, in.TakeStats().Lost)
	in.write = in.db.Write
	require.NoError(t, in.Flush(t.Context()))
	require.Equal(t, []string{fmt.Sprint(n)}, rows(t, in, "select sum(requests) from usage_day"))
}
