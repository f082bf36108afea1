package coworkcorrelationprocessor

import (
	"context"

	"go.opentelemetry.io/otel/attribute"

	"github.com/cowork-otel/collector/internal/delivery"
	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/stateful"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadata"
)

// Counters record the processor's own metrics. They are used by the loop, and by Shutdown
// after its end.
type counters struct {
	telemetry *metadata.TelemetryBuilder
	totals    stateful.Totals
}

// recordStats records what the tracker has counted, and how many summaries wait.
func (c *counters) recordStats(ctx context.Context, s prompt.Stats, events delivery.Stats, queued int) {
	t := c.telemetry
	t.ProcessorCoworkCorrelationOpen.Record(ctx, int64(s.Open))
	t.ProcessorCoworkCorrelationRemembered.Record(ctx, int64(s.Remembered))
	t.ProcessorCoworkCorrelationQueued.Record(ctx, int64(queued))
	c.totals.AddTotal(ctx, t.ProcessorCoworkCorrelationDuplicates, events.Duplicates)
	c.totals.AddTotal(ctx, t.ProcessorCoworkCorrelationRedelivered, events.Redelivered)
	c.totals.AddTotal(ctx, t.ProcessorCoworkCorrelationForgotten, s.Forgotten+events.Forgotten)
	c.totals.AddTotal(ctx, t.ProcessorCoworkCorrelationLate, s.Late)
	for reason, n := range s.Closed {
		c.totals.AddTotal(ctx, t.ProcessorCoworkCorrelationClosed, n, attribute.String("reason", prompt.Reason(reason).String()))
	}
	for measure, n := range s.Invalid {
		c.totals.AddTotal(ctx, t.ProcessorCoworkCorrelationInvalid, n, attribute.String("attribute", prompt.Measure(measure).String()))
	}
	for text, n := range s.Cut {
		c.totals.AddTotal(ctx, t.ProcessorCoworkCorrelationCut, n, attribute.String("text", prompt.Text(text).String()))
	}
}
