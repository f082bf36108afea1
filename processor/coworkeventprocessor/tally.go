package coworkeventprocessor

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// A tally counts what one batch held, so that the instruments are asked once a
// batch and not once a record. It is not safe for concurrent use.
type tally struct {
	events  map[seen]int64
	faults  map[fault]int64
	drops   map[string]int64 // by kind
	content map[string]int64 // by kind
	foreign int64
	dropped int64
}

type seen struct{ kind, version string }

type fault struct {
	kind string
	cowork.Problem
	action Action
}

func newTally() *tally {
	return &tally{
		events:  map[seen]int64{},
		faults:  map[fault]int64{},
		drops:   map[string]int64{},
		content: map[string]int64{},
	}
}

// drop counts an event of this kind as dropped.
func (t *tally) drop(kind string) {
	t.drops[kind]++
	t.dropped++
}

// report adds the counts to the component's instruments.
func (t *tally) report(ctx context.Context, to *metadata.TelemetryBuilder) {
	for key, n := range t.events {
		to.ProcessorCoworkEventEvents.Add(ctx, n, metric.WithAttributes(
			attribute.String("kind", key.kind), attribute.String("client_version", key.version)))
	}
	for key, n := range t.faults {
		to.ProcessorCoworkEventInvalid.Add(ctx, n, metric.WithAttributes(
			attribute.String("kind", key.kind), attribute.String("attribute", key.Attribute),
			attribute.String("reason", key.Reason), attribute.String("action", string(key.action))))
	}
	for kind, n := range t.drops {
		to.ProcessorCoworkEventDropped.Add(ctx, n, metric.WithAttributes(attribute.String("kind", kind)))
	}
	for kind, n := range t.content {
		to.ProcessorCoworkEventUnexpectedContent.Add(ctx, n, metric.WithAttributes(attribute.String("kind", kind)))
	}
	if t.foreign > 0 {
		to.ProcessorCoworkEventForeignRecords.Add(ctx, t.foreign)
	}
}
