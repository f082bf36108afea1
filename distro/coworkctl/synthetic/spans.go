package synthetic

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// spanID returns a new span id. It is drawn whether or not spans are made, so
// that the traces beta changes as little of the story as possible.
func (s *session) spanID() pcommon.SpanID { return pcommon.SpanID(s.d.bytes(8)) }

// span makes one span of a turn, or nothing worth keeping without the beta.
func (s *session) span(tn *turn, id, parent pcommon.SpanID, kind string, from, to time.Time) ptrace.Span {
	span := ptrace.NewSpan()
	if tn.trace.IsEmpty() {
		return span
	}
	span.SetTraceID(tn.trace)
	span.SetSpanID(id)
	span.SetParentSpanID(parent)
	span.SetFlags(257)
	span.SetName("claude_code." + kind)
	span.SetKind(ptrace.SpanKindInternal)
	span.SetStartTimestamp(pcommon.NewTimestampFromTime(from))
	span.SetEndTimestamp(pcommon.NewTimestampFromTime(to))
	a := span.Attributes()
	s.putStandard(a)
	a.PutStr("gen_ai.provider.name", "anthropic")
	a.PutStr("gen_ai.conversation.id", s.id)
	a.PutStr("span.type", kind)
	s.spans = append(s.spans, ended{to, span})
	return span
}

func (s *session) interactionSpan(tn *turn) {
	a := s.span(tn, tn.root, pcommon.SpanID{}, "interaction", tn.begun, s.cursor).Attributes()
	a.PutStr("gen_ai.operation.name", "invoke_agent")
	a.PutStr("user_prompt", withheld(tn.text, s.settings.Content.Prompts))
	a.PutInt("user_prompt_length", int64(units(tn.text)))
	a.PutInt("interaction.sequence", int64(s.told+1))
	a.PutInt("interaction.duration_ms", s.cursor.Sub(tn.begun).Milliseconds())
}

// llmSpan makes the span of a request, answered or not.
func (th *thread) llmSpan(c call, got answer, took time.Duration) ptrace.Span {
	span := th.session.span(th.turn, th.spanID(), th.span, "llm_request", got.begun, th.now)
	a := span.Attributes()
	a.PutStr("model", c.model.name)
	a.PutStr("gen_ai.system", "anthropic")
	a.PutStr("gen_ai.request.model", c.model.name)
	a.PutStr("query_source_safe", strings.ReplaceAll(th.source, ":", "."))
	if th.agent != nil {
		a.PutStr("agent_id", th.agentID)
	}
	a.PutInt("duration_ms", took.Milliseconds())
	return span
}

func (th *thread) requestSpan(c call, got answer, u usage, took, ttft time.Duration) {
	a := th.llmSpan(c, got, took).Attributes()
	a.PutInt("input_tokens", u.input)
	a.PutInt("output_tokens", u.output)
	a.PutInt("cache_read_tokens", u.cacheRead)
	a.PutInt("cache_creation_tokens", u.cacheCreate)
	a.PutBool("success", true)
	a.PutInt("attempt", 1)
	a.PutStr("request_id", got.id)
	a.PutStr("gen_ai.response.id", got.id)
	a.PutInt("ttft_ms", ttft.Milliseconds())
	reason := "tool_use"
	if c.last || c.aside {
		reason = "end_turn"
	}
	a.PutStr("stop_reason", reason)
	a.PutEmptySlice("gen_ai.response.finish_reasons").AppendEmpty().SetStr(reason)
}

func (th *thread) failedSpan(c call, got answer, text string, status, attempt int) {
	span := th.llmSpan(c, got, th.now.Sub(got.begun))
	span.Status().SetCode(ptrace.StatusCodeError)
	span.Status().SetMessage(text)
	a := span.Attributes()
	a.PutBool("success", false)
	a.PutInt("attempt", int64(attempt))
	if status != 0 {
		a.PutInt("status_code", int64(status))
	}
	a.PutStr("error", text)
}

// toolSpans makes the three spans of a call: the call, the wait for permission,
// and the work.
func (th *thread) toolSpans(v *invocation) {
	th.callSpan(v, v.ended)
	th.blockedSpan(v, "accept", v.source)
	span := th.session.span(th.turn, v.running, v.span, "tool.execution", v.decided, v.ended)
	a := span.Attributes()
	a.PutStr("tool_use_id", v.id)
	a.PutStr("gen_ai.tool.call.id", v.id)
	a.PutInt("duration_ms", v.ended.Sub(v.decided).Milliseconds())
	a.PutBool("success", v.failure == nil)
	if v.failure != nil {
		span.Status().SetCode(ptrace.StatusCodeError)
		span.Status().SetMessage(v.error)
		a.PutStr("error", v.error)
		a.PutStr("error_class", v.failure.kind)
	}
}

// rejectedSpan makes the spans of a call that was not permitted.
func (th *thread) rejectedSpan(v *invocation, source string) {
	th.callSpan(v, v.decided)
	th.blockedSpan(v, "reject", source)
}

func (th *thread) callSpan(v *invocation, end time.Time) {
	a := th.session.span(th.turn, v.span, th.span, "tool", v.asked, end).Attributes()
	a.PutStr("tool_name", v.spanName())
	a.PutStr("gen_ai.operation.name", "execute_tool")
	a.PutStr("gen_ai.tool.name", v.spanName())
	a.PutStr("tool_use_id", v.id)
	a.PutStr("gen_ai.tool.call.id", v.id)
	a.PutInt("duration_ms", end.Sub(v.asked).Milliseconds())
	if th.settings.Content.ToolDetails {
		a.PutStr("tool_input", v.input)
	}
}

func (th *thread) blockedSpan(v *invocation, decision, source string) {
	a := th.session.span(th.turn, v.blocked, v.span, "tool.blocked_on_user", v.asked, v.decided).Attributes()
	a.PutInt("duration_ms", v.decided.Sub(v.asked).Milliseconds())
	a.PutStr("decision", decision)
	a.PutStr("source", source)
}

// spanName is what spans call a tool: a connector's has both its names in it.
func (v *invocation) spanName() string {
	if v.connector == nil {
		return v.name
	}
	return "mcp__" + strings.ReplaceAll(v.connector.name, " ", "_") + "__" + v.method
}
