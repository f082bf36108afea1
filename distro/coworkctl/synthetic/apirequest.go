package synthetic

import (
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// An apiRequest is an API request of a conversation.
type apiRequest struct {
	conv *conversation

	model         model
	input, output int
	last          bool // contains no tool calls
	background    bool // made by the client itself, without the conversation's context

	// Set by makeRequest.
	id        string // request_id
	begun     time.Time
	permanent bool // the failure is not worth a retry
}

// makeRequest makes the request and records its outcome. It reports whether it succeeded.
func (r *apiRequest) makeRequest() bool {
	c := r.conv
	r.id, r.begun, r.permanent = "req_01"+c.rng.token(base58, 22), c.now, false
	r.recordBody()
	if c.rng.chance(c.scenario.apiConditions(c.now).errors) {
		r.permanent = r.fail()
		return false
	}
	ttft := c.rng.duration(780*time.Millisecond, 0.45)
	took := ttft + c.rng.duration(time.Duration(float64(r.output)*r.model.perToken)*time.Millisecond, 0.3)
	c.now = c.now.Add(took)
	if !r.background && c.agent == nil && c.rng.chance(refusalRate) {
		r.recordRefusal()
		r.permanent = true
		return false
	}
	used := r.countUsage()
	putClientID := r.clientRequestID()
	a := c.addEvent("api_request", c.now, c.span)
	a.PutStr("model", r.model.name)
	r.putUsage(a, used)
	c.version.putNumber(a, "duration_ms", took.Milliseconds())
	if c.version.has(toolRequestIDs) {
		a.PutInt("ttft_ms", ttft.Milliseconds())
	}
	a.PutStr("request_id", r.id)
	putClientID(a)
	r.putAttribution(a)
	r.measureUsage(used)
	r.addRequestSpan(used, took, ttft)
	r.recordResponse()
	return true
}

// countUsage returns the tokens and the price of the request, and adds its tokens
// to the context.
func (r *apiRequest) countUsage() usage {
	c := r.conv
	u := usage{input: int64(r.input), output: int64(r.output)}
	if !r.background {
		u.cacheRead = c.context
		u.cacheCreate = 150 + int64(c.rng.logNormal(1400, 0.9))
		c.context += u.cacheCreate + u.output
		missed := c.scenario.cacheMisses(u.cacheRead, c.now)
		u.cacheRead, u.cacheCreate = u.cacheRead-missed, u.cacheCreate+missed
	}
	c.requestTokens = u.input + u.output + u.cacheRead + u.cacheCreate
	return r.model.price(u)
}

func (r *apiRequest) putUsage(a pcommon.Map, u usage) {
	v := r.conv.version
	v.putNumber(a, "input_tokens", u.input)
	v.putNumber(a, "output_tokens", u.output)
	v.putNumber(a, "cache_read_tokens", u.cacheRead)
	v.putNumber(a, "cache_creation_tokens", u.cacheCreate)
	if v.has(toolRequestIDs) {
		a.PutInt("cache_creation_5m_tokens", u.cacheCreate)
		a.PutInt("cache_creation_1h_tokens", 0)
	}
	v.putDollars(a, u.micros)
}

// clientRequestID returns a function that sets the client's own id of the request,
// if its version and deployment have one.
func (r *apiRequest) clientRequestID() func(pcommon.Map) {
	if !r.conv.version.has(messageIDs) || r.conv.thirdParty {
		return func(pcommon.Map) {}
	}
	id := r.conv.rng.uuid()
	return func(a pcommon.Map) { a.PutStr("client_request_id", id) }
}

// putAttribution sets what the request was made for.
func (r *apiRequest) putAttribution(a pcommon.Map) {
	c := r.conv
	a.PutStr("speed", "normal")
	if c.version.hasQuerySource() {
		a.PutStr("query_source", c.source)
	}
	if c.effort != "" && !r.background {
		a.PutStr("effort", c.effort)
	}
	for _, at := range c.attribution() {
		a.PutStr(at.key, at.value)
	}
	if c.agent != nil && c.version.has(newestWire) {
		a.PutStr("agent_id", c.agentID)
	}
}

// recordResponse records the text of the response, if there is one.
func (r *apiRequest) recordResponse() {
	c := r.conv
	if r.background || !c.version.has(responses) || !r.last && !c.rng.chance(responseTextRate) {
		return
	}
	text := responseText(c.rng, r.last && c.agent == nil)
	a := c.addEvent("assistant_response", c.now.Add(c.rng.millisBetween(0, 4)), c.span)
	a.PutInt("response_length", int64(utf16Length(text)))
	a.PutStr("response", contentOf(text, c.settings.Content.Responses))
	a.PutStr("request_id", r.id)
	if c.version.has(messageIDs) {
		a.PutStr("message.uuid", c.rng.uuid())
	}
	a.PutStr("model", r.model.name)
	a.PutStr("query_source", c.source)
	if c.agent != nil && c.version.has(newestWire) {
		a.PutStr("agent_id", c.agentID)
	}
}

// recordBody records the body of the request, if bodies are exported.
func (r *apiRequest) recordBody() {
	c := r.conv
	if !c.settings.Content.RawBodies {
		return
	}
	body, length, truncated := requestBody(c.rng, r.model.name, c.turn.text)
	a := c.addEvent("api_request_body", c.now, c.span)
	a.PutStr("body", body)
	a.PutInt("body_length", int64(length))
	if truncated {
		a.PutStr("body_truncated", "true")
	}
	a.PutStr("model", r.model.name)
	a.PutStr("query_source", c.source)
}

// measureUsage adds cost and tokens to the clients' metrics.
func (r *apiRequest) measureUsage(u usage) {
	c := r.conv
	attrs := []attribute{{"model", r.model.name}, {"query_source", r.queryClass()}}
	if c.effort != "" && !r.background {
		attrs = append(attrs, attribute{"effort", c.effort})
	}
	attrs = append(attrs, c.attribution()...)
	c.recorder.addMeasurement(c.now, costUsage, float64(u.micros)/1e6, attrs...)
	for _, kind := range []struct {
		name   string
		tokens int64
	}{{"input", u.input}, {"output", u.output}, {"cacheRead", u.cacheRead}, {"cacheCreation", u.cacheCreate}} {
		typed := slices.Concat(attrs, []attribute{{"type", kind.name}})
		c.recorder.addMeasurement(c.now, tokenUsage, float64(kind.tokens), typed...)
	}
}

// queryClass returns the query_source of the clients' metrics.
func (r *apiRequest) queryClass() string {
	switch {
	case r.background:
		return "auxiliary"
	case r.conv.agent != nil:
		return "subagent"
	}
	return "main"
}
