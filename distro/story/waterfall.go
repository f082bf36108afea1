package story

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// Waterfall draws the traces of a batch in the order of time, one line for each span
// below its parent:
//
//	trace 0aa84ef60c1847208c5d4ba43985c011
//	invoke_agent cowork  INTERNAL 0s +1.042s
//	  chat claude-opus-5-5  CLIENT 97ms +317ms
//
// A line has the start of the span relative to its trace and its duration, then its
// status if set, selected attributes, and links. A span whose parent is not in the
// batch begins with a question mark.
func Waterfall(td ptrace.Traces) []byte {
	traces := map[pcommon.TraceID][]ptrace.Span{}
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				traces[span.TraceID()] = append(traces[span.TraceID()], span)
			}
		}
	}
	var out bytes.Buffer
	drawn := make([]*waterfall, 0, len(traces))
	for id, spans := range traces {
		drawn = append(drawn, newWaterfall(&out, id, spans))
	}
	slices.SortFunc(drawn, func(a, b *waterfall) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), bytes.Compare(a.id[:], b.id[:]))
	})
	for _, w := range drawn {
		w.drawTrace()
	}
	return out.Bytes()
}

// A waterfall draws one trace.
type waterfall struct {
	out   *bytes.Buffer
	id    pcommon.TraceID
	begin pcommon.Timestamp
	spans []ptrace.Span // in the order of time
	ids   map[pcommon.SpanID]bool
}

func newWaterfall(out *bytes.Buffer, id pcommon.TraceID, spans []ptrace.Span) *waterfall {
	slices.SortStableFunc(spans, func(a, b ptrace.Span) int {
		return cmp.Or(cmp.Compare(a.StartTimestamp(), b.StartTimestamp()), cmp.Compare(a.EndTimestamp(), b.EndTimestamp()), cmp.Compare(a.Name(), b.Name()))
	})
	w := &waterfall{out: out, id: id, begin: spans[0].StartTimestamp(), spans: spans, ids: map[pcommon.SpanID]bool{}}
	for _, span := range spans {
		w.ids[span.SpanID()] = true
	}
	return w
}

func (w *waterfall) drawTrace() {
	fmt.Fprintf(w.out, "trace %s\n", w.id)
	drawn := map[pcommon.SpanID]bool{}
	for _, span := range w.spans {
		if parent := span.ParentSpanID(); parent.IsEmpty() || !w.ids[parent] {
			w.drawSpan(span, "")
			w.drawChildren(span.SpanID(), "  ", drawn)
		}
	}
}

// drawChildren draws the descendants of a span once, even if several spans share
// its id.
func (w *waterfall) drawChildren(id pcommon.SpanID, indent string, drawn map[pcommon.SpanID]bool) {
	if drawn[id] {
		return
	}
	drawn[id] = true
	for _, span := range w.spans {
		if span.ParentSpanID() == id {
			w.drawSpan(span, indent)
			w.drawChildren(span.SpanID(), indent+"  ", drawn)
		}
	}
}

func (w *waterfall) drawSpan(span ptrace.Span, indent string) {
	w.out.WriteString(indent)
	if parent := span.ParentSpanID(); !parent.IsEmpty() && !w.ids[parent] {
		w.out.WriteString("? ")
	}
	fmt.Fprintf(w.out, "%s  %s %s +%s", span.Name(), strings.ToUpper(span.Kind().String()),
		time.Duration(span.StartTimestamp()-w.begin), time.Duration(span.EndTimestamp()-span.StartTimestamp()))
	if span.Status().Code() != ptrace.StatusCodeUnset {
		fmt.Fprintf(w.out, " %s", strings.ToUpper(span.Status().Code().String()))
	}
	for _, key := range shownAttributes {
		if v, ok := span.Attributes().Get(key); ok {
			fmt.Fprintf(w.out, " %s=%s", key, v.AsString())
		}
	}
	for _, link := range span.Links().All() {
		fmt.Fprintf(w.out, " link=%s/%s", link.TraceID(), link.SpanID())
	}
	w.out.WriteByte('\n')
}

// shownAttributes lists the attributes that a waterfall shows.
var shownAttributes = []string{
	"error.type", "http.response.status_code", "gen_ai.response.finish_reasons",
	"gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.cache_write.input_tokens", "gen_ai.response.time_to_first_chunk", "cost_usd", "cowork.prompt.cost_usd",
	"gen_ai.tool.type", "cowork.tool.decision", "cowork.tool.decision.source", "gen_ai.agent.id",
	"cowork.prompt.part", "cowork.prompt.complete", "cowork.prompt.close_reason",
}
