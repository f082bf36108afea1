package story

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// checkTraces checks the traces of every story that shows them: no two spans share an
// id, and every span but the root has its parent in the trace.
func checkTraces(t *testing.T, td ptrace.Traces) {
	t.Helper()
	type place struct {
		trace pcommon.TraceID
		span  pcommon.SpanID
	}
	seen, below := map[place]string{}, map[place]string{}
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				id := place{span.TraceID(), span.SpanID()}
				require.NotContains(t, seen, id, "%s has the id of another", span.Name())
				seen[id] = span.Name()
				below[place{span.TraceID(), span.ParentSpanID()}] = span.Name()
			}
		}
	}
	for parent, name := range below {
		if parent.span.IsEmpty() {
			require.Equal(t, "invoke_agent cowork", name)
			continue
		}
		require.Contains(t, seen, parent, "the parent of %s is missing", name)
	}
}

func TestWaterfall(t *testing.T) {
	td := ptrace.NewTraces()
	spans := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans()
	add := func(id, parent byte, name string, start, end int64) ptrace.Span {
		span := spans.AppendEmpty()
		span.SetTraceID(pcommon.TraceID{1})
		span.SetName(name)
		span.SetKind(ptrace.SpanKindInternal)
		span.SetStartTimestamp(pcommon.Timestamp(start * 1e6))
		span.SetEndTimestamp(pcommon.Timestamp(end * 1e6))
		if span.SetSpanID(pcommon.SpanID{id}); parent != 0 {
			span.SetParentSpanID(pcommon.SpanID{parent})
		}
		return span
	}
	add(4, 9, "orphan", 1010, 1010)
	add(3, 2, "grandchild", 1050, 1150)
	add(2, 1, "child", 1020, 1100).Status().SetCode(ptrace.StatusCodeError)
	add(1, 0, "root", 1000, 1200).Attributes().PutStr("error.type", "529")
	add(5, 5, "its own parent", 1000, 1000)
	require.Equal(t, `trace 01000000000000000000000000000000
root  INTERNAL 0s +200ms error.type=529
  child  INTERNAL 20ms +80ms ERROR
    grandchild  INTERNAL 50ms +100ms
? orphan  INTERNAL 10ms +0s
`, string(Waterfall(td)))
}
