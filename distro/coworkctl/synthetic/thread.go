package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A thread is one line of work within a turn: the main loop, or a subagent's.
type thread struct {
	*session
	turn *turn

	now     time.Time
	source  string // query_source
	agent   *agent
	agentID string
	skill   *skill      // the skill in use, once one is
	last    callDetails // the latest call, to whose connector the next request is attributed
	span    pcommon.SpanID
	used    int64 // tokens of context
	uses    int   // tools called
	tokens  int64 // of the latest request
}

// emit makes a record of the prompt.
func (th *thread) emit(kind string, at time.Time, span pcommon.SpanID) pcommon.Map {
	rec, a := th.session.emit(kind, at)
	a.PutStr("prompt.id", th.turn.id)
	if !th.turn.trace.IsEmpty() {
		rec.SetTraceID(th.turn.trace)
		rec.SetSpanID(span)
		rec.SetFlags(1)
	}
	return a
}

// loop makes requests and the calls that each asks for, until a request asks
// for none or fails for good.
func (th *thread) loop(steps int) {
	for i := range steps {
		last := i == steps-1
		asked, ok := th.step(last)
		if !ok || last {
			return
		}
		th.calls(asked)
		if th.used > 165_000 || th.agent == nil && th.d.chance(compactionRate/10) {
			th.compact()
		}
	}
}

// step makes one request of the loop. A request that failed is made once more
// by whoever waits for it, half of the time.
func (th *thread) step(last bool) (asked answer, ok bool) {
	c := call{
		model:  th.model,
		input:  th.d.between(3, 400),
		output: 12 + int(th.d.around(240, 0.9)),
		last:   last,
	}
	for {
		if asked, ok = th.request(c); ok || asked.final || !th.d.chance(0.5) {
			return asked, ok
		}
		th.now = th.now.Add(th.d.wait(20*time.Second, 0.8))
	}
}

// calls makes the tool calls of one request, one or a few side by side, and
// moves on when the last has its result.
func (th *thread) calls(asked answer) {
	done := th.now
	for range draw(th.d, []share[int]{{80, 1}, {15, 2}, {5, 3}}) {
		if end := th.invoke(th.choose(), asked); end.After(done) {
			done = end
		}
	}
	th.now = done.Add(th.d.millis(5, 60))
}

// choose returns the tool that is called next.
func (th *thread) choose() *tool {
	if n := len(th.turn.todo); n > 0 && th.agent == nil && th.d.chance(0.5) {
		t := th.turn.todo[n-1]
		th.turn.todo = th.turn.todo[:n-1]
		return t
	}
	t := draw(th.d, tools)
	if t.name == mcpTool && len(th.connected) == 0 {
		return tools[0].what
	}
	return t
}

// delegate lets a subagent work from a time on, and returns when it is done.
func (th *thread) delegate(a *agent, from time.Time, span pcommon.SpanID, async bool) time.Time {
	sub := &thread{
		session: th.session, turn: th.turn, now: from, source: a.source(), agent: a,
		agentID: "a" + th.d.hex(16), skill: th.skill, span: span, used: 9_000,
	}
	sub.loop(sub.steps(a.steps))
	e := sub.emit("subagent_completed", sub.now, span)
	e.PutStr("agent_type", sub.agentName())
	e.PutStr("agent.source", a.origin())
	e.PutBool("is_built_in", a.builtIn)
	e.PutBool("is_async", async)
	e.PutInt("total_tokens", sub.tokens)
	e.PutInt("total_tool_uses", int64(sub.uses))
	e.PutInt("duration_ms", sub.now.Sub(from).Milliseconds())
	e.PutStr("model", th.model.name)
	e.PutStr("final_model", th.model.name)
	e.PutBool("model_swapped", false)
	if th.version.has(newestWire) {
		e.PutStr("agent_id", sub.agentID)
	}
	return sub.now
}

// agentName is what the client calls the thread's subagent: its own agents by
// name, anybody else's only where details are exported.
func (th *thread) agentName() string {
	if th.agent.builtIn || th.settings.Content.ToolDetails {
		return th.agent.name
	}
	return "custom"
}
