package coworkeventprocessor

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// counters are the counters of one batch. The instruments are updated once a batch and
// not once a record. It is not safe for concurrent use.
type counters struct {
	events   map[eventCounter]int64
	problems map[problemCounter]int64
	drops    map[string]int64 // by kind
	content  map[string]int64 // by kind
	misdated map[string]int64 // by reason
	sessions map[string]int64 // of the misdated events, by reason
	evicted  int64            // sessions whose clocks were dropped
	foreign  int64            // records that are not Cowork's
	computed int64            // costs that were computed
	unpriced int64            // requests without a known cost
	forged   forgedCounter
	others   int64 // events of other organizations
	dropped  int64
}

// missingTime is the reason of an event without a time of its own.
const missingTime = "missing"

type eventCounter struct{ kind, version string }

type problemCounter struct {
	kind string
	cowork.Problem
	action Action
}

func newCounters() *counters {
	return &counters{
		events:   map[eventCounter]int64{},
		problems: map[problemCounter]int64{},
		drops:    map[string]int64{},
		content:  map[string]int64{},
		forged:   forgedCounter{},
		misdated: map[string]int64{},
		sessions: map[string]int64{},
	}
}

// record adds the counters to the component's instruments.
func (c *counters) record(ctx context.Context, to *metadata.TelemetryBuilder, labels *eventLabels, onOther Action) {
	for key, n := range c.events {
		to.ProcessorCoworkEventEvents.Add(ctx, n, labels.of(key))
	}
	for key, n := range c.problems {
		to.ProcessorCoworkEventInvalid.Add(ctx, n, metric.WithAttributes(
			attribute.String("kind", key.kind), attribute.String("attribute", key.Attribute),
			attribute.String("reason", key.Reason), attribute.String("action", string(key.action))))
	}
	for kind, n := range c.drops {
		to.ProcessorCoworkEventDropped.Add(ctx, n, metric.WithAttributes(attribute.String("kind", kind)))
	}
	for kind, n := range c.content {
		to.ProcessorCoworkEventUnexpectedContent.Add(ctx, n, metric.WithAttributes(attribute.String("kind", kind)))
	}
	c.forged.record(ctx, to)
	if c.others > 0 {
		to.ProcessorCoworkEventOtherOrganization.Add(ctx, c.others, metric.WithAttributes(attribute.String("action", string(onOther))))
	}
	for reason, n := range c.misdated {
		to.ProcessorCoworkEventMisdated.Add(ctx, n, metric.WithAttributes(attribute.String("reason", reason)))
	}
	for reason, n := range c.sessions {
		to.ProcessorCoworkEventMisdatedSessions.Add(ctx, n, metric.WithAttributes(attribute.String("reason", reason)))
	}
	if c.evicted > 0 {
		to.ProcessorCoworkEventClocksEvicted.Add(ctx, c.evicted)
	}
	if c.foreign > 0 {
		to.ProcessorCoworkEventForeignRecords.Add(ctx, c.foreign)
	}
	if c.computed > 0 {
		to.ProcessorCoworkEventComputedCosts.Add(ctx, c.computed)
	}
	if c.unpriced > 0 {
		to.ProcessorCoworkEventUnknownCosts.Add(ctx, c.unpriced)
	}
}
