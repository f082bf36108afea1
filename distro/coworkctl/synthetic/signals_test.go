package synthetic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// TestSums checks that the metrics and the events agree on cost and tokens. Real ones
// agree within 0.04 %.
func TestSums(t *testing.T) {
	var logs Tally
	sums := map[string]float64{}
	for _, b := range generate(t, Settings{Seed: 2, Seats: 30, Start: monday, Every: 30 * time.Second, Prompts: 80, Metrics: true}) {
		logs.Add(b.Logs)
		for _, m := range metricsOf(b.Metrics) {
			require.Equal(t, pmetric.AggregationTemporalityDelta, m.Sum().AggregationTemporality())
			for _, p := range m.Sum().DataPoints().All() {
				require.LessOrEqual(t, p.StartTimestamp(), p.Timestamp())
				sums[m.Name()+" "+stringOf(p.Attributes(), "type")] += p.DoubleValue()
			}
		}
	}
	require.InEpsilon(t, float64(logs.Micros)/1e6, sums["claude_code.cost.usage "], 1e-9)
	require.InEpsilon(t, float64(logs.Input), sums["claude_code.token.usage input"], 1e-9)
	require.InEpsilon(t, float64(logs.Output), sums["claude_code.token.usage output"], 1e-9)
	require.InEpsilon(t, float64(logs.CacheRead), sums["claude_code.token.usage cacheRead"], 1e-9)
	require.InEpsilon(t, float64(logs.CacheCreation), sums["claude_code.token.usage cacheCreation"], 1e-9)
	require.GreaterOrEqual(t, sums["claude_code.session.count "], float64(len(logs.Sessions)))
}

func metricsOf(md pmetric.Metrics) []pmetric.Metric {
	var list []pmetric.Metric
	for _, rm := range md.ResourceMetrics().All() {
		for _, sm := range rm.ScopeMetrics().All() {
			for _, m := range sm.Metrics().All() {
				list = append(list, m)
			}
		}
	}
	return list
}

// TestSeries checks that no two data points of one series cover the same time.
func TestSeries(t *testing.T) {
	until := map[string]uint64{}
	for _, b := range generate(t, Settings{Seed: 4, Seats: 5, Start: monday, Every: 5 * time.Second, Prompts: 60, Metrics: true}) {
		for _, m := range metricsOf(b.Metrics) {
			for _, p := range m.Sum().DataPoints().All() {
				key := m.Name()
				for k, v := range p.Attributes().All() {
					key += k + "=" + v.AsString() + ";"
				}
				require.GreaterOrEqual(t, uint64(p.StartTimestamp()), until[key])
				until[key] = uint64(p.Timestamp())
			}
		}
	}
}

// TestTraces checks the traces beta: the span of every record and the parent of every
// span are exported, in the same trace, and a parent starts before its child.
func TestTraces(t *testing.T) {
	spans := map[string]ptrace.Span{}
	named := map[string]string{}
	for _, b := range generate(t, Settings{Seed: 6, Seats: 20, Start: monday, Every: time.Minute, Prompts: 50, Traces: true, Content: DefaultContent}) {
		for _, rs := range b.Traces.ResourceSpans().All() {
			for _, s := range rs.ScopeSpans().At(0).Spans().All() {
				_, used := spans[s.SpanID().String()]
				require.False(t, used, "a span id is used twice")
				spans[s.SpanID().String()] = s
			}
		}
		for _, rl := range b.Logs.ResourceLogs().All() {
			for _, rec := range rl.ScopeLogs().At(0).LogRecords().All() {
				_, prompted := rec.Attributes().Get("prompt.id")
				parting := stringOf(rec.Attributes(), "status") == "disconnected" // keeps the prompt.id, not the trace
				require.Equal(t, prompted && !parting, !rec.TraceID().IsEmpty())
				if !rec.TraceID().IsEmpty() {
					named[rec.SpanID().String()] = rec.TraceID().String()
				}
			}
		}
	}
	for id, trace := range named {
		span, ok := spans[id]
		require.True(t, ok, "a record names a span that never came")
		require.Equal(t, trace, span.TraceID().String())
	}
	for _, s := range spans {
		require.LessOrEqual(t, s.StartTimestamp(), s.EndTimestamp())
		if s.ParentSpanID().IsEmpty() {
			require.Equal(t, "claude_code.interaction", s.Name())
			continue
		}
		parent, ok := spans[s.ParentSpanID().String()]
		require.True(t, ok, "%s has no parent", s.Name())
		require.Equal(t, parent.TraceID(), s.TraceID())
		require.LessOrEqual(t, parent.StartTimestamp(), s.StartTimestamp())
	}
}
