package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A call is a request that a thread is about to make.
type call struct {
	model         model
	input, output int
	last          bool // it answers, and asks for no tool
	aside         bool // the client's own, without the conversation's context
}

// An answer is what came of a request.
type answer struct {
	id    string // request_id
	begun time.Time
	final bool // trying again is no use
}

// request makes one API request and tells what came of it. It reports whether
// the conversation can go on.
func (th *thread) request(c call) (answer, bool) {
	got := answer{id: "req_01" + th.d.token(base58, 22), begun: th.now}
	th.rawBody(c)
	if th.d.chance(th.plot.weather(th.now).errors) {
		got.final = th.apiError(c, got)
		return got, false
	}
	ttft := th.d.wait(780*time.Millisecond, 0.45)
	took := ttft + th.d.wait(time.Duration(float64(c.output)*c.model.perToken)*time.Millisecond, 0.3)
	th.now = th.now.Add(took)
	if !c.aside && th.agent == nil && th.d.chance(refusalRate) {
		th.refusal(c, got)
		got.final = true
		return got, false
	}
	used := th.usage(c)
	client := th.clientRequestID()
	a := th.emit("api_request", th.now, th.span)
	a.PutStr("model", c.model.name)
	th.putUsage(a, used)
	th.putMeasure(a, "duration_ms", took.Milliseconds())
	if th.version.has(toolRequestIDs) {
		a.PutInt("ttft_ms", ttft.Milliseconds())
	}
	a.PutStr("request_id", got.id)
	client(a)
	th.attribute(a, c)
	th.metered(c, used)
	th.requestSpan(c, got, used, took, ttft)
	th.respond(c, got)
	return got, true
}

// usage returns the tokens and the price of a request, and grows the context by
// what it added.
func (th *thread) usage(c call) usage {
	u := usage{input: int64(c.input), output: int64(c.output)}
	if !c.aside {
		u.cacheRead = th.used
		u.cacheCreate = 150 + int64(th.d.around(1400, 0.9))
		th.used += u.cacheCreate + u.output
		missed := th.plot.missed(u.cacheRead, th.now)
		u.cacheRead, u.cacheCreate = u.cacheRead-missed, u.cacheCreate+missed
	}
	th.tokens = u.input + u.output + u.cacheRead + u.cacheCreate
	return c.model.price(u)
}

func (th *thread) putUsage(a pcommon.Map, u usage) {
	th.putMeasure(a, "input_tokens", u.input)
	th.putMeasure(a, "output_tokens", u.output)
	th.putMeasure(a, "cache_read_tokens", u.cacheRead)
	th.putMeasure(a, "cache_creation_tokens", u.cacheCreate)
	if th.version.has(toolRequestIDs) {
		a.PutInt("cache_creation_5m_tokens", u.cacheCreate)
		a.PutInt("cache_creation_1h_tokens", 0)
	}
	th.putDollars(a, u.micros)
}

// clientRequestID returns what puts the client's own id of a request, in the
// clients and deployments that have one.
func (th *thread) clientRequestID() func(pcommon.Map) {
	if !th.version.has(messageIDs) || th.thirdParty {
		return func(pcommon.Map) {}
	}
	id := th.d.uuid()
	return func(a pcommon.Map) { a.PutStr("client_request_id", id) }
}

// attribute says on whose account a request was made.
func (th *thread) attribute(a pcommon.Map, c call) {
	a.PutStr("speed", "normal")
	if th.version.hasQuerySource() {
		a.PutStr("query_source", th.source)
	}
	if th.effort != "" && !c.aside {
		a.PutStr("effort", th.effort)
	}
	for _, at := range th.attribution() {
		a.PutStr(at.key, at.value)
	}
	if th.agent != nil && th.version.has(newestWire) {
		a.PutStr("agent_id", th.agentID)
	}
}

// attribution is the part of it that the meters share: which subagent, skill,
// plugin and connector, by name or by what the client says instead.
func (th *thread) attribution() []attribute {
	var list []attribute
	if th.agent != nil {
		list = append(list, attribute{"agent.name", th.agentName()})
	}
	if k := th.skill; k != nil {
		list = append(list, attribute{"skill.name", th.shown(k.name, "custom")})
		if k.plugin != "" {
			list = append(list, attribute{"plugin.name", th.shown(k.plugin, "third-party")})
		}
	}
	if c := th.last.connector; c != nil {
		list = append(list, attribute{"mcp_server.name", th.shown(c.name, "custom")}, attribute{"mcp_tool.name", th.shown(th.last.method, "custom")})
	}
	return list
}

// shown returns a name, or the client's placeholder where names are not exported.
func (th *thread) shown(name, placeholder string) string {
	if th.settings.Content.ToolDetails {
		return name
	}
	return placeholder
}

// respond tells the text that came with a request, if there was any.
func (th *thread) respond(c call, got answer) {
	if c.aside || !th.version.has(responses) || !c.last && !th.d.chance(spokenRate) {
		return
	}
	text := th.d.response(c.last && th.agent == nil)
	a := th.emit("assistant_response", th.now.Add(th.d.millis(0, 4)), th.span)
	a.PutInt("response_length", int64(units(text)))
	a.PutStr("response", withheld(text, th.settings.Content.Responses))
	a.PutStr("request_id", got.id)
	if th.version.has(messageIDs) {
		a.PutStr("message.uuid", th.d.uuid())
	}
	a.PutStr("model", c.model.name)
	a.PutStr("query_source", th.source)
	if th.agent != nil && th.version.has(newestWire) {
		a.PutStr("agent_id", th.agentID)
	}
}

// rawBody tells the body of a request, where the admin wants those.
func (th *thread) rawBody(c call) {
	if !th.settings.Content.RawBodies {
		return
	}
	body, length, cut := th.d.rawBody(c.model.name, th.turn.text)
	a := th.emit("api_request_body", th.now, th.span)
	a.PutStr("body", body)
	a.PutInt("body_length", int64(length))
	if cut {
		a.PutStr("body_truncated", "true")
	}
	a.PutStr("model", c.model.name)
	a.PutStr("query_source", th.source)
}
