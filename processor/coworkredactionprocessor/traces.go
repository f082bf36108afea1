package coworkredactionprocessor

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// traces cleans every place of a batch of spans.
func (w *walker) traces(td ptrace.Traces) {
	for _, rs := range td.ResourceSpans().All() {
		w.resource(rs.Resource(), rs.SchemaUrl(), rs.SetSchemaUrl)
		for _, ss := range rs.ScopeSpans().All() {
			w.scope(ss.Scope(), ss.SchemaUrl(), ss.SetSchemaUrl)
			w.kind = "span"
			for _, span := range ss.Spans().All() {
				w.span(span)
			}
		}
	}
}

func (w *walker) span(span ptrace.Span) {
	w.field(fieldSpanName, span.Name(), span.SetName)
	w.field(fieldStatusMessage, span.Status().Message(), span.Status().SetMessage)
	w.traceState(span.TraceState())
	w.attributes("", span.Attributes(), 0)
	for _, event := range span.Events().All() {
		w.field(fieldSpanEventName, event.Name(), event.SetName)
		w.attributes("", event.Attributes(), 0)
	}
	for _, link := range span.Links().All() {
		w.traceState(link.TraceState())
		w.attributes("", link.Attributes(), 0)
	}
}

func (w *walker) traceState(state pcommon.TraceState) {
	w.field(fieldTraceState, state.AsRaw(), state.FromRaw)
}
