package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A conversation is a loop of API requests and tool calls within a turn: that of
// the main agent, or of a subagent.
type conversation struct {
	*session

	turn *turn

	now           time.Time
	source        string // query_source
	agent         *agent // nil for the main agent
	agentID       string
	skill         *skill      // the skill in use, if any
	lastCall      callDetails // its connector is an attribute of the next request
	span          pcommon.SpanID
	context       int64 // tokens
	toolUses      int
	requestTokens int64 // of the latest request
}

// addEvent adds a record of the prompt and returns its attributes.
func (c *conversation) addEvent(kind string, at time.Time, span pcommon.SpanID) pcommon.Map {
	rec, a := c.recorder.addEvent(kind, at)
	a.PutStr("prompt.id", c.turn.promptID)
	if !c.turn.trace.IsEmpty() {
		rec.SetTraceID(c.turn.trace)
		rec.SetSpanID(span)
		rec.SetFlags(1)
	}
	return a
}

// runSteps makes requests, each with the tool calls that it contains, until a request
// contains none or fails permanently.
func (c *conversation) runSteps(steps int) {
	for i := range steps {
		last := i == steps-1
		r, ok := c.requestStep(last)
		if !ok || last {
			return
		}
		c.runToolCalls(r)
		if c.context > 165_000 || c.agent == nil && c.rng.chance(compactionRate/10) {
			c.compact()
		}
	}
}

// requestStep makes one request of the loop. After half of the temporary failures
// it is made again.
func (c *conversation) requestStep(last bool) (r *apiRequest, ok bool) {
	r = &apiRequest{
		conv:   c,
		model:  c.model,
		input:  c.rng.between(3, 400),
		output: 12 + int(c.rng.logNormal(240, 0.9)),
		last:   last,
	}
	for {
		if ok = r.makeRequest(); ok || r.permanent || !c.rng.chance(0.5) {
			return r, ok
		}
		c.now = c.now.Add(c.rng.duration(20*time.Second, 0.8))
	}
}

// runToolCalls makes the tool calls of a request in parallel, and advances to the
// end of the last.
func (c *conversation) runToolCalls(r *apiRequest) {
	done := c.now
	for range pickWeighted(c.rng, []weighted[int]{{80, 1}, {15, 2}, {5, 3}}) {
		if end := newToolCall(c, c.chooseTool(), r).runCall(r.begun); end.After(done) {
			done = end
		}
	}
	c.now = done.Add(c.rng.millisBetween(5, 60))
}

// chooseTool returns the tool of the next call.
func (c *conversation) chooseTool() *tool {
	if n := len(c.turn.special); n > 0 && c.agent == nil && c.rng.chance(0.5) {
		t := c.turn.special[n-1]
		c.turn.special = c.turn.special[:n-1]
		return t
	}
	t := pickWeighted(c.rng, tools)
	if t.name == mcpTool && len(c.connected) == 0 {
		return tools[0].value
	}
	return t
}

// runSubagent runs a subagent and returns when it completes.
func (c *conversation) runSubagent(a *agent, from time.Time, span pcommon.SpanID, async bool) time.Time {
	sub := &conversation{
		session: c.session, turn: c.turn, now: from, source: a.source(), agent: a,
		agentID: "a" + c.rng.hex(16), skill: c.skill, span: span, context: 9_000,
	}
	sub.runSteps(loopSteps(c.rng, a.steps))
	e := sub.addEvent("subagent_completed", sub.now, span)
	e.PutStr("agent_type", sub.agentName())
	e.PutStr("agent.source", a.origin())
	e.PutBool("is_built_in", a.builtIn)
	e.PutBool("is_async", async)
	e.PutInt("total_tokens", sub.requestTokens)
	e.PutInt("total_tool_uses", int64(sub.toolUses))
	e.PutInt("duration_ms", sub.now.Sub(from).Milliseconds())
	e.PutStr("model", c.model.name)
	e.PutStr("final_model", c.model.name)
	e.PutBool("model_swapped", false)
	if c.version.has(newestWire) {
		e.PutStr("agent_id", sub.agentID)
	}
	return sub.now
}

// agentName returns the exported name of the subagent. Those of other agents than
// the client's own are details.
func (c *conversation) agentName() string {
	if c.agent.builtIn || c.settings.Content.ToolDetails {
		return c.agent.name
	}
	return "custom"
}

// nameOr returns a name, or the client's placeholder if details are not exported.
func (c *conversation) nameOr(placeholder, name string) string {
	if c.settings.Content.ToolDetails {
		return name
	}
	return placeholder
}

// attribution returns the subagent, skill, plugin and connector of a request.
func (c *conversation) attribution() []attribute {
	var list []attribute
	if c.agent != nil {
		list = append(list, attribute{"agent.name", c.agentName()})
	}
	if k := c.skill; k != nil {
		list = append(list, attribute{"skill.name", c.nameOr("custom", k.name)})
		if k.plugin != "" {
			list = append(list, attribute{"plugin.name", c.nameOr("third-party", k.plugin)})
		}
	}
	if l := c.lastCall; l.connector != nil {
		list = append(list, attribute{"mcp_server.name", c.nameOr("custom", l.connector.name)}, attribute{"mcp_tool.name", c.nameOr("custom", l.method)})
	}
	return list
}

// compact records that the context was summarized because it outgrew the model's
// window.
func (c *conversation) compact() {
	const kept = 18_000
	took := c.rng.duration(14*time.Second, 0.4)
	c.now = c.now.Add(took)
	a := c.addEvent("compaction", c.now, c.turn.root)
	a.PutStr("trigger", "auto")
	a.PutStr("success", "true")
	a.PutInt("duration_ms", took.Milliseconds())
	a.PutInt("pre_tokens", c.context)
	a.PutInt("post_tokens", kept)
	c.context = kept
}
