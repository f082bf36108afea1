package coworktracesconnector

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadata"
)

// batchCounts holds the counts of one batch, so that the instruments are updated once a
// batch. Its keys are defined in this package, never by a sender. It is not safe for
// concurrent use.
type batchCounts struct {
	spans   map[string]int64 // by kind of event
	invalid map[string]int64 // by kind of event
	skipped map[reason]int64
	cut     map[limit]int64
}

func newBatchCounts() *batchCounts {
	return &batchCounts{
		spans:   map[string]int64{},
		invalid: map[string]int64{},
		skipped: map[reason]int64{},
		cut:     map[limit]int64{},
	}
}

// record adds the counts to the component's instruments.
func (t *batchCounts) record(ctx context.Context, to *metadata.TelemetryBuilder) {
	addCounts(ctx, to.ConnectorCoworkTracesSpans, "kind", t.spans)
	addCounts(ctx, to.ConnectorCoworkTracesInvalidDurations, "kind", t.invalid)
	addCounts(ctx, to.ConnectorCoworkTracesSkipped, "reason", t.skipped)
	addCounts(ctx, to.ConnectorCoworkTracesCutAttributes, "reason", t.cut)
}

func addCounts[K ~string](ctx context.Context, to metric.Int64Counter, label string, counts map[K]int64) {
	for key, n := range counts {
		to.Add(ctx, n, metric.WithAttributes(attribute.String(label, string(key))))
	}
}
