package coworkredactionprocessor

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// redactTraces redacts a batch of spans.
func redactTraces(r *redactor, td ptrace.Traces) {
	for _, rs := range td.ResourceSpans().All() {
		redactResource(r, rs.Resource(), rs.SchemaUrl(), rs.SetSchemaUrl, hasClientScope(rs.ScopeSpans().All()))
		for _, ss := range rs.ScopeSpans().All() {
			redactScope(r, ss.Scope(), ss.SchemaUrl(), ss.SetSchemaUrl)
			r.kind = "span"
			for _, span := range ss.Spans().All() {
				redactSpan(r, span)
			}
		}
	}
}

func redactSpan(r *redactor, span ptrace.Span) {
	r.enterRecord(span.Attributes())
	r.field(fieldSpanName, span.Name(), span.SetName)
	r.field(fieldStatusMessage, span.Status().Message(), span.Status().SetMessage)
	redactTraceState(r, span.TraceState())
	redactItem(r, span.Attributes())
	for _, event := range span.Events().All() {
		r.field(fieldSpanEventName, event.Name(), event.SetName)
		r.attributes("", event.Attributes(), 0)
	}
	for _, link := range span.Links().All() {
		redactTraceState(r, link.TraceState())
		r.attributes("", link.Attributes(), 0)
	}
}

func redactTraceState(r *redactor, state pcommon.TraceState) {
	r.field(fieldTraceState, state.AsRaw(), state.FromRaw)
}
