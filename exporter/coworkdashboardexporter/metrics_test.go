package coworkdashboardexporter

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/metric"
)

// metricTotals returns the totals of cowork_metrics for the captured runs.
func metricTotals(t *testing.T) map[string]float64 {
	t.Helper()
	plan := metric.NewPlan(metric.Settings{MaxSeries: 10_000, Delta: true})
	now := pcommon.NewTimestampFromTime(noon)
	acc := plan.NewAccumulator(now)
	files, err := filepath.Glob("../../testdata/captures/*-json/*logs.json")
	require.NoError(t, err)
	for _, file := range files {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(b)
		require.NoError(t, err)
		r := plan.NewReader()
		r.Read(ld)
		acc.Add(r, now)
	}
	totals := map[string]float64{}
	md := acc.Take(now + 1).Metrics(func(pcommon.InstrumentationScope) {})
	for _, m := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		totals[m.Name()] = total(m)
	}
	return totals
}

func total(m pmetric.Metric) (sum float64) {
	if m.Type() == pmetric.MetricTypeHistogram {
		for _, p := range m.Histogram().DataPoints().All() {
			sum += float64(p.Count())
		}
		return sum
	}
	for _, p := range m.Sum().DataPoints().All() {
		if p.ValueType() == pmetric.NumberDataPointValueTypeInt {
			sum += float64(p.IntValue())
			continue
		}
		sum += p.DoubleValue()
	}
	return sum
}

// TestFiguresMatchMetrics checks on the captured runs that the page and cowork_metrics
// have the same totals.
func TestFiguresMatchMetrics(t *testing.T) {
	s, totals := openCaptures(t), metricTotals(t)
	for name, query := range map[string]string{
		"cowork.cost":                  "select cost / 1e6 from spend_total",
		"cowork.token.usage":           "select input + output + cache_read + cache_creation from spend_total",
		"cowork.prompts":               "select prompts + tasks from people_total",
		"cowork.api.request.duration":  "select requests + errors from spend_total",
		"cowork.api.errors":            "select sum(n) from failure",
		"cowork.tool.duration":         "select sum(timed) from tool",
		"cowork.tool.decisions":        "select sum(n) from decision",
		"cowork.connector.errors":      "select sum(n) from connector_error",
		"cowork.connector.connections": "select sum(n) from connection",
		"cowork.skill.activations":     "select sum(n) from skill",
		"cowork.plugin.loads":          "select sum(n) from plugin",
	} {
		table, err := s.Answer(t.Context(), report.Panel{Query: query}, report.Filter{From: noon.AddDate(0, 0, -30), To: noon})
		require.NoError(t, err, name)
		require.Positive(t, totals[name], name)
		require.InDelta(t, totals[name], table.Rows[0][0], 1e-9, name)
	}
}
