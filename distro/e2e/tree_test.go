package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A tree holds the received spans, joined as a backend does.
type tree struct {
	spans []ptrace.Span
	byID  map[pcommon.SpanID]ptrace.Span
	roots []ptrace.Span
}

func newTree(td ptrace.Traces) *tree {
	tr := &tree{byID: map[pcommon.SpanID]ptrace.Span{}}
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				tr.spans = append(tr.spans, span)
				tr.byID[span.SpanID()] = span
				if span.ParentSpanID().IsEmpty() {
					tr.roots = append(tr.roots, span)
				}
			}
		}
	}
	return tr
}

// checkIsPrompt checks that the spans are one trace with one root, that its id is
// the prompt.id, and that all others are below the root and within its time.
func (tr *tree) checkIsPrompt(t *testing.T, records plog.Logs) {
	t.Helper()
	require.Len(t, tr.roots, 1)
	root := tr.roots[0]
	require.Equal(t, "invoke_agent cowork", root.Name())
	for _, rec := range recordsOf(records) {
		if id := attr(rec.Attributes(), "prompt.id"); id != "" {
			require.Equal(t, strings.ReplaceAll(id, "-", ""), root.TraceID().String())
		}
	}
	for _, span := range tr.spans {
		require.Equal(t, root.TraceID(), span.TraceID(), span.Name())
		require.Contains(t, append(tr.ancestors(span), span.SpanID()), root.SpanID(), "%s is not below the root", span.Name())
		require.LessOrEqual(t, root.StartTimestamp(), span.StartTimestamp(), span.Name())
		require.GreaterOrEqual(t, root.EndTimestamp(), span.EndTimestamp(), span.Name())
	}
}

// ancestors returns the ancestors of a span.
func (tr *tree) ancestors(span ptrace.Span) (ids []pcommon.SpanID) {
	for range tr.spans {
		parent := span.ParentSpanID()
		if parent.IsEmpty() {
			break
		}
		ids = append(ids, parent)
		span = tr.byID[parent]
		if span == (ptrace.Span{}) {
			break
		}
	}
	return ids
}
