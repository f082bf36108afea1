package coworkdashboardexporter

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/metadata"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/store"
)

// counters are the exporter's own metrics. They contain no values of records.
type counters struct{ *metadata.TelemetryBuilder }

// recordStats records the statistics of the store since the previous call.
func (c counters) recordStats(ctx context.Context, s *store.Store) {
	stats := s.TakeStats()
	for _, n := range [...]struct {
		to    metric.Int64Counter
		count int64
	}{
		{c.ExporterCoworkDashboardCommits, stats.Commits},
		{c.ExporterCoworkDashboardCutNames, stats.Cut},
		{c.ExporterCoworkDashboardDuplicates, stats.Duplicates},
		{c.ExporterCoworkDashboardEvents, stats.Events},
		{c.ExporterCoworkDashboardFailures, stats.Failures},
		{c.ExporterCoworkDashboardInvalid, stats.Invalid},
		{c.ExporterCoworkDashboardLost, stats.Lost},
		{c.ExporterCoworkDashboardMisdated, stats.Misdated},
		{c.ExporterCoworkDashboardOld, stats.Old},
	} {
		if n.count > 0 {
			n.to.Add(ctx, n.count)
		}
	}
	addByAttribute(ctx, c.ExporterCoworkDashboardDropped, "item", map[string]int64{
		"prompt": stats.PromptsDropped, "step": stats.StepsDropped, "alert": stats.AlertsDropped,
	})
	addByAttribute(ctx, c.ExporterCoworkDashboardOverflow, "sort", stats.OverflowByName())
	c.ExporterCoworkDashboardPending.Record(ctx, int64(s.Pending()))
}

func addByAttribute(ctx context.Context, to metric.Int64Counter, key string, counts map[string]int64) {
	for value, n := range counts {
		if n > 0 {
			to.Add(ctx, n, metric.WithAttributes(attribute.String(key, value)))
		}
	}
}
