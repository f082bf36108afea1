package synthetic

import (
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// execute runs the call: it decides its duration and whether it fails, and runs
// its skill or subagent.
func (v *toolCall) execute() {
	c := v.conv
	took := c.rng.duration(v.median, 0.9)
	if c.rng.chance(c.scenario.toolFailureRate(v.connector, v.decided)) {
		f := pick(c.rng, v.errors)
		v.failure, v.errorText = &f, fillErrorText(c.rng, f.text)
	}
	v.ended = v.decided.Add(took)
	switch {
	case v.skill != nil && v.failure == nil:
		v.activateSkill()
	case v.agent != nil && v.failure == nil && c.agent == nil:
		async := c.rng.chance(0.3)
		if done := c.runSubagent(v.agent, v.decided, v.running, async); !async {
			v.ended = done
		}
	}
}

func (v *toolCall) activateSkill() {
	c := v.conv
	a := c.addEvent("skill_activated", v.ended, v.running)
	a.PutStr("skill.name", c.nameOr("custom_skill", v.skill.name))
	if c.version.has(skillTriggers) {
		a.PutStr("invocation_trigger", "claude-proactive")
	}
	a.PutStr("skill.source", v.skill.source)
	a.PutStr("skill.kind", v.skill.kind)
	if v.skill.plugin != "" {
		a.PutStr("plugin.name", c.nameOr("third-party", v.skill.plugin))
	}
	c.skill = v.skill
	v.ended = v.ended.Add(c.rng.millisBetween(1, 5))
}

func (v *toolCall) recordResult() {
	c := v.conv
	a := c.addEvent("tool_result", v.ended, c.span)
	v.putCall(a)
	a.PutStr("success", strconv.FormatBool(v.failure == nil))
	took := v.ended.Sub(v.decided)
	if c.version.numericDurations() {
		a.PutInt("duration_ms", took.Milliseconds())
	} else {
		a.PutStr("duration_ms", millis(took))
	}
	v.putOutcome(a)
	v.addSpans()
	if v.hooked && v.edits {
		v.ended = c.recordHookRun("PostToolUse", "PostToolUse:"+v.name, v.ended, false)
	}
}

// putOutcome sets the error, the input and the size of the result.
func (v *toolCall) putOutcome(a pcommon.Map) {
	c := v.conv
	details := c.settings.Content.ToolDetails
	if v.failure != nil {
		a.PutStr("error_type", v.failure.kind)
		if details {
			a.PutStr("error", v.errorText)
		}
	}
	if !c.version.has(newestWire) && !c.remote {
		a.PutStr("decision_type", "accept")
		a.PutStr("decision_source", v.decidedBy)
	}
	v.putParameters(a)
	if details {
		a.PutStr("tool_input", v.input)
	}
	if c.version.has(toolUseIDs) {
		a.PutStr("tool_input_size_bytes", strconv.Itoa(len(v.input)))
	}
	if v.failure == nil {
		a.PutStr("tool_result_size_bytes", strconv.Itoa(1+int(c.rng.logNormal(900, 1.4))))
		v.measureLines()
	}
	if v.connector != nil {
		a.PutStr("mcp_server_scope", v.connector.scope)
	}
	if c.version.has(toolRequestIDs) {
		a.PutStr("request_id", v.requestID)
	}
}

// measureLines adds the lines that an edit changes to the clients' metrics.
func (v *toolCall) measureLines() {
	if !v.edits {
		return
	}
	c := v.conv
	c.recorder.addMeasurement(c.now, linesOfCode, float64(c.rng.between(1, 60)), attribute{"type", "added"})
	if v.name == "Edit" {
		c.recorder.addMeasurement(c.now, linesOfCode, float64(c.rng.between(0, 25)), attribute{"type", "removed"})
	}
}
