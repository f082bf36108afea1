package synthetic

import (
	"cmp"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A session is one session of a seat: some prompts in one or more processes.
type session struct {
	sender

	scenario *scenario
	recorder recorder

	promptsLeft   int
	promptCount   int // prompts so far
	mode          string
	promptID      string // of the latest prompt, which later events carry
	contextTokens int64  // in the model's cache
	connected     []*connector
	cursor        time.Time // of the latest event
	until         time.Time // of the latest batch: the next prompt starts after it
}

func newSession(s *seat, settings *Settings, sc *scenario) *session {
	n := &session{
		sender: sender{
			seat: s, settings: settings, version: s.version,
			sessionID: s.rng.uuid(), installID: s.installID,
			folder:     pick(s.rng, []string{"Documents", "Projects", "Team", "Desktop"}),
			identified: !s.thirdParty,
			openFolder: s.rng.chance(0.7),
		},
		scenario:    sc,
		mode:        s.mode,
		promptsLeft: s.rng.between(1, 2*sessionTurns-1),
	}
	n.recorder.sender = &n.sender
	if !s.thirdParty && s.rng.chance(remoteRate) {
		n.remote, n.openFolder = true, false
		n.identified = s.rng.chance(sc.remoteEmailRate())
		n.cloudID = "cse_" + s.rng.token(base62, 24)
		n.installID = s.rng.hex(64)
	}
	return n
}

// startProcess starts a process with a sequence of its own and an empty context.
func (s *session) startProcess(at time.Time) {
	s.recorder.restart(at)
	s.cursor, s.until = at, at
	s.version = s.scenario.clientVersion(s.seat, at)
	s.contextTokens, s.connected = 14_000+int64(s.rng.IntN(6_000)), nil
	s.recordStartup()
}

// runPrompt runs one prompt and returns the batches that the client exports. An
// empty text is a random prompt.
func (s *session) runPrompt(at time.Time, text string) []Batch {
	switch {
	case s.recorder.began.IsZero():
		s.startProcess(at)
		s.recorder.addMeasurement(s.cursor, sessionCount, 1, attribute{"start_type", "fresh"})
	case s.rng.chance(newProcessRate):
		s.startProcess(at)
		s.recorder.addMeasurement(s.cursor, sessionCount, 1, attribute{"start_type", "resume"})
	default:
		s.cursor = at
	}
	s.mode = s.scenario.permissionMode(s.seat, s.mode, at)
	s.runTurn(text)
	s.promptsLeft--
	s.promptCount++
	var exit time.Time
	if s.promptsLeft == 0 {
		s.disconnectAll()
		exit = s.cursor.Add(time.Second)
	}
	batches := s.recorder.export(exit)
	s.until = batches[len(batches)-1].Time
	return batches
}

// A turn is one prompt with all requests and tool calls that follow from it.
type turn struct {
	promptID string
	text     string
	begun    time.Time
	trace    pcommon.TraceID // empty without the traces beta
	root     pcommon.SpanID  // the interaction span
	special  []*tool         // skill and agent calls still to be made
}

// runTurn runs the turn that starts at the cursor.
func (s *session) runTurn(text string) {
	tn := &turn{promptID: s.rng.uuid(), text: cmp.Or(text, promptText(s.rng)), begun: s.cursor}
	s.promptID = tn.promptID
	if s.settings.Traces {
		tn.trace, tn.root = pcommon.TraceID(s.rng.bytes(16)), s.rng.spanID()
	}
	if s.rng.chance(skillRate) {
		tn.special = append(tn.special, skillTool)
	}
	if s.rng.chance(subagentRate) {
		tn.special = append(tn.special, agentTool)
	}
	c := &conversation{session: s, turn: tn, now: s.cursor, source: "sdk", span: tn.root, context: s.contextTokens}
	c.recordUserPrompt()
	c.recordOptionalEvents()
	c.runHook("UserPromptSubmit")
	c.runSteps(loopSteps(s.rng, medianSteps*s.usage.steps*s.scenario.stepFactor()))
	c.runHook("Stop")
	c.backgroundRequests()
	s.contextTokens = c.context
	s.cursor = s.recorder.lastEventAfter(c.now) // a background subagent may end after the main conversation
	s.addInteractionSpan(tn)
	s.recorder.addMeasurement(s.cursor, activeTime, s.cursor.Sub(tn.begun).Seconds(), attribute{"type", "cli"})
	s.recorder.addMeasurement(s.cursor, activeTime, s.rng.logNormal(9, 0.6), attribute{"type", "user"})
}

// loopSteps returns the number of API requests of a conversation, at least one.
func loopSteps(rng random, median float64) int {
	return min(maxSteps, 1+int(rng.logNormal(median, stepSpread)))
}

// addInteractionSpan adds the root span of a turn.
func (s *session) addInteractionSpan(tn *turn) {
	a := s.recorder.addSpan(tn, tn.root, pcommon.SpanID{}, "interaction", tn.begun, s.cursor).Attributes()
	a.PutStr("gen_ai.operation.name", "invoke_agent")
	a.PutStr("user_prompt", contentOf(tn.text, s.settings.Content.Prompts))
	a.PutInt("user_prompt_length", int64(utf16Length(tn.text)))
	a.PutInt("interaction.sequence", int64(s.promptCount+1))
	a.PutInt("interaction.duration_ms", s.cursor.Sub(tn.begun).Milliseconds())
}
