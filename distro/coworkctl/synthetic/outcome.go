package synthetic

import (
	"strconv"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// putOutcome writes what a tool_result says about the call besides how long it
// took: why it failed, what it was given, how big the result was.
func (th *thread) putOutcome(a pcommon.Map, v *invocation) {
	details := th.settings.Content.ToolDetails
	if v.failure != nil {
		a.PutStr("error_type", v.failure.kind)
		if details {
			a.PutStr("error", v.error)
		}
	}
	if !th.version.has(newestWire) && !th.remote {
		a.PutStr("decision_type", "accept")
		a.PutStr("decision_source", v.source)
	}
	th.putParameters(a, v)
	if details {
		a.PutStr("tool_input", v.input)
	}
	if th.version.has(toolUseIDs) {
		a.PutStr("tool_input_size_bytes", strconv.Itoa(len(v.input)))
	}
	if v.failure == nil {
		a.PutStr("tool_result_size_bytes", strconv.Itoa(1+int(th.d.around(900, 1.4))))
		th.countLines(v)
	}
	if v.connector != nil {
		a.PutStr("mcp_server_scope", v.connector.scope)
	}
	if th.version.has(toolRequestIDs) {
		a.PutStr("request_id", v.request)
	}
}

func (th *thread) countLines(v *invocation) {
	if !v.edits {
		return
	}
	th.count(linesOfCode, float64(th.d.between(1, 60)), "type", "added")
	if v.name == "Edit" {
		th.count(linesOfCode, float64(th.d.between(0, 25)), "type", "removed")
	}
}

// hook tells a hook of the prompt itself, if the seat has hooks.
func (th *thread) hook(event, name string) {
	th.now = th.hookAt(event, name, th.now, false)
}

// preToolHook tells the hook before a call and reports whether it blocked it.
func (th *thread) preToolHook(v *invocation) (blocked bool) {
	blocked = th.hooked && th.d.chance(hookBlockRate*blockable)
	v.decided = th.hookAt("PreToolUse", "PreToolUse:"+v.name, v.decided, blocked)
	return blocked
}

// blockable is how many hook executions there are to each one that can block:
// the base rate is over all of them.
const blockable = 1.4

// hookAt tells the start and the end of a hook and returns the latter.
func (th *thread) hookAt(event, name string, at time.Time, blocks bool) time.Time {
	if !th.hooked {
		return at
	}
	took := th.d.wait(35*time.Millisecond, 0.7)
	a := th.emit("hook_execution_start", at, th.span)
	th.putHook(a, event, name)
	end := at.Add(took)
	a = th.emit("hook_execution_complete", end, th.span)
	th.putHook(a, event, name)
	a.PutStr("num_success", oneIf(!blocks))
	a.PutStr("num_blocking", oneIf(blocks))
	a.PutStr("num_non_blocking_error", "0")
	a.PutStr("num_cancelled", "0")
	a.PutStr("total_duration_ms", millis(took))
	return end
}

func (th *thread) putHook(a pcommon.Map, event, name string) {
	a.PutStr("hook_event", event)
	a.PutStr("hook_name", name)
	a.PutStr("num_hooks", "1")
	a.PutStr("managed_only", "true")
	a.PutStr("hook_source", "policySettings")
	th.putSafeMode(a)
}

// oneIf is a count of nought or one, as the client says counts of hooks.
func oneIf(set bool) string {
	if set {
		return "1"
	}
	return "0"
}
