package coworktracesconnector

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadata"
)

// A tally counts what one batch held, so that the instruments are asked once a
// batch and not once a record. Its keys are words of this package, never a
// sender's. It is not safe for concurrent use.
type tally struct {
	spans   map[string]int64 // by kind of event
	invalid map[string]int64 // by kind of event
	skipped map[reason]int64
	cut     map[limit]int64
}

func newTally() *tally {
	return &tally{
		spans:   map[string]int64{},
		invalid: map[string]int64{},
		skipped: map[reason]int64{},
		cut:     map[limit]int64{},
	}
}

// report adds the counts to the component's instruments.
func (t *tally) report(ctx context.Context, to *metadata.TelemetryBuilder) {
	add(ctx, to.ConnectorCoworkTracesSpans, "kind", t.spans)
	add(ctx, to.ConnectorCoworkTracesInvalidDurations, "kind", t.invalid)
	add(ctx, to.ConnectorCoworkTracesSkipped, "reason", t.skipped)
	add(ctx, to.ConnectorCoworkTracesCutAttributes, "reason", t.cut)
}

func add[K ~string](ctx context.Context, to metric.Int64Counter, label string, counts map[K]int64) {
	for key, n := range counts {
		to.Add(ctx, n, metric.WithAttributes(attribute.String(label, string(key))))
	}
}
