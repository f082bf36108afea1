package ingest

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
)

// TestMaxUsers checks that further users count as (other), also after a restart.
func TestMaxUsers(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		set := DefaultSettings()
		set.MaxUsers = 3
		in := open(t, name, set)
		for i := range 5 {
			add(t, in, by(fmt.Sprintf("user-%d", i), request(i, 100)))
		}
		require.Equal(t, map[string]int64{"user": 2}, overflow(in))
		in = open(t, name, set)
		add(t, in, by("user-1", request(10, 1)), by("user-5", request(11, 1000)))
		require.Equal(t, map[string]int64{"user": 1}, overflow(in))
		require.Equal(t, []string{"(other), 1200", "user-0, 100", "user-1, 101", "user-2, 100"},
			rows(t, in, "select name, cost_micros from activity_by_user_day join names on id = user_id order by 1"))
	})
}

func overflow(in *Ingest) map[string]int64 {
	stats := in.TakeStats()
	return stats.OverflowByKind()
}

// TestMaxNames checks that the limit applies to each kind.
func TestMaxNames(t *testing.T) {
	set := DefaultSettings()
	set.MaxNames = 2
	in := inMemory(t, set)
	for i := range 4 {
		add(t, in, eventOf("tool_result", i, map[string]any{"tool_name": fmt.Sprintf("tool%d", i)}), request(10+i, 1))
	}
	require.Equal(t, []string{"(other), 2", "tool0, 1", "tool1, 1"}, rows(t, in, "select name, calls from tool_calls_day join names on id = tool_id order by 1"))
	require.Equal(t, []string{"opus, 4"}, rows(t, in, "select name, requests from usage_day join names on id = model_id"))
	require.EqualValues(t, 2, overflow(in)["tool"])
}

// TestMaxPending fills the memory while the database is not writable. Further events are
// lost, and the sender is informed.
func TestMaxPending(t *testing.T) {
	set := DefaultSettings()
	set.MaxPending = 10
	in := inMemory(t, set)
	in.write = func(context.Context, func(context.Context, *database.Tx) error) error { return errLost }
	var events []eventtest.Event
	for i := range 20 {
		events = append(events, eventOf("at_mention", i, map[string]any{"prompt.id": ""}))
	}
	select {
	case <-in.Ready():
		t.Fatal("nothing is pending")
	default:
	}
	wait := in.Add(noon, eventtest.Logs(events...))
	<-in.Ready()
	require.ErrorIs(t, wait(t.Context()), errLost)
	require.Equal(t, 10, in.Pending())
	require.EqualValues(t, 10, in.State().Lost)
	in.write = in.db.Write
	require.ErrorIs(t, wait(t.Context()), errNoRoom)
	require.Zero(t, in.Pending())
	require.NoError(t, in.Add(noon, eventtest.Logs(events...))(t.Context()), "the sender repeats the batch")
	require.Equal(t, []string{"20"}, rows(t, in, "select events from activity_day"))
	stats := in.TakeStats()
	require.EqualValues(t, 10, stats.Lost)
	require.EqualValues(t, 10, stats.Duplicates)
}

// TestMaxRecent evicts the identities in memory. Those of the database still find the
// duplicates.
func TestMaxRecent(t *testing.T) {
	set := DefaultSettings()
	set.MaxRecent = 1
	in := inMemory(t, set)
	var events []eventtest.Event
	for i := range 500 {
		events = append(events, request(i, 1))
	}
	add(t, in, events...)
	add(t, in, events...)
	require.Less(t, in.in.recent.Len(), 400)
	in.Add(noon, eventtest.Logs(append(events, events...)...)) // twice in one commit too
	require.NoError(t, in.Flush(t.Context()))
	require.Equal(t, []string{"500"}, rows(t, in, "select sum(requests) from usage_day"))
	require.EqualValues(t, 1500, in.TakeStats().Duplicates)
}

// TestSumsStayAtTheirLimits adds numbers beyond the largest sums, in one commit and over
// several.
func TestSumsStayAtTheirLimits(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		for i := range 3 {
			var events []eventtest.Event
			for j := range 3 {
				e := request(10*i+j, 1)
				e.Attrs["cost_usd_micros"], e.Attrs["input_tokens"] = int64(4e14), int64(4e14)
				events = append(events, e)
			}
			add(t, in, events...)
		}
		most := fmt.Sprint(int64(fact.MaxAmount))
		for _, table := range []string{"usage_hour", "usage_by_user_week", "activity_by_user_day"} {
			require.Equal(t, []string{most + ", " + most + ", 9"}, rows(t, in, "select cost_micros, input, requests from "+table), table)
		}
		require.NoError(t, in.db.Write(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, "update activity_day set events = $1", int64(fact.MaxCount))
			return err
		}))
		add(t, in, request(100, 1))
		require.Equal(t, []string{fmt.Sprint(fact.MaxCount)}, rows(t, in, "select events from activity_day"))
	})
}

// TestTimes checks events with impossible times, and those older than the retention.
func TestTimes(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	at := func(n int, at time.Time) eventtest.Event {
		e := request(n, 1)
		e.At = at
		return e
	}
	add(t, in,
		at(1, time.Unix(100, 0)), at(2, noon.Add(25*time.Hour)), // misdated
		at(3, noon.Add(23*time.Hour)),
		at(4, noon.AddDate(0, 0, -401)), // old
		at(5, noon.AddDate(0, 0, -399)), // too old for hours
		at(6, noon.AddDate(0, 0, -14)),  // the oldest hour
		at(7, noon.AddDate(0, 0, -14).Add(-1)))
	require.Equal(t, []string{"20251018, 1", "20261107, 2", "20261121, 2", "20261122, 1"}, rows(t, in, "select day, requests from usage_day order by 1"))
	require.Equal(t, []string{"1794052800, 1", "1795262400, 2", "1795345200, 1"}, rows(t, in, "select hour, requests from usage_hour order by 1"))
	stats := in.TakeStats()
	require.EqualValues(t, 2, stats.Misdated)
	require.EqualValues(t, 1, stats.Old)
	require.EqualValues(t, 6, stats.Events)
}

// TestHostileNames checks that any text is stored as text, truncated if it is long.
func TestHostileNames(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		for i, text := range hostile {
			e := request(i, 1)
			for _, key := range []string{"model", "organization.id", "user.account_uuid", "session.id", "prompt.id", "query_source", "request_id"} {
				e.Attrs[key] = text
			}
			add(t, in, e)
		}
		names := rows(t, in, "select name from usage_day join names on id = model_id")
		require.Len(t, names, len(hostile))
		for _, n := range names {
			require.LessOrEqual(t, len(n), details.MaxBytes)
		}
		require.Equal(t, []string{fmt.Sprint(len(hostile))}, rows(t, in, "select sum(requests) from usage_by_user_day"))
		require.Positive(t, in.TakeStats().Cut)
	})
}

// TestInvalidNumbers checks that impossible numbers are not added.
func TestInvalidNumbers(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	add(t, in, eventOf("api_request", 1, map[string]any{"model": "opus", "cost_usd": -1.0, "input_tokens": math.MaxInt64, "duration_ms": "long"}))
	require.Equal(t, []string{"1, 0, 0"}, rows(t, in, "select requests, cost_micros, input from usage_day"))
	require.Empty(t, rows(t, in, "select * from request_latency_day"))
	require.EqualValues(t, 3, in.TakeStats().Invalid)
}
