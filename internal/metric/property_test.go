package metric

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"pgregory.net/rapid"
)

// A tally holds the expected sums, computed without the code under test.
type tally struct {
	sums   map[string]float64 // by metric
	counts map[string]uint64  // by histogram
	seen   map[string]bool
}

// drawRequest appends a request that may be a duplicate and may have invalid numbers.
func (w *tally) drawRequest(t *rapid.T, ld plog.Logs) {
	id := rapid.SampledFrom([]string{"", "r1", "r2", "r3", "r4", "r5"}).Draw(t, "id")
	micros := rapid.Int64Range(-2, 5_000_000).Draw(t, "micros")
	tokens := rapid.Int64Range(-2, 100_000).Draw(t, "tokens")
	ms := rapid.Int64Range(-2, 100_000).Draw(t, "ms")
	addEvent(ld, "api_request", attrs{
		"user.account_uuid": rapid.SampledFrom([]string{"alice", "bob", "carol", "", "[REDACTED]"}).Draw(t, "user"),
		"model":             rapid.SampledFrom([]string{"opus", "haiku", ""}).Draw(t, "model"),
		"session.id":        "s", "request_id": id, "cost_usd_micros": micros, "output_tokens": tokens, "duration_ms": ms,
	})
	w.sums["cowork.events"]++
	if id != "" && w.seen[id] {
		return
	}
	w.seen[id] = true
	w.sums["cowork.cost"] += float64(max(micros, 0)) / 1e6
	w.sums["cowork.token.usage"] += float64(max(tokens, 0))
	if ms >= 0 {
		w.sums["cowork.api.request.duration"] += float64(ms) / 1e3
		w.counts["cowork.api.request.duration"]++
	}
}

func (w *tally) drawTool(t *rapid.T, ld plog.Logs) {
	failed := rapid.Bool().Draw(t, "failed")
	ms := rapid.Int64Range(0, 1000).Draw(t, "ms")
	addEvent(ld, "tool_result", attrs{
		"user.account_uuid": "alice", "tool_name": fmt.Sprintf("mcp__crm__t%d", rapid.IntRange(0, 9).Draw(t, "tool")),
		"success": !failed, "duration_ms": ms,
	})
	w.sums["cowork.events"]++
	w.sums["cowork.tool.duration"] += float64(ms) / 1e3
	w.counts["cowork.tool.duration"]++
	if failed {
		w.sums["cowork.connector.errors"]++
	}
}

// A backend stores points, as a backend for deltas or for cumulative points does.
type backend struct {
	delta bool
	since pcommon.Timestamp
	last  map[string]shown
	ended []shown // the last points of series that began again
}

func (b *backend) take(t *rapid.T, points []shown) {
	for _, p := range points {
		key := fmt.Sprint(p.name, p.labels)
		last, known := b.last[key]
		require.Less(t, p.start, p.end)
		switch {
		case b.delta:
			require.Equal(t, b.since, p.start, "deltas are contiguous")
			p.value += last.value
			p.count += last.count
		case known && p.start != last.start:
			require.GreaterOrEqual(t, p.start, last.end, "a series begins again after its last point")
			require.Zero(t, p.value, "and at 0")
			b.ended = append(b.ended, last)
		case known:
			require.GreaterOrEqual(t, p.value, last.value, "its value never decreases")
			require.GreaterOrEqual(t, p.count, last.count)
		default:
			require.Zero(t, p.value, "the first value is 0")
		}
		b.last[key] = p
	}
}

func (b *backend) total(name string) (sum float64, count uint64) {
	for _, p := range slices.AppendSeq(slices.Clone(b.ended), maps.Values(b.last)) {
		if p.name == name {
			sum, count = sum+p.value, count+p.count
		}
	}
	return sum, count
}

// TestSums checks that the backend has the sums of the events, for any events and
// batches, however often points are taken and fail to be delivered.
func TestSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := Settings{
			Dimensions: []string{"user"}, Delta: rapid.Bool().Draw(t, "delta"), Exponential: rapid.Bool().Draw(t, "exponential"),
			MaxSeries: rapid.SampledFrom([]int{1, 5, 1000}).Draw(t, "max_series"),
		}
		l := newLedger(set)
		want := &tally{map[string]float64{}, map[string]uint64{}, map[string]bool{}}
		b := &backend{delta: set.Delta, since: begin, last: map[string]shown{}}
		deliver := func(fails bool) {
			l.now += second
			s := l.Take(l.now)
			points := show(s)
			if fails {
				l.PutBack(s)
				return
			}
			b.take(t, points)
			b.since = l.now
		}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			ld := plog.NewLogs()
			for range rapid.IntRange(0, 5).Draw(t, "events") {
				rapid.SampledFrom([]func(*rapid.T, plog.Logs){want.drawRequest, want.drawTool}).Draw(t, "draw")(t, ld)
			}
			l.add(ld)
			if rapid.Bool().Draw(t, "take") {
				deliver(rapid.Bool().Draw(t, "fails"))
			}
		}
		deliver(false)
		deliver(false)
		for _, m := range Metrics() {
			sum, count := b.total(m.Name)
			require.InDelta(t, want.sums[m.Name], sum, 1e-6, m.Name)
			require.Equal(t, want.counts[m.Name], count, m.Name)
		}
	})
}

// TestAnyOrder checks that the order of events does not change any bit of a sum.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var batches []plog.Logs
		for range rapid.IntRange(1, 50).Draw(t, "events") {
			batches = append(batches, event("api_request", attrs{
				"cost_usd": rapid.Float64Range(0, 1e6).Draw(t, "cost"), "duration_ms": rapid.Float64Range(0, 1e6).Draw(t, "ms"),
			}))
		}
		values := func(batches []plog.Logs) (values []float64) {
			l := newLedger(Settings{})
			l.add(batches...)
			for _, p := range l.all() {
				values = append(values, p.value)
			}
			return values
		}
		require.Equal(t, values(batches), values(rapid.Permutation(batches).Draw(t, "order")))
	})
}
