package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/semconv"
)

// A builder writes the span of one event.
type builder struct {
	span    ptrace.Span
	ev      cowork.Event
	spec    *spanSpec
	content bool
	semconv semconv.Version
	counts  *batchCounts
	now     pcommon.Timestamp // the time of arrival
}

// genAIAttributes is the approximate number of attributes of the conventions on a span.
const genAIAttributes = 12

func (b *builder) build() {
	b.span.SetName(b.spec.spanName(b.ev))
	b.span.SetKind(b.spec.kind)
	b.setIDs()
	b.setTimes()
	b.addLinks()
	errorType := b.setStatus()

	attrs := boundedMap{b.span.Attributes(), b.counts}
	attrs.EnsureCapacity(min(b.ev.Record().Attributes().Len()+genAIAttributes, maxAttributes))
	attrs.putString("error.type", errorType)
	attrs.putGenAI(b.ev, b.spec, b.semconv)
	attrs.copyRecord(b.ev, b.content)
}

// setIDs sets the trace, span and parent ids. If a record names its own step as the
// parent, the parent is the root.
func (b *builder) setIDs() {
	trace := prompt.TraceID(b.ev.PromptID())
	b.span.SetTraceID(trace)
	if b.isRoot() {
		b.span.SetSpanID(prompt.RootSpanID(trace))
		return
	}
	id, parent := prompt.SpanID(trace, stepOf(b.ev)), prompt.SpanID(trace, b.spec.parent.step(b.ev))
	if parent == id {
		parent = prompt.RootSpanID(trace)
	}
	b.span.SetSpanID(id)
	b.span.SetParentSpanID(parent)
}

// isRoot reports whether the span is the root of its trace.
func (b *builder) isRoot() bool { return b.spec.parent.step == nil }

// setTimes sets the start and the end of the span. A step ends at the time of its event.
// The summary of the prompt has the same clock: a time that cannot be is corrected in
// both.
func (b *builder) setTimes() {
	end, _ := cowork.TimeAt(b.ev, b.now) // cowork_correlation counts what cannot be
	d, valid := durationOf(b.ev, b.spec.duration)
	start, inRange := startOf(end, d)
	if !valid || !inRange {
		b.counts.invalid[b.spec.event]++
	}
	b.span.SetStartTimestamp(start)
	b.span.SetEndTimestamp(end)
}

// setStatus sets ERROR on a step that failed, and returns the class of the error. The
// message is free text.
func (b *builder) setStatus() (errorType string) {
	if b.spec.failure.of == nil {
		return ""
	}
	if errorType = b.spec.failure.of(b.ev); errorType == "" {
		return ""
	}
	b.span.Status().SetCode(ptrace.StatusCodeError)
	if b.content {
		b.span.Status().SetMessage(clip(text(b.ev, "error"), maxValueBytes))
	}
	return errorType
}

// previousID is the attribute of a summary that names the prompt before it.
const previousID = "cowork.prompt.previous_id"

// addLinks links a root to the prompt before it, a late part to its root, and a step to
// the client's own span.
func (b *builder) addLinks() {
	if previous := text(b.ev, previousID); previous != "" && b.isRoot() {
		trace := prompt.TraceID(previous)
		b.addLink(trace, prompt.RootSpanID(trace))
	}
	if b.spec.event == "prompt_summary" && !b.isRoot() {
		trace := b.span.TraceID()
		b.addLink(trace, prompt.RootSpanID(trace))
	}
	if rec := b.ev.Record(); prompt.ClientTrace(b.ev) && !rec.SpanID().IsEmpty() {
		b.addLink(rec.TraceID(), rec.SpanID())
	}
}

func (b *builder) addLink(trace pcommon.TraceID, span pcommon.SpanID) {
	link := b.span.Links().AppendEmpty()
	link.SetTraceID(trace)
	link.SetSpanID(span)
}
