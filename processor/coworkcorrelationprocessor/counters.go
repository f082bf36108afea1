package coworkcorrelationprocessor

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadata"
)

// Counters turn what the tracker counted since its beginning into what it counted
// since the last report. They are used by the loop, and after its end by Shutdown.
type counters struct {
	telemetry *metadata.TelemetryBuilder
	last      prompt.Stats
}

// report adds what is new.
func (c *counters) report(ctx context.Context, now prompt.Stats, queued int) {
	t := c.telemetry
	t.ProcessorCoworkCorrelationOpen.Record(ctx, int64(now.Open))
	t.ProcessorCoworkCorrelationRemembered.Record(ctx, int64(now.Remembered))
	t.ProcessorCoworkCorrelationQueued.Record(ctx, int64(queued))
	add(ctx, t.ProcessorCoworkCorrelationDuplicates, now.Duplicates-c.last.Duplicates)
	add(ctx, t.ProcessorCoworkCorrelationForgotten, now.Forgotten-c.last.Forgotten)
	add(ctx, t.ProcessorCoworkCorrelationLate, now.Late-c.last.Late)
	for r, n := range now.Closed {
		add(ctx, t.ProcessorCoworkCorrelationClosed, n-c.last.Closed[r], attribute.String("reason", prompt.Reason(r).String()))
	}
	for m, n := range now.Invalid {
		add(ctx, t.ProcessorCoworkCorrelationInvalid, n-c.last.Invalid[m], attribute.String("attribute", prompt.Measure(m).String()))
	}
	for text, n := range now.Cut {
		add(ctx, t.ProcessorCoworkCorrelationCut, n-c.last.Cut[text], attribute.String("text", prompt.Text(text).String()))
	}
	c.last = now
}

func (c *counters) lost(ctx context.Context, n int) {
	add(ctx, c.telemetry.ProcessorCoworkCorrelationSummariesDropped, int64(n))
}

func (c *counters) retried(ctx context.Context) {
	add(ctx, c.telemetry.ProcessorCoworkCorrelationSummaryRetries, 1)
}

func (c *counters) renamed(ctx context.Context, n int64) {
	add(ctx, c.telemetry.ProcessorCoworkCorrelationRenamed, n)
}

func add(ctx context.Context, to metric.Int64Counter, n int64, labels ...attribute.KeyValue) {
	if n > 0 {
		to.Add(ctx, n, metric.WithAttributes(labels...))
	}
}
