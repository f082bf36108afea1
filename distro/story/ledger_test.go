package story

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"golang.org/x/tools/txtar"

	"github.com/cowork-otel/collector/internal/metric"
)

// TestEveryMetric checks that each metric is in a story.
func TestEveryMetric(t *testing.T) {
	files, err := filepath.Glob("../../testdata/stories/metrics_*.txtar")
	require.NoError(t, err)
	var stages []byte
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		stages = append(stages, section(archive, "metrics")...)
	}
	for _, m := range metric.Metrics() {
		require.True(t, bytes.Contains(stages, []byte("\n"+m.Name+"{")), "no story has %s", m.Name)
	}
}

// TestLedger checks that a cumulative series adds the last point of each run, and that
// each delta point is listed.
func TestLedger(t *testing.T) {
	md := pmetric.NewMetrics()
	metrics := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics()
	add := func(temporality pmetric.AggregationTemporality, start, end pcommon.Timestamp, value int64) {
		m := metrics.AppendEmpty()
		m.SetName("m")
		m.SetUnit("{event}")
		m.SetEmptySum().SetAggregationTemporality(temporality)
		dp := m.Sum().DataPoints().AppendEmpty()
		dp.Attributes().PutStr("user", "alice")
		dp.SetStartTimestamp(start * 1e9)
		dp.SetTimestamp(end * 1e9)
		dp.SetIntValue(value)
	}
	add(pmetric.AggregationTemporalityCumulative, 1, 2, 5)
	add(pmetric.AggregationTemporalityCumulative, 1, 3, 7)
	add(pmetric.AggregationTemporalityCumulative, 4, 5, 2)
	add(pmetric.AggregationTemporalityDelta, 1, 2, 5)
	add(pmetric.AggregationTemporalityDelta, 2, 3, 7)
	h := metrics.AppendEmpty()
	h.SetName("h")
	h.SetUnit("s")
	dp := h.SetEmptyHistogram().DataPoints().AppendEmpty()
	dp.SetCount(3)
	dp.SetSum(0.1 + 0.2)
	require.Equal(t, `m{user=alice} 9 {event}
00:00:01 to 00:00:02
m{user=alice} 5 {event}
00:00:02 to 00:00:03
m{user=alice} 7 {event}

h{} 3 of 0.3 s
`, string(Ledger(md)))
}
