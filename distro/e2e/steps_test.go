package e2e

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// steps lists the kinds of records that have a span with a duration: the name of the
// span, and the attributes that identify the span and its parent.
var steps = map[string]struct {
	name, nameOf    string
	below, parentIs string // an attribute of the record, and the same on the parent
}{
	"api_request":        {name: "chat ", nameOf: "model", below: "agent_id", parentIs: "gen_ai.agent.id"},
	"tool_result":        {name: "execute_tool ", nameOf: "tool_name", below: "request_id", parentIs: "gen_ai.response.id"},
	"subagent_completed": {name: "invoke_agent ", nameOf: "agent_type"},
}

// checkSteps checks that each recorded step is a span with the end, the duration and the
// parent that its event specifies.
func (tr *tree) checkSteps(t *testing.T, records plog.Logs) {
	t.Helper()
	checked := 0
	for _, rec := range recordsOf(records) {
		step, ok := steps[attr(rec.Attributes(), "event.name")]
		if !ok {
			continue
		}
		checked++
		ms, err := strconv.ParseInt(attr(rec.Attributes(), "duration_ms"), 10, 64)
		require.NoError(t, err)
		span := tr.ended(t, step.name, rec)
		require.Equal(t, time.Duration(ms)*time.Millisecond, time.Duration(span.EndTimestamp()-span.StartTimestamp()), span.Name())

		parent := tr.byID[span.ParentSpanID()]
		if id := attr(rec.Attributes(), step.below); id != "" {
			require.Equal(t, id, attr(parent.Attributes(), step.parentIs), span.Name())
		} else {
			require.Equal(t, tr.roots[0].SpanID(), parent.SpanID(), span.Name())
		}
		if tool := attr(rec.Attributes(), step.nameOf); tool != "mcp_tool" { // the parameters name the tool
			require.Equal(t, step.name+tool, span.Name())
		}
	}
	require.Greater(t, checked, 5, "steps in the recorded run")
}

// ended returns the span of a record's step: the span of its kind that ended at the time
// of the record, with the same tool_use_id if there is one.
func (tr *tree) ended(t *testing.T, name string, rec plog.LogRecord) ptrace.Span {
	t.Helper()
	var found []ptrace.Span
	for _, span := range tr.spans {
		if len(span.Name()) > len(name) && span.Name()[:len(name)] == name && span.EndTimestamp() == rec.Timestamp() &&
			attr(span.Attributes(), "tool_use_id") == attr(rec.Attributes(), "tool_use_id") &&
			attr(span.Attributes(), "event.sequence") == attr(rec.Attributes(), "event.sequence") {
			found = append(found, span)
		}
	}
	require.Len(t, found, 1, "spans of %s %s", name, attr(rec.Attributes(), "event.sequence"))
	return found[0]
}

// recordsOf returns the records of a batch.
func recordsOf(ld plog.Logs) (records []plog.LogRecord) {
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				records = append(records, rec)
			}
		}
	}
	return records
}

// attr returns an attribute as text, or "".
func attr(m pcommon.Map, key string) string {
	if v, ok := m.Get(key); ok {
		return v.AsString()
	}
	return ""
}
