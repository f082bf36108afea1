package prompt

import (
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
)

// stepNames says which kinds of events are spans of their own, and how the step
// that such a span tells is called. A name of "" is the root's.
var stepNames = map[string]func(cowork.Event) (name string, ok bool){
	"api_request":        func(e cowork.Event) (string, bool) { return requestStep(e), true },
	"api_error":          func(e cowork.Event) (string, bool) { return requestStep(e) + attempt(e), true },
	"tool_result":        func(e cowork.Event) (string, bool) { return stepOf(e, "tool:", "tool_use_id"), true },
	"tool_decision":      rejectedStep,
	"subagent_completed": func(e cowork.Event) (string, bool) { return stepOf(e, "subagent:", "agent_id"), true },
	"prompt_summary":     func(e cowork.Event) (string, bool) { return partStep(e), true },
}

// Step returns the name of the step that an event tells, which [SpanID] makes the
// span's id of; false if the event is no span's own. The summary of a prompt's first
// part is the root.
//
// A step is named by the id that the client gave it. Where there is none, the event's
// kind, sequence and time are as good as an id within one prompt.
func Step(e cowork.Event) (name string, ok bool) {
	if step, ok := stepNames[e.Name()]; ok {
		return step(e)
	}
	return "", false
}

func requestStep(e cowork.Event) string {
	return stepOf(e, "request:", "request_id", "client_request_id")
}

// attempt tells apart the failures of one request.
func attempt(e cowork.Event) string {
	if n, ok := e.Int("attempt"); ok {
		return ":" + strconv.FormatInt(n, 10)
	}
	return ":"
}

// rejectedStep names a tool that did not run. One that did is told by its result.
func rejectedStep(e cowork.Event) (string, bool) {
	if d, _ := cowork.ToolDecisionOf(e); !d.Rejected() {
		return "", false
	}
	return stepOf(e, "tool:", "tool_use_id"), true
}

// partStep names what came after the prompt had been closed.
func partStep(e cowork.Event) string {
	part, _ := e.Int(attrPart)
	return partName(part)
}

func partName(part int64) string {
	if part <= 0 {
		return ""
	}
	return "part:" + strconv.FormatInt(part, 10)
}

func stepOf(e cowork.Event, prefix string, keys ...string) string {
	for _, key := range keys {
		if id, ok := e.Str(key); ok {
			return prefix + id
		}
	}
	sequence, _ := e.Sequence()
	return e.Name() + ":" + strconv.FormatInt(sequence, 10) + ":" + strconv.FormatUint(uint64(e.Time()), 10)
}
