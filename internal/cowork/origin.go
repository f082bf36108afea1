package cowork

import "strings"

// OriginAttribute is the attribute of a user_prompt, a prompt's summary and an
// interaction span that holds the prompt's [Origin].
const OriginAttribute = "cowork.prompt.origin"

// An Origin is what started a prompt: a person, or the client itself.
type Origin string

// The origins.
const (
	// OriginUser is a prompt that a person typed, or that has no mark of another origin.
	OriginUser Origin = "user"
	// OriginTask is a prompt that the client makes when a background task ends: an agent,
	// a command or a workflow.
	OriginTask Origin = "task"
	// OriginSchedule is a prompt of a scheduled task, a wake-up or a loop.
	OriginSchedule Origin = "schedule"
	// OriginAgent is a prompt that another agent or session sends.
	OriginAgent Origin = "agent"
)

// IsOrigin reports whether a value of [OriginAttribute] is an origin.
func IsOrigin(value string) bool {
	switch Origin(value) {
	case OriginUser, OriginTask, OriginSchedule, OriginAgent:
		return true
	default:
		return false
	}
}

// originMarks are the texts with which clients begin their own prompts.
//
// The interaction span's parent.source and queued_sends mark nothing: recordings have
// "none" and 0 for typed prompts and for the client's own.
var originMarks = [...]struct {
	text   string
	origin Origin
	doc    string // for schema.md
}{
	{"<task-notification", OriginTask, "a background agent, command or workflow ended"},
	{"[SYSTEM NOTIFICATION - NOT USER INPUT]", OriginTask, "a message of the client about a background task"},
	{"<scheduled-task", OriginSchedule, "a scheduled task of the desktop app"},
	{"<<autonomous-loop>>", OriginSchedule, "a scheduled run of a loop without a prompt of its own"},
	{"<<autonomous-loop-dynamic>>", OriginSchedule, "a wake-up of such a loop"},
	{"<tick", OriginSchedule, "a periodic check of an idle session"},
	{"<teammate-message", OriginAgent, "an agent of the same team"},
	{"<agent-message", OriginAgent, "an agent"},
	{"<cross-session-message", OriginAgent, "another session"},
}

// OriginOf returns the origin of a prompt by the beginning of its text. It is
// [OriginUser] for a text without a mark.
func OriginOf(text string) Origin {
	text = strings.TrimSpace(text)
	for _, mark := range originMarks {
		// After <tick, a letter would be part of another tag's name.
		if rest, ok := strings.CutPrefix(text, mark.text); ok && (rest == "" || classes[rest[0]]&keyChar == 0) {
			return mark.origin
		}
	}
	return OriginUser
}
