package cowork

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/digest"
)

// An OriginMarker writes [OriginAttribute] on the prompts of a stream. It must read
// their texts, so it comes in front of redaction.
//
// When a scheduled task starts, its prompt is the text that its author wrote, without a
// mark. The marker therefore stores digests of the prompts that sessions schedule, and
// marks a later prompt of the same session with the same text. The zero value is ready
// to use. It is not safe for concurrent use.
type OriginMarker struct {
	scheduled digest.Set
}

// maxScheduled bounds the digests of scheduled prompts. The oldest are dropped.
const maxScheduled = 1 << 15

// The texts of interaction and tool spans begin with a heading.
const (
	promptHeading    = "[USER PROMPT]\n"
	toolInputHeading = "[TOOL INPUT: "
)

// ConcernsOrigin reports whether MarkEvent reads events of a kind, so that a caller locks
// for these only.
func ConcernsOrigin(name string) bool { return name == "user_prompt" || name == "tool_result" }

// MarkEvent marks a user_prompt, and stores the prompt that a tool call schedules. The
// name is that of [Event.Name].
func (m *OriginMarker) MarkEvent(e Event, name string) {
	switch name {
	case "user_prompt":
		m.mark(e.rec.Attributes(), e.SessionID(), firstText(e.Value, "prompt", "prompt_text"), isReplaced(e.Value, "prompt", "prompt_text"))
	case "tool_result":
		if success, ok := e.Bool("success"); schedules(e.text("tool_name")) && (success || !ok) {
			m.schedule(e.SessionID(), jsonMember(e, "tool_input", "prompt"))
		}
	}
}

// MarkSpan marks an interaction span, and stores the prompt that a tool span schedules.
func (m *OriginMarker) MarkSpan(span ptrace.Span) {
	attributes := span.Attributes()
	get := func(key string) (pcommon.Value, bool) { return lookup(attributes, key) }
	session := firstText(get, "session.id")
	switch span.Name() {
	case "claude_code.interaction":
		text := firstText(get, "user_prompt", "new_context")
		m.mark(attributes, session, strings.TrimPrefix(text, promptHeading), isReplaced(get, "user_prompt", "new_context"))
	case "claude_code.tool":
		if schedules(firstText(get, "tool_name")) {
			m.schedule(session, spanToolPrompt(firstText(get, "tool_input")))
		}
	}
}

// mark writes the origin of a prompt. If redaction replaced the text, an earlier collector
// wrote the origin that the prompt has. In any other case only the sender can have
// written it.
func (m *OriginMarker) mark(attributes pcommon.Map, session, text string, replaced bool) {
	origin := OriginOf(text)
	if origin == OriginUser {
		origin = hintOf(attributes)
	}
	if origin == OriginUser && m.isScheduled(session, text) {
		origin = OriginSchedule
	}
	if v, ok := attributes.Get(OriginAttribute); ok && (text == "" && replaced && IsOrigin(v.Str()) || v.Str() == string(origin)) {
		return
	}
	attributes.PutStr(OriginAttribute, string(origin))
}

// hintOf returns the origin of a prompt by its other attributes. A person's prompt has
// none of these.
func hintOf(attributes pcommon.Map) Origin {
	get := func(key string) (pcommon.Value, bool) { return lookup(attributes, key) }
	switch {
	case firstText(get, "agent_id") != "" || strings.HasPrefix(firstText(get, "query_source"), "agent:"):
		return OriginAgent
	case firstText(get, "workflow.run_id") != "":
		return OriginTask
	default:
		return OriginUser
	}
}

// schedules reports whether a tool schedules a prompt of its session.
func schedules(tool string) bool { return tool == "CronCreate" || tool == "ScheduleWakeup" }

func (m *OriginMarker) schedule(session, text string) {
	if d, ok := scheduledDigest(session, text); ok && !m.scheduled.Contains(d) {
		m.scheduled.Insert(d, maxScheduled/2)
	}
}

func (m *OriginMarker) isScheduled(session, text string) bool {
	d, ok := scheduledDigest(session, text)
	return ok && m.scheduled.Contains(d)
}

// maxScheduledText is how much of a text is compared. Clients cut the inputs of tools at
// 512 characters.
const maxScheduledText = 256

func scheduledDigest(session, text string) (digest.Digest, bool) {
	text = strings.TrimSpace(text)
	if session == "" || text == "" {
		return 0, false
	}
	return digest.Digest(0).Text(session).Text(text[:min(len(text), maxScheduledText)]).Sum(), true
}

// spanToolPrompt returns the prompt in the tool_input of a span: a heading and JSON.
func spanToolPrompt(input string) string {
	if rest, ok := strings.CutPrefix(input, toolInputHeading); ok {
		_, input, _ = strings.Cut(rest, "\n")
	}
	return jsonString(input, "prompt")
}

// firstText returns the first attribute that is a text and not a marker.
func firstText(get func(string) (pcommon.Value, bool), keys ...string) string {
	for _, key := range keys {
		if v, ok := get(key); ok && v.Type() == pcommon.ValueTypeStr && !IsMarker(v.Str()) {
			return v.Str()
		}
	}
	return ""
}

// isReplaced reports whether redaction replaced one of the attributes. The marker of
// clients is another one.
func isReplaced(get func(string) (pcommon.Value, bool), keys ...string) bool {
	for _, key := range keys {
		if v, ok := get(key); ok && IsMarker(v.Str()) && v.Str() != clientMarker {
			return true
		}
	}
	return false
}
