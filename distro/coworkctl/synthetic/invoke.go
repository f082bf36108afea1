package synthetic

import (
	"strconv"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// An invocation is one tool call, from the decision about it to its result.
type invocation struct {
	*tool
	callDetails
	id      string // tool_use_id
	request string // the API request that asked for it
	source  string // who decided
	decided time.Time
	ended   time.Time
	failure *toolError
	error   string

	asked                  time.Time
	span, blocked, running pcommon.SpanID
}

// invoke makes one tool call and returns when its result was there.
func (th *thread) invoke(t *tool, asked answer) time.Time {
	v := &invocation{tool: t, callDetails: t.details(th.session), id: "toolu_01" + th.d.token(base58, 22), request: asked.id}
	v.span, v.blocked, v.running = th.spanID(), th.spanID(), th.spanID()
	v.asked = th.streamed(asked)
	v.decided = v.asked
	th.uses++
	if v.hooked && th.preToolHook(v) {
		th.decision(v, "reject", "hook")
		return v.decided
	}
	if source, wait := th.rejection(); source != "" {
		v.decided = v.decided.Add(wait)
		th.decision(v, "reject", source)
		return v.decided
	}
	source, wait := th.permission()
	v.decided = v.decided.Add(wait)
	th.decision(v, "accept", source)
	v.source = source
	th.execute(v)
	th.result(v)
	// Older clients went on naming a connector that was called once.
	if v.connector != nil || th.version.has(connectorRequests) {
		th.last = v.callDetails
	}
	return v.ended
}

// streamed returns when the client began with a call: often before the request
// that asks for it was at its end, since calls are streamed.
func (th *thread) streamed(asked answer) time.Time {
	if early := th.now.Add(-th.d.millis(1, 30)); th.d.chance(0.5) && early.After(asked.begun) {
		return early
	}
	return th.now.Add(th.d.millis(1, 15))
}

// permission returns who allowed a call, and how long that took. Rules that a
// person once made repeat their answer in Cowork without anybody there.
func (th *thread) permission() (source string, wait time.Duration) {
	source = draw(th.d, []share[string]{{64, "config"}, {22, "user_permanent"}, {10, "user_temporary"}, {4, "hook"}})
	if source == "user_temporary" && th.d.chance(0.5) {
		return source, th.d.wait(8*time.Second, 0.9)
	}
	return source, th.d.millis(0, 6)
}

// rejection returns who did not allow a call, or nobody.
func (th *thread) rejection() (source string, wait time.Duration) {
	if !th.d.chance(toolRejectRate) {
		return "", 0
	}
	source = draw(th.d, []share[string]{{55, "user_reject"}, {30, "config"}, {15, "user_abort"}})
	if source == "config" {
		return source, th.d.millis(0, 6)
	}
	return source, th.d.wait(12*time.Second, 0.8)
}

func (th *thread) decision(v *invocation, decision, source string) {
	a := th.emit("tool_decision", v.decided, v.blocked)
	a.PutStr("decision", decision)
	a.PutStr("source", source)
	th.putCall(a, v)
	if th.version.has(messageIDs) {
		a.PutStr("tool_source", v.toolSource())
	}
	if th.version.has(decisionParameters) {
		th.putParameters(a, v)
	}
	if th.version.has(toolRequestIDs) {
		a.PutStr("permission_mode", th.mode)
		a.PutStr("request_id", v.request)
	}
	if v.edits {
		th.count(editDecisions, 1, "tool_name", v.name, "decision", decision, "source", source, "language", "Markdown")
	}
	if decision == "reject" {
		th.rejectedSpan(v, source)
	}
}

func (v *invocation) toolSource() string {
	switch {
	case v.connector == nil:
		return "builtin"
	case v.connector.hosted:
		return "sdk_host_builtin_mcp"
	}
	return "mcp"
}

func (th *thread) putCall(a pcommon.Map, v *invocation) {
	a.PutStr("tool_name", v.name)
	if th.version.has(toolUseIDs) {
		a.PutStr("tool_use_id", v.id)
	}
}

// putParameters writes tool_parameters where the admin wants details. The names
// of Desktop's own connectors come with the newer clients in any case.
func (th *thread) putParameters(a pcommon.Map, v *invocation) {
	hosted := v.connector != nil && v.connector.hosted && th.version.has(messageIDs)
	if v.parameters != "" && (th.settings.Content.ToolDetails || hosted) {
		a.PutStr("tool_parameters", v.parameters)
	}
}

// execute runs the call: it decides how long it takes and whether it fails, and
// tells what a skill or a subagent does meanwhile.
func (th *thread) execute(v *invocation) {
	took := th.d.wait(v.median, 0.9)
	if th.d.chance(th.plot.toolFailureRate(v.connector, v.decided)) {
		f := pick(th.d, v.errors)
		v.failure, v.error = &f, th.d.filled(f.text)
	}
	v.ended = v.decided.Add(took)
	switch {
	case v.skill != nil && v.failure == nil:
		th.activate(v)
	case v.agent != nil && v.failure == nil && th.agent == nil:
		async := th.d.chance(0.3)
		if done := th.delegate(v.agent, v.decided, v.running, async); !async {
			v.ended = done
		}
	}
}

func (th *thread) activate(v *invocation) {
	a := th.emit("skill_activated", v.ended, v.running)
	a.PutStr("skill.name", th.shown(v.skill.name, "custom_skill"))
	if th.version.has(skillTriggers) {
		a.PutStr("invocation_trigger", "claude-proactive")
	}
	a.PutStr("skill.source", v.skill.source)
	a.PutStr("skill.kind", v.skill.kind)
	if v.skill.plugin != "" {
		a.PutStr("plugin.name", th.shown(v.skill.plugin, "third-party"))
	}
	th.skill = v.skill
	v.ended = v.ended.Add(th.d.millis(1, 5))
}

func (th *thread) result(v *invocation) {
	a := th.emit("tool_result", v.ended, th.span)
	th.putCall(a, v)
	a.PutStr("success", strconv.FormatBool(v.failure == nil))
	took := v.ended.Sub(v.decided)
	if th.version.numericDurations() {
		a.PutInt("duration_ms", took.Milliseconds())
	} else {
		a.PutStr("duration_ms", millis(took))
	}
	th.putOutcome(a, v)
	th.toolSpans(v)
	if v.hooked && v.edits {
		v.ended = th.hookAt("PostToolUse", "PostToolUse:"+v.name, v.ended, false)
	}
}
