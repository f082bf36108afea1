package coworkeventprocessor

import (
	"iter"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

// checkTraces compares the spans of a batch with the sender's token. It removes those that
// are refused, and what becomes empty by that.
func (c *tenantCheck) checkTraces(td ptrace.Traces) {
	td.ResourceSpans().RemoveIf(func(rs ptrace.ResourceSpans) bool {
		ofResource := c.enter(cowork.Claim{}, rs.Resource().Attributes())
		n := rs.ScopeSpans().Len()
		rs.ScopeSpans().RemoveIf(func(ss ptrace.ScopeSpans) bool {
			ofScope := c.enter(ofResource, ss.Scope().Attributes())
			n := ss.Spans().Len()
			ss.Spans().RemoveIf(func(span ptrace.Span) bool { return c.removesSpan(span, ofScope) })
			return ss.Spans().Len() == 0 && n > 0
		})
		return rs.ScopeSpans().Len() == 0 && n > 0
	})
}

// removesSpan reports whether a span is refused, by all that it claims.
func (c *tenantCheck) removesSpan(span ptrace.Span, claim cowork.Claim) bool {
	for m := range mapsOf(span) {
		claim = c.claims(claim, m)
	}
	for m := range mapsOf(span) {
		c.rename(claim, m)
	}
	return !c.passes(claim, span.Attributes())
}

// mapsOf returns the attributes of a span, of its events and of its links.
func mapsOf(span ptrace.Span) iter.Seq[pcommon.Map] {
	return func(yield func(pcommon.Map) bool) {
		if !yield(span.Attributes()) {
			return
		}
		for _, event := range span.Events().All() {
			if !yield(event.Attributes()) {
				return
			}
		}
		for _, link := range span.Links().All() {
			if !yield(link.Attributes()) {
				return
			}
		}
	}
}
