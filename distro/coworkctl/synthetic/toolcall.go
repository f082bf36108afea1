package synthetic

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A toolCall is one tool call, from the decision about it to its result.
type toolCall struct {
	*tool
	callDetails

	conv      *conversation
	id        string // tool_use_id
	requestID string // of the API request that contains it
	decidedBy string // source of the decision
	requested time.Time
	decided   time.Time
	ended     time.Time
	failure   *toolError
	errorText string

	span, blocked, running pcommon.SpanID
}

func newToolCall(c *conversation, t *tool, r *apiRequest) *toolCall {
	v := &toolCall{tool: t, callDetails: t.details(c.session), conv: c, id: "toolu_01" + c.rng.token(base58, 22), requestID: r.id}
	v.span, v.blocked, v.running = c.rng.spanID(), c.rng.spanID(), c.rng.spanID()
	return v
}

// runCall makes the call and returns when its result is available. The request began
// at the given time.
func (v *toolCall) runCall(requestBegun time.Time) time.Time {
	c := v.conv
	v.requested = v.streamedAt(requestBegun)
	v.decided = v.requested
	c.toolUses++
	if v.hooked && v.runPreToolHook() {
		v.recordDecision("reject", "hook")
		return v.decided
	}
	if source, wait := v.decideRejection(); source != "" {
		v.decided = v.decided.Add(wait)
		v.recordDecision("reject", source)
		return v.decided
	}
	source, wait := v.decidePermission()
	v.decided = v.decided.Add(wait)
	v.recordDecision("accept", source)
	v.decidedBy = source
	v.execute()
	v.recordResult()
	// Older clients attribute all later requests to a connector that was called.
	if v.connector != nil || c.version.has(connectorRequests) {
		c.lastCall = v.callDetails
	}
	return v.ended
}

// streamedAt returns when the client starts the call: in half of the cases before
// the end of the request, since calls are streamed.
func (v *toolCall) streamedAt(requestBegun time.Time) time.Time {
	c := v.conv
	if early := c.now.Add(-c.rng.millisBetween(1, 30)); c.rng.chance(0.5) && early.After(requestBegun) {
		return early
	}
	return c.now.Add(c.rng.millisBetween(1, 15))
}

// runPreToolHook records the hook before the call and reports whether it blocks it.
func (v *toolCall) runPreToolHook() (blocked bool) {
	c := v.conv
	blocked = c.hooked && c.rng.chance(hookBlockRate*hooksPerBlockable)
	v.decided = c.recordHookRun("PreToolUse", "PreToolUse:"+v.name, v.decided, blocked)
	return blocked
}

// hooksPerBlockable is the number of hook executions per execution that can block.
// hookBlockRate is the rate of all executions.
const hooksPerBlockable = 1.4

// decidePermission returns who allows the call, and how long the decision takes.
// Permanent rules of a user need no time.
func (v *toolCall) decidePermission() (source string, wait time.Duration) {
	rng := v.conv.rng
	source = pickWeighted(rng, []weighted[string]{{64, "config"}, {22, "user_permanent"}, {10, "user_temporary"}, {4, "hook"}})
	if source == "user_temporary" && rng.chance(0.5) {
		return source, rng.duration(8*time.Second, 0.9)
	}
	return source, rng.millisBetween(0, 6)
}

// decideRejection returns who rejects the call, "" if it is not rejected.
func (v *toolCall) decideRejection() (source string, wait time.Duration) {
	rng := v.conv.rng
	if !rng.chance(toolRejectRate) {
		return "", 0
	}
	source = pickWeighted(rng, []weighted[string]{{55, "user_reject"}, {30, "config"}, {15, "user_abort"}})
	if source == "config" {
		return source, rng.millisBetween(0, 6)
	}
	return source, rng.duration(12*time.Second, 0.8)
}

func (v *toolCall) recordDecision(decision, source string) {
	c := v.conv
	a := c.addEvent("tool_decision", v.decided, v.blocked)
	a.PutStr("decision", decision)
	a.PutStr("source", source)
	v.putCall(a)
	if c.version.has(messageIDs) {
		a.PutStr("tool_source", v.toolSource())
	}
	if c.version.has(decisionParameters) {
		v.putParameters(a)
	}
	if c.version.has(toolRequestIDs) {
		a.PutStr("permission_mode", c.mode)
		a.PutStr("request_id", v.requestID)
	}
	if v.edits {
		c.recorder.addMeasurement(c.now, editDecisions, 1,
			attribute{"tool_name", v.name}, attribute{"decision", decision}, attribute{"source", source}, attribute{"language", "Markdown"})
	}
	if decision == "reject" {
		v.addCallSpan(v.decided)
		v.addBlockedSpan("reject", source)
	}
}

func (v *toolCall) toolSource() string {
	switch {
	case v.connector == nil:
		return "builtin"
	case v.connector.hosted:
		return "sdk_host_builtin_mcp"
	}
	return "mcp"
}

func (v *toolCall) putCall(a pcommon.Map) {
	a.PutStr("tool_name", v.name)
	if v.conv.version.has(toolUseIDs) {
		a.PutStr("tool_use_id", v.id)
	}
}

// putParameters sets tool_parameters if details are exported. Newer clients always
// export the names of Desktop's own connectors.
func (v *toolCall) putParameters(a pcommon.Map) {
	hosted := v.connector != nil && v.connector.hosted && v.conv.version.has(messageIDs)
	if v.parameters != "" && (v.conv.settings.Content.ToolDetails || hosted) {
		a.PutStr("tool_parameters", v.parameters)
	}
}
