package synthetic

import (
	"time"
)

// exhaustedAttempts is the number of attempts after which the client gives up.
const exhaustedAttempts = 11

// fail records that the request failed, and reports whether this was after the last
// retry. Earlier attempts are not events.
func (r *apiRequest) fail() (exhausted bool) {
	c := r.conv
	conditions := c.scenario.apiConditions(c.now)
	f := pickWeighted(c.rng, conditions.failures)
	if c.rng.chance(conditions.noStatus) {
		f = failure{text: pick(c.rng, connectionFailures)}
	}
	text := fillErrorText(c.rng, f.text)
	attempt, took := 1, c.rng.duration(900*time.Millisecond, 1)
	switch {
	case c.rng.chance(exhaustedRate):
		exhausted, attempt, took = true, exhaustedAttempts, c.rng.duration(170*time.Second, 0.2)
	case c.rng.chance(zeroAttemptRate):
		attempt = 0
	}
	c.now = c.now.Add(took)
	putClientID := r.clientRequestID()
	a := c.addEvent("api_error", c.now, c.span)
	a.PutStr("model", r.model.name)
	a.PutStr("error", text)
	c.version.putStatus(a, f.status)
	c.version.putNumber(a, "duration_ms", took.Milliseconds())
	c.version.putNumber(a, "attempt", int64(attempt))
	if f.status != 0 {
		a.PutStr("request_id", r.id)
	}
	putClientID(a)
	r.putAttribution(a)
	r.addErrorSpan(text, f.status, attempt)
	if exhausted {
		r.recordExhausted(text, f.status, took)
	}
	return exhausted
}

func (r *apiRequest) recordExhausted(text string, status int, took time.Duration) {
	a := r.conv.addEvent("api_retries_exhausted", r.conv.now.Add(time.Millisecond), r.conv.span)
	a.PutStr("model", r.model.name)
	a.PutStr("error", text)
	if status != 0 {
		a.PutInt("status_code", int64(status))
	}
	a.PutInt("total_attempts", exhaustedAttempts)
	a.PutInt("total_retry_duration_ms", took.Milliseconds())
	r.putAttribution(a)
}

// recordRefusal records that the model refused to answer.
func (r *apiRequest) recordRefusal() {
	a := r.conv.addEvent("api_refusal", r.conv.now, r.conv.span)
	a.PutStr("model", r.model.name)
	a.PutStr("request_id", r.id)
	a.PutInt("attempt", 1)
	a.PutBool("server_fallback_hop", false)
	a.PutBool("has_category", true)
	a.PutBool("has_explanation", false)
	if r.conv.settings.Content.ToolDetails {
		a.PutStr("category", "cyber")
	}
	r.putAttribution(a)
}
