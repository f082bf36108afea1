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

// steps says for each kind of record that is a step with a length how its span is
// called, and by which attributes the span and its parent are found.
var steps = map[string]struct {
	name, nameOf    string
	below, parentIs string // an attribute of the record, and the same on the parent
}{
	"api_request":        {name: "chat ", nameOf: "model", below: "agent_id", parentIs: "gen_ai.agent.id"},
	"tool_result":        {name: "execute_tool ", nameOf: "tool_name", below: "request_id", parentIs: "gen_ai.response.id"},
	"subagent_completed": {name: "invoke_agent ", nameOf: "agent_type"},
}

// checkSteps checks against the recorded events that each step is a span which ended
// with its event, lasted as long as that says, and hangs where its ids say.
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
		if tool := attr(rec.Attributes(), step.nameOf); tool != "mcp_tool" { // the tool itself is named in its parameters
			require.Equal(t, step.name+tool, span.Name())
		}
	}
	require.Greater(t, checked, 5, "steps in the recorded run")
}

// ended returns the span of a record's step: the one of its kind that ended when the
// record was made, under the same tool_use_id where there is one.
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

// attr returns an attribute as text, "" if there is none.
func attr(m pcommon.Map, key string) string {
	if v, ok := m.Get(key); ok {
		return v.AsString()
	}
	return ""
}
