package synthetic

import (
	"cmp"
	"strconv"
	"time"
	"unicode/utf16"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A turn is one prompt and everything that it sets off.
type turn struct {
	id    string
	text  string
	begun time.Time
	trace pcommon.TraceID // empty without the traces beta
	root  pcommon.SpanID  // the interaction span
	todo  []*tool         // special calls that the prompt will make at some step
}

// prompt tells the prompt that begins at the cursor, to its end.
func (s *session) prompt(errand string) {
	tn := &turn{id: s.d.uuid(), text: cmp.Or(errand, s.d.prompt()), begun: s.cursor}
	s.latest = tn.id
	if s.settings.Traces {
		tn.trace, tn.root = pcommon.TraceID(s.d.bytes(16)), s.spanID()
	}
	if s.d.chance(skillRate) {
		tn.todo = append(tn.todo, skillTool)
	}
	if s.d.chance(subagentRate) {
		tn.todo = append(tn.todo, agentTool)
	}
	th := &thread{session: s, turn: tn, now: s.cursor, source: "sdk", span: tn.root, used: s.context}
	th.userPrompt()
	th.asides()
	th.hook("UserPromptSubmit", "UserPromptSubmit")
	th.loop(s.steps(medianSteps * s.habit.steps * s.plot.steps()))
	th.hook("Stop", "Stop")
	th.auxiliaries()
	s.context = th.used
	s.cursor = s.lastEvent(th.now)
	s.interactionSpan(tn)
	s.count(activeTime, s.cursor.Sub(tn.begun).Seconds(), "type", "cli")
	s.count(activeTime, s.d.around(9, 0.6), "type", "user")
}

// steps returns how many API requests a loop makes: at least one.
func (s *session) steps(median float64) int {
	return min(maxSteps, 1+int(s.d.around(median, stepSpread)))
}

// lastEvent returns the time of the last event, which a subagent in the background
// may have made after the main thread was done.
func (s *session) lastEvent(t time.Time) time.Time {
	for _, e := range s.events {
		if e.at.After(t) {
			t = e.at
		}
	}
	return t
}

func (th *thread) userPrompt() {
	a := th.emit("user_prompt", th.now, th.turn.root)
	command := th.d.chance(commandRate)
	text := th.turn.text
	if command {
		c := pick(th.d, commands)
		name := c.name
		if c.source != "builtin" && !th.settings.Content.ToolDetails {
			name = c.source
		}
		a.PutStr("command_name", name)
		a.PutStr("command_source", c.source)
		text = "/" + c.name + " " + text
	}
	a.PutStr("prompt_length", strconv.Itoa(units(text)))
	a.PutStr("prompt", withheld(text, th.settings.Content.Prompts))
	if th.version.has(newestWire) {
		a.PutStr("prompt_text", withheld(text, th.settings.Content.Prompts))
	}
	if th.version.has(messageIDs) && !command && th.d.chance(messageUUIDRate/(1-commandRate)) {
		a.PutStr("message.uuid", th.d.uuid())
	}
	th.now = th.now.Add(th.d.millis(5, 40))
}

// withheld returns a text, or what the client sends where it may not.
func withheld(text string, allowed bool) string {
	if allowed {
		return text
	}
	return redacted
}

// units is the length of a text as the client counts it, in UTF-16.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// asides are the small things that come with a prompt now and then.
func (th *thread) asides() {
	if th.version.has(mentions) && th.d.chance(mentionRate) {
		a := th.emit("at_mention", th.now, th.turn.root)
		a.PutStr("mention_type", pick(th.d, []string{"file", "file", "directory", "agent", "mcp_resource"}))
		a.PutStr("success", strconv.FormatBool(th.d.chance(0.95)))
	}
	if th.d.chance(modeChangeRate) {
		to := pick(th.d, []string{"default", "acceptEdits", "plan", "auto", "bypassPermissions"})
		if to != th.mode {
			a := th.emit("permission_mode_changed", th.now, th.turn.root)
			a.PutStr("from_mode", th.mode)
			a.PutStr("to_mode", to)
			a.PutStr("trigger", "user")
			th.mode = to
		}
	}
	if th.d.chance(internalRate) {
		a := th.emit("internal_error", th.now, th.turn.root)
		a.PutStr("error_name", "TypeError")
	}
	if th.d.chance(surveyRate) {
		a := th.emit("feedback_survey", th.now, th.turn.root)
		a.PutStr("event_type", "appeared")
		a.PutStr("appearance_id", th.d.uuid())
		a.PutStr("survey_type", "session")
	}
}

// auxiliaries are the requests that the client makes on its own account once
// the answer stands.
func (th *thread) auxiliaries() {
	side := *th
	side.agent, side.skill, side.last = nil, nil, callDetails{}
	for _, x := range auxiliaries {
		if th.d.chance(x.rate) {
			side.source = x.source
			side.request(call{model: haiku, input: x.input, output: x.output, aside: true})
		}
	}
}

// compact tells that the conversation outgrew the model's window and was
// summarised.
func (th *thread) compact() {
	const kept = 18_000
	took := th.d.wait(14*time.Second, 0.4)
	th.now = th.now.Add(took)
	a := th.emit("compaction", th.now, th.turn.root)
	a.PutStr("trigger", "auto")
	a.PutStr("success", "true")
	a.PutInt("duration_ms", took.Milliseconds())
	a.PutInt("pre_tokens", th.used)
	a.PutInt("post_tokens", kept)
	th.used = kept
}
