package synthetic

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/ptrace"
)

// addSpans adds the three spans of a call: the call, the wait for permission, and
// the execution.
func (v *toolCall) addSpans() {
	v.addCallSpan(v.ended)
	v.addBlockedSpan("accept", v.decidedBy)
	span := v.conv.recorder.addSpan(v.conv.turn, v.running, v.span, "tool.execution", v.decided, v.ended)
	a := span.Attributes()
	a.PutStr("tool_use_id", v.id)
	a.PutStr("gen_ai.tool.call.id", v.id)
	a.PutInt("duration_ms", v.ended.Sub(v.decided).Milliseconds())
	a.PutBool("success", v.failure == nil)
	if v.failure != nil {
		span.Status().SetCode(ptrace.StatusCodeError)
		span.Status().SetMessage(v.errorText)
		a.PutStr("error", v.errorText)
		a.PutStr("error_class", v.failure.kind)
	}
}

func (v *toolCall) addCallSpan(end time.Time) {
	a := v.conv.recorder.addSpan(v.conv.turn, v.span, v.conv.span, "tool", v.requested, end).Attributes()
	a.PutStr("tool_name", v.spanToolName())
	a.PutStr("gen_ai.operation.name", "execute_tool")
	a.PutStr("gen_ai.tool.name", v.spanToolName())
	a.PutStr("tool_use_id", v.id)
	a.PutStr("gen_ai.tool.call.id", v.id)
	a.PutInt("duration_ms", end.Sub(v.requested).Milliseconds())
	if v.conv.settings.Content.ToolDetails {
		a.PutStr("tool_input", v.input)
	}
}

func (v *toolCall) addBlockedSpan(decision, source string) {
	a := v.conv.recorder.addSpan(v.conv.turn, v.blocked, v.span, "tool.blocked_on_user", v.requested, v.decided).Attributes()
	a.PutInt("duration_ms", v.decided.Sub(v.requested).Milliseconds())
	a.PutStr("decision", decision)
	a.PutStr("source", source)
}

// spanToolName returns the name of the tool on spans, which has the connector's
// name in it.
func (v *toolCall) spanToolName() string {
	if v.connector == nil {
		return v.name
	}
	return "mcp__" + strings.ReplaceAll(v.connector.name, " ", "_") + "__" + v.method
}
