package coworktracesconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/semconv"
)

// schemaURL is the schema of the spans that have the names of v1.41. No schema of the
// other conventions is published.
const schemaURL = "https://opentelemetry.io/schemas/1.41.0"

// A tracesConnector derives spans from records. It does not change the records, and is
// safe for concurrent use.
type tracesConnector struct {
	cfg       Config
	version   string
	telemetry *metadata.TelemetryBuilder
	next      consumer.Traces
	refused   refusedEvents
}

// Start does nothing.
func (c *tracesConnector) Start(context.Context, component.Host) error { return nil }

// Shutdown unregisters the instruments.
func (c *tracesConnector) Shutdown(context.Context) error {
	c.telemetry.Shutdown()
	return nil
}

// Capabilities reports that records are not changed.
func (c *tracesConnector) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// ConsumeLogs emits the spans of a batch, if it has any.
func (c *tracesConnector) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	t := newBatchCounts()
	td := c.spans(ld, t, pcommon.NewTimestampFromTime(time.Now()))
	t.record(ctx, c.telemetry)
	if td.SpanCount() == 0 {
		return nil
	}
	err := c.next.ConsumeTraces(ctx, td)
	if err != nil {
		c.telemetry.ConnectorCoworkTracesForgotten.Add(ctx, c.refused.add(ld))
	}
	return err
}

// spans returns the spans of a batch that arrived now, below the resources of their
// records.
func (c *tracesConnector) spans(ld plog.Logs, t *batchCounts, now pcommon.Timestamp) ptrace.Traces {
	td := ptrace.NewTraces()
	for _, rl := range ld.ResourceLogs().All() {
		ss := ptrace.NewScopeSpans()
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				c.appendSpan(ss.Spans(), cowork.EventOf(rl.Resource(), sl.Scope(), rec), t, now)
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
		if c.cfg.Semconv.Emits(semconv.V141) {
			ss.SetSchemaUrl(schemaURL)
		}
		ss.MoveTo(rs.ScopeSpans().AppendEmpty())
	}
	return td
}

// appendSpan appends the span of an event, if it has one.
func (c *tracesConnector) appendSpan(spans ptrace.SpanSlice, ev cowork.Event, t *batchCounts, now pcommon.Timestamp) {
	s := specOf(ev)
	if s == nil {
		return
	}
	if reason := c.skipReason(ev); reason != "" {
		t.skipped[reason]++
		return
	}
	b := builder{span: spans.AppendEmpty(), ev: ev, spec: s, content: c.cfg.Content, semconv: c.cfg.Semconv, counts: t, now: now}
	b.build()
	t.spans[s.event]++
}
