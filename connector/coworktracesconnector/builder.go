package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

// A builder writes the span of one event.
type builder struct {
	span    ptrace.Span
	ev      cowork.Event
	shape   *shape
	content bool
	tally   *tally
}

// conventions is about how many attributes the conventions add to a record's own.
const conventions = 12

func (b *builder) build() {
	b.span.SetName(b.shape.spanName(b.ev))
	b.span.SetKind(b.shape.kind)
	b.ids()
	b.times()
	b.links()
	errorType := b.status()

	attrs := attributes{b.span.Attributes(), b.tally}
	attrs.EnsureCapacity(min(b.ev.Record().Attributes().Len()+conventions, maxAttributes))
	attrs.str("error.type", errorType)
	attrs.genAI(b.ev, b.shape)
	attrs.native(b.ev, b.content)
}

// ids places the span in its trace: the root, or below another span. A record can
// say that a step is below itself; it is below the root then.
func (b *builder) ids() {
	trace := prompt.TraceID(b.ev.PromptID())
	b.span.SetTraceID(trace)
	if b.isRoot() {
		b.span.SetSpanID(prompt.RootSpanID(trace))
		return
	}
	id, below := prompt.SpanID(trace, stepOf(b.ev)), prompt.SpanID(trace, b.shape.below.step(b.ev))
	if below == id {
		below = prompt.RootSpanID(trace)
	}
	b.span.SetSpanID(id)
	b.span.SetParentSpanID(below)
}

// isRoot reports whether the span is the one that all others are below.
func (b *builder) isRoot() bool { return b.shape.below.step == nil }

// times sets when the step was: it ended with its event.
func (b *builder) times() {
	end := b.ev.Time()
	d, valid := length(b.ev, b.shape.lasts)
	start, told := before(end, d)
	if !valid || !told {
		b.tally.invalid[b.shape.event]++
	}
	b.span.SetStartTimestamp(start)
	b.span.SetEndTimestamp(end)
}

// status sets ERROR on a step that failed, and returns its class. The words of an
// error are free text.
func (b *builder) status() (errorType string) {
	if b.shape.fails.of == nil {
		return ""
	}
	if errorType = b.shape.fails.of(b.ev); errorType == "" {
		return ""
	}
	b.span.Status().SetCode(ptrace.StatusCodeError)
	if b.content {
		b.span.Status().SetMessage(clip(text(b.ev, "error"), maxValueBytes))
	}
	return errorType
}

// previousID is where a summary names the prompt before it in its session.
const previousID = "cowork.prompt.previous_id"

// links ties a root to the prompt before it, a late part to its root, and a step
// to the span that its client made of it.
func (b *builder) links() {
	if previous := text(b.ev, previousID); previous != "" && b.isRoot() {
		trace := prompt.TraceID(previous)
		b.link(trace, prompt.RootSpanID(trace))
	}
	if b.shape.event == "prompt_summary" && !b.isRoot() {
		trace := b.span.TraceID()
		b.link(trace, prompt.RootSpanID(trace))
	}
	if rec := b.ev.Record(); prompt.ClientTrace(b.ev) && !rec.SpanID().IsEmpty() {
		b.link(rec.TraceID(), rec.SpanID())
	}
}

func (b *builder) link(trace pcommon.TraceID, span pcommon.SpanID) {
	link := b.span.Links().AppendEmpty()
	link.SetTraceID(trace)
	link.SetSpanID(span)
}
