package synthetic

import (
	"strconv"
	"time"
)

// exhaustedAttempts is how often the client tries before it gives up.
const exhaustedAttempts = 11

// apiError tells that a request failed, and reports whether it was after the
// last retry. The retries before are not events.
func (th *thread) apiError(c call, got answer) (exhausted bool) {
	sky := th.plot.weather(th.now)
	f := draw(th.d, sky.failures)
	if th.d.chance(sky.noStatus) {
		f = failure{text: pick(th.d, hangups)}
	}
	text := th.d.filled(f.text)
	attempt, took := 1, th.d.wait(900*time.Millisecond, 1)
	switch {
	case th.d.chance(exhaustedRate):
		exhausted, attempt, took = true, exhaustedAttempts, th.d.wait(170*time.Second, 0.2)
	case th.d.chance(zeroAttemptRate):
		attempt = 0
	}
	th.now = th.now.Add(took)
	client := th.clientRequestID()
	a := th.emit("api_error", th.now, th.span)
	a.PutStr("model", c.model.name)
	a.PutStr("error", text)
	th.putStatus(a.PutInt, a.PutStr, f.status)
	th.putMeasure(a, "duration_ms", took.Milliseconds())
	th.putMeasure(a, "attempt", int64(attempt))
	if f.status != 0 {
		a.PutStr("request_id", got.id)
	}
	client(a)
	th.attribute(a, c)
	th.failedSpan(c, got, text, f.status, attempt)
	if exhausted {
		th.exhausted(c, text, f.status, took)
	}
	return exhausted
}

// putStatus writes a status code in the form of the client's version. Where
// there was none, newer clients say nothing and older ones say so.
func (th *thread) putStatus(number func(string, int64), text func(string, string), status int) {
	switch {
	case th.version.has(numericAPI) && status != 0:
		number("status_code", int64(status))
	case th.version.has(numericAPI):
	case status != 0:
		text("status_code", strconv.Itoa(status))
	default:
		text("status_code", "undefined")
	}
}

func (th *thread) exhausted(c call, text string, status int, took time.Duration) {
	a := th.emit("api_retries_exhausted", th.now.Add(time.Millisecond), th.span)
	a.PutStr("model", c.model.name)
	a.PutStr("error", text)
	if status != 0 {
		a.PutInt("status_code", int64(status))
	}
	a.PutInt("total_attempts", exhaustedAttempts)
	a.PutInt("total_retry_duration_ms", took.Milliseconds())
	th.attribute(a, c)
}

// refusal tells that the model would not answer.
func (th *thread) refusal(c call, got answer) {
	a := th.emit("api_refusal", th.now, th.span)
	a.PutStr("model", c.model.name)
	a.PutStr("request_id", got.id)
	a.PutInt("attempt", 1)
	a.PutBool("server_fallback_hop", false)
	a.PutBool("has_category", true)
	a.PutBool("has_explanation", false)
	if th.settings.Content.ToolDetails {
		a.PutStr("category", "cyber")
	}
	th.attribute(a, c)
}
