package coworkdashboardexporter

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/internal/metric"
)

// metricTotals returns the totals of cowork_metrics for the captured runs.
func metricTotals(t *testing.T) map[string]float64 {
	t.Helper()
	plan := metric.NewPlan(metric.Settings{MaxSeries: 10_000, Delta: true})
	now := pcommon.NewTimestampFromTime(noon)
	acc := plan.NewAccumulator(now)
	for _, ld := range capturedLogs(t) {
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

// TestFiguresMatchMetrics checks on the captured runs that the database and
// cowork_metrics have the same totals.
func TestFiguresMatchMetrics(t *testing.T) {
	s, totals := startStore(t, "", capturedLogs(t)...), metricTotals(t)
	for name, query := range map[string]string{
		"cowork.cost":                  "select sum(cost_micros) / 1e6 from usage_day",
		"cowork.token.usage":           "select sum(input + output + cache_read + cache_creation) from usage_by_user_day",
		"cowork.prompts":               "select sum(prompts + tasks + schedules + agent_prompts) from activity_day",
		"cowork.api.request.duration":  "select sum(requests + errors) from activity_by_user_week",
		"cowork.api.errors":            "select sum(errors) from api_errors_day",
		"cowork.tool.duration":         "select sum(timed) from tool_calls_day",
		"cowork.tool.decisions":        "select sum(decisions) from tool_decisions_day",
		"cowork.connector.errors":      "select sum(errors) from connector_errors_by_user_day",
		"cowork.connector.connections": "select sum(connections) from connections_day",
		"cowork.skill.activations":     "select sum(activations) from skills_day",
		"cowork.plugin.loads":          "select sum(loads) from plugins_day",
	} {
		var got float64
		require.NoError(t, s.db.Read(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return tx.QueryRow(ctx, query).Scan(&got)
		}), name)
		require.Positive(t, totals[name], name)
		require.InDelta(t, totals[name], got, 1e-9, name)
	}
}
