package coworkdashboardexporter

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/ingest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/latest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/metadata"
)

// counters are the exporter's own metrics. They contain no values of records.
type counters struct{ *metadata.TelemetryBuilder }

// recordStats records the statistics of the ingest and of the latest records since the
// previous call.
func (c counters) recordStats(ctx context.Context, in *ingest.Ingest, ring *latest.Ring) {
	stats, kept := in.TakeStats(), ring.TakeStats()
	for _, n := range [...]struct {
		to    metric.Int64Counter
		count int64
	}{
		{c.ExporterCoworkDashboardCommits, stats.Commits},
		{c.ExporterCoworkDashboardCutNames, stats.Cut},
		{c.ExporterCoworkDashboardCutRecords, kept.Cut},
		{c.ExporterCoworkDashboardDuplicates, stats.Duplicates},
		{c.ExporterCoworkDashboardEvents, stats.Events},
		{c.ExporterCoworkDashboardFailures, stats.Failures},
		{c.ExporterCoworkDashboardInvalid, stats.Invalid},
		{c.ExporterCoworkDashboardLost, stats.Lost},
		{c.ExporterCoworkDashboardMisdated, stats.Misdated},
		{c.ExporterCoworkDashboardOld, stats.Old},
		{c.ExporterCoworkDashboardRetries, stats.Retries},
		{c.ExporterCoworkDashboardDeleted, stats.Deleted},
	} {
		if n.count > 0 {
			n.to.Add(ctx, n.count)
		}
	}
	addByAttribute(ctx, c.ExporterCoworkDashboardDropped, "item", map[string]int64{
		"prompt": stats.PromptsDropped, "step": stats.StepsDropped, "tool": stats.ToolsDropped, "alert": stats.AlertsDropped,
		"session": stats.SessionsDropped, "setup": stats.SetupDropped,
		"record": kept.Evicted,
	})
	addByAttribute(ctx, c.ExporterCoworkDashboardContents, "outcome", map[string]int64{
		"stored": stats.Contents.Stored, "truncated": stats.Contents.Truncated, "dropped": stats.Contents.Cut, "refused": stats.Contents.Refused,
	})
	addByAttribute(ctx, c.ExporterCoworkDashboardOverflow, "sort", stats.OverflowByKind())
	c.ExporterCoworkDashboardPending.Record(ctx, int64(in.Pending()))
}

func addByAttribute(ctx context.Context, to metric.Int64Counter, key string, counts map[string]int64) {
	for value, n := range counts {
		if n > 0 {
			to.Add(ctx, n, metric.WithAttributes(attribute.String(key, value)))
		}
	}
}
