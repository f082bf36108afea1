package coworktracesconnector

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/cowork"
)

// schemaURL says which names the spans use.
const schemaURL = "https://opentelemetry.io/schemas/1.41.0"

// A tracesConnector makes spans of a batch of records and passes them on. It
// reads its input and never writes to it, and is safe for concurrent use.
type tracesConnector struct {
	cfg       Config
	version   string
	telemetry *metadata.TelemetryBuilder
	next      consumer.Traces
}

// Start does nothing: there is nothing to start.
func (c *tracesConnector) Start(context.Context, component.Host) error { return nil }

// Shutdown gives the instruments back.
func (c *tracesConnector) Shutdown(context.Context) error {
	c.telemetry.Shutdown()
	return nil
}

// Capabilities says that the records are only read.
func (c *tracesConnector) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// ConsumeLogs passes on the spans of a batch. A batch without any is done.
func (c *tracesConnector) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	t := newTally()
	td := c.spans(ld, t)
	t.report(ctx, c.telemetry)
	if td.SpanCount() == 0 {
		return nil
	}
	return c.next.ConsumeTraces(ctx, td)
}

// spans returns the spans of a batch, below the resources of their records.
func (c *tracesConnector) spans(ld plog.Logs, t *tally) ptrace.Traces {
	td := ptrace.NewTraces()
	for _, rl := range ld.ResourceLogs().All() {
		ss := ptrace.NewScopeSpans()
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				c.add(ss.Spans(), cowork.EventOf(rl.Resource(), sl.Scope(), rec), t)
			}
		}
		if ss.Spans().Len() == 0 {
			continue
		}
		rs := td.ResourceSpans().AppendEmpty()
		rl.Resource().CopyTo(rs.Resource())
		rs.SetSchemaUrl(rl.SchemaUrl())
		ss.Scope().SetName(metadata.ScopeName)
		ss.Scope().SetVersion(c.version)
		ss.SetSchemaUrl(schemaURL)
		ss.MoveTo(rs.ScopeSpans().AppendEmpty())
	}
	return td
}

// add appends the span of an event, if it has one.
func (c *tracesConnector) add(spans ptrace.SpanSlice, ev cowork.Event, t *tally) {
	s := shapeOf(ev)
	if s == nil {
		return
	}
	if why := c.skip(ev); why != "" {
		t.skipped[why]++
		return
	}
	b := builder{span: spans.AppendEmpty(), ev: ev, shape: s, content: c.cfg.Content, tally: t}
	b.build()
	t.spans[s.event]++
}
