package metric

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

// TestOverflow sends 100,000 tools, models and users each. Every event is counted, and the
// series are bounded.
func TestOverflow(t *testing.T) {
	l := newLedger(Settings{Dimensions: []string{"user"}, MaxSeries: 100})
	own := attrs{"duration_ms": 1000, "cost_usd": 1, "success": true}
	tool, call := event("tool_result", own), event("api_request", own)
	const n = 100_000
	for i := range n {
		name := strconv.Itoa(i)
		for _, ld := range []struct {
			ld  plog.Logs
			key string
		}{{tool, "tool_name"}, {call, "model"}} {
			rec := ld.ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
			rec.Attributes().PutStr(ld.key, name)
			rec.Attributes().PutStr("user.account_uuid", name)
			l.add(ld.ld)
		}
	}
	require.Equal(t, 100+4, l.Len(), "one overflow series for each of four metrics")
	points := l.all()
	require.Len(t, points, 104)
	require.InDelta(t, 2*n, total(points, "cowork.events"), 0)
	require.InDelta(t, n, total(points, "cowork.cost"), 0)
	require.InDelta(t, n, total(points, "cowork.tool.duration"), 0)
	require.InDelta(t, n, total(points, "cowork.api.request.duration"), 0)
	over := only(t, points, "cowork.cost", map[string]any{overflowKey: true})
	require.Len(t, over.labels, 1)
	stats := l.Stats()
	require.InDelta(t, over.value, float64(stats.Overflow["cowork.cost"]), 0)
	require.Len(t, stats.Overflow, 4)
}

// TestSeriesMakeRoom fills the series with users who never return, as cloud sessions do.
// They had all series for good, and a later user had none.
func TestSeriesMakeRoom(t *testing.T) {
	for _, delta := range []bool{false, true} {
		l := newLedger(Settings{Dimensions: []string{"user"}, MaxSeries: 20, Delta: delta})
		of := func(user string) plog.Logs { return event("user_prompt", attrs{"user.account_uuid": user}) }
		sum := 0.0 // of what a backend adds up: the last points, or all deltas
		last := map[string]float64{}
		take := func() {
			for _, p := range l.take() {
				if p.name == "cowork.prompts" && delta {
					sum += p.value
				} else if p.name == "cowork.prompts" {
					last[fmt.Sprint(p.labels, p.start)] = p.value
				}
			}
		}
		for i := range 100 {
			l.add(of(strconv.Itoa(i)), of("daily"))
			if i%3 == 0 {
				take()
			}
		}
		l.add(of("late"))
		take()
		take()
		require.LessOrEqual(t, l.Len(), 20+2)
		for _, one := range l.series {
			require.False(t, one.evicted)
		}
		users := map[string]bool{}
		for _, one := range l.series {
			for _, v := range one.values {
				users[v.Value()] = true
			}
		}
		require.True(t, users["late"], "delta: %v", delta)
		require.True(t, users["daily"], "a series that is updated remains, delta: %v", delta)
		for _, v := range last {
			sum += v
		}
		require.InDelta(t, 201, sum, 0, "nothing is lost, delta: %v", delta)
		require.NotZero(t, l.Stats().Evicted["cowork.prompts"])
	}
}

// TestNoRoom has only series with sums that were emitted in part. None can go without a
// loss, and the new one is added to the overflow.
func TestNoRoom(t *testing.T) {
	l := newLedger(Settings{Dimensions: []string{"user"}, MaxSeries: 2})
	of := func(user string) plog.Logs { return event("user_prompt", attrs{"user.account_uuid": user}) }
	l.add(of("alice"))
	l.take()
	l.take()
	l.take()
	l.add(of("alice"))
	l.add(of("bob"))
	stats := l.Stats()
	require.Empty(t, stats.Evicted)
	require.Equal(t, map[string]int64{"cowork.events": 1, "cowork.prompts": 1}, stats.Overflow)
	l.take()
	l.take()
	l.add(of("bob"))
	require.Equal(t, map[string]int64{"cowork.events": 1, "cowork.prompts": 1}, l.Stats().Evicted)
}

// TestOverflowDelta checks that the room of a dropped series is used again.
func TestOverflowDelta(t *testing.T) {
	l := newLedger(Settings{Dimensions: []string{"user"}, MaxSeries: 2, Delta: true})
	of := func(user string) attrs { return attrs{"user.account_uuid": user} }
	l.add(event("user_prompt", of("alice")), event("user_prompt", of("bob")))
	require.Equal(t, map[string]int64{"cowork.events": 1, "cowork.prompts": 1}, l.Stats().Overflow)
	for range maxIdle + 2 {
		l.take()
	}
	l.add(event("user_prompt", of("bob")))
	require.Empty(t, l.Stats().Overflow)
	require.Equal(t, "bob", prompts(t, l.take()).labels["user"])
}

// TestForgotten checks that dropped identities are counted.
func TestForgotten(t *testing.T) {
	l := newLedger(Settings{})
	ld := event("tool_decision", nil)
	id := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes().PutEmpty("tool_use_id")
	for i := range 3 * maxKnownSlots {
		id.SetStr(strconv.Itoa(i))
		l.add(ld)
	}
	stats := l.Stats()
	require.NotZero(t, stats.Forgotten)
	require.Empty(t, stats.Duplicates)
	require.Equal(t, int64(3*maxKnownSlots), stats.Forgotten+int64(l.known.Len()))
}
