package synthetic

import (
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/ptrace"
)

// addSpan adds the span of the request with the attributes of every outcome.
func (r *apiRequest) addSpan(took time.Duration) ptrace.Span {
	c := r.conv
	span := c.recorder.addSpan(c.turn, c.rng.spanID(), c.span, "llm_request", r.begun, c.now)
	a := span.Attributes()
	a.PutStr("model", r.model.name)
	a.PutStr("gen_ai.system", "anthropic")
	a.PutStr("gen_ai.request.model", r.model.name)
	a.PutStr("query_source_safe", strings.ReplaceAll(c.source, ":", "."))
	if c.agent != nil {
		a.PutStr("agent_id", c.agentID)
	}
	a.PutInt("duration_ms", took.Milliseconds())
	return span
}

func (r *apiRequest) addRequestSpan(u usage, took, ttft time.Duration) {
	a := r.addSpan(took).Attributes()
	a.PutInt("input_tokens", u.input)
	a.PutInt("output_tokens", u.output)
	a.PutInt("cache_read_tokens", u.cacheRead)
	a.PutInt("cache_creation_tokens", u.cacheCreate)
	a.PutBool("success", true)
	a.PutInt("attempt", 1)
	a.PutStr("request_id", r.id)
	a.PutStr("gen_ai.response.id", r.id)
	a.PutInt("ttft_ms", ttft.Milliseconds())
	reason := "tool_use"
	if r.last || r.background {
		reason = "end_turn"
	}
	a.PutStr("stop_reason", reason)
	a.PutEmptySlice("gen_ai.response.finish_reasons").AppendEmpty().SetStr(reason)
}

func (r *apiRequest) addErrorSpan(text string, status, attempt int) {
	span := r.addSpan(r.conv.now.Sub(r.begun))
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
