package synthetic

import (
	"strconv"
	"time"
	"unicode/utf16"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

func (c *conversation) recordUserPrompt() {
	a := c.addEvent("user_prompt", c.now, c.turn.root)
	isCommand := c.rng.chance(commandRate)
	text := c.turn.text
	if isCommand {
		command := pick(c.rng, commands)
		name := command.name
		if command.source != "builtin" && !c.settings.Content.ToolDetails {
			name = command.source
		}
		a.PutStr("command_name", name)
		a.PutStr("command_source", command.source)
		text = "/" + command.name + " " + text
	}
	a.PutStr("prompt_length", strconv.Itoa(utf16Length(text)))
	a.PutStr("prompt", contentOf(text, c.settings.Content.Prompts))
	if c.version.has(newestWire) {
		a.PutStr("prompt_text", contentOf(text, c.settings.Content.Prompts))
	}
	if c.version.has(messageIDs) && !isCommand && c.rng.chance(messageUUIDRate/(1-commandRate)) {
		a.PutStr("message.uuid", c.rng.uuid())
	}
	c.now = c.now.Add(c.rng.millisBetween(5, 40))
}

// contentOf returns a text, or the client's placeholder if it is not exported.
func contentOf(text string, exported bool) string {
	if exported {
		return text
	}
	return redacted
}

// utf16Length returns the length of a text as the client counts it.
func utf16Length(text string) int { return len(utf16.Encode([]rune(text))) }

// recordOptionalEvents records the events that some prompts have.
func (c *conversation) recordOptionalEvents() {
	if c.version.has(mentions) && c.rng.chance(mentionRate) {
		a := c.addEvent("at_mention", c.now, c.turn.root)
		a.PutStr("mention_type", pick(c.rng, []string{"file", "file", "directory", "agent", "mcp_resource"}))
		a.PutStr("success", strconv.FormatBool(c.rng.chance(0.95)))
	}
	if c.rng.chance(modeChangeRate) {
		to := pick(c.rng, []string{"default", "acceptEdits", "plan", "auto", "bypassPermissions"})
		if to = c.scenario.permissionMode(c.seat, to, c.now); to != c.mode {
			a := c.addEvent("permission_mode_changed", c.now, c.turn.root)
			a.PutStr("from_mode", c.mode)
			a.PutStr("to_mode", to)
			a.PutStr("trigger", "user")
			c.mode = to
		}
	}
	if c.rng.chance(internalRate) {
		a := c.addEvent("internal_error", c.now, c.turn.root)
		a.PutStr("error_name", "TypeError")
	}
	if c.rng.chance(surveyRate) {
		a := c.addEvent("feedback_survey", c.now, c.turn.root)
		a.PutStr("event_type", "appeared")
		a.PutStr("appearance_id", c.rng.uuid())
		a.PutStr("survey_type", "session")
	}
}

// backgroundRequests makes the requests of the client itself after the answer.
func (c *conversation) backgroundRequests() {
	background := *c
	background.agent, background.skill, background.lastCall = nil, nil, callDetails{}
	for _, b := range backgroundKinds {
		if c.rng.chance(b.rate) {
			background.source = b.source
			r := &apiRequest{conv: &background, model: haiku, input: b.input, output: b.output, background: true}
			r.makeRequest()
		}
	}
}

// runHook records a hook of the prompt, if the seat has hooks.
func (c *conversation) runHook(event string) {
	c.now = c.recordHookRun(event, event, c.now, false)
}

// recordHookRun records the start and the end of a hook and returns when it ends.
func (c *conversation) recordHookRun(event, name string, at time.Time, blocks bool) time.Time {
	if !c.hooked {
		return at
	}
	took := c.rng.duration(35*time.Millisecond, 0.7)
	a := c.addEvent("hook_execution_start", at, c.span)
	c.putHook(a, event, name)
	end := at.Add(took)
	a = c.addEvent("hook_execution_complete", end, c.span)
	c.putHook(a, event, name)
	a.PutStr("num_success", countOf(!blocks))
	a.PutStr("num_blocking", countOf(blocks))
	a.PutStr("num_non_blocking_error", "0")
	a.PutStr("num_cancelled", "0")
	a.PutStr("total_duration_ms", millis(took))
	return end
}

func (c *conversation) putHook(a pcommon.Map, event, name string) {
	a.PutStr("hook_event", event)
	a.PutStr("hook_name", name)
	a.PutStr("num_hooks", "1")
	a.PutStr("managed_only", "true")
	a.PutStr("hook_source", "policySettings")
	c.putSafeMode(a)
}

// countOf returns 0 or 1 as the client exports counts of hooks.
func countOf(set bool) string {
	if set {
		return "1"
	}
	return "0"
}
