package prompt

import (
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
)

// stepNames return the name of the step for each kind of event that has a span of its
// own. The root has the name "".
var stepNames = map[string]func(cowork.Event) (name string, ok bool){
	"api_request":        func(e cowork.Event) (string, bool) { return requestStep(e), true },
	"api_error":          func(e cowork.Event) (string, bool) { return requestStep(e) + attemptOf(e), true },
	"tool_result":        func(e cowork.Event) (string, bool) { return stepOf(e, "tool_result"), true },
	"tool_decision":      rejectedStep,
	"subagent_completed": func(e cowork.Event) (string, bool) { return stepOf(e, "subagent_completed"), true },
	"prompt_summary":     func(e cowork.Event) (string, bool) { return partStep(e), true },
}

// Step returns the name of an event's step, from which [SpanID] derives the span id. It
// is false for an event without a span of its own. The summary of a prompt's first part
// is the root.
//
// A step is named by the client's id. Where there is none, it is named by the event's
// kind, sequence and time, which are unique within a prompt.
func Step(e cowork.Event) (name string, ok bool) {
	if step, ok := stepNames[e.Name()]; ok {
		return step(e)
	}
	return "", false
}

func requestStep(e cowork.Event) string {
	return stepOf(e, "api_request")
}

// attemptOf returns the suffix that distinguishes the failures of one request.
func attemptOf(e cowork.Event) string {
	if n, ok := e.Int("attempt"); ok {
		return ":" + strconv.FormatInt(n, 10)
	}
	return ":"
}

// rejectedStep names the step of a tool that did not run. A tool that ran has the step
// of its result.
func rejectedStep(e cowork.Event) (string, bool) {
	if !(cowork.ToolDecision{Event: e}).Rejected() {
		return "", false
	}
	return stepOf(e, "tool_result"), true
}

// partStep names a part after the first one.
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

// stepOf returns the name of a step that has the id of a kind.
func stepOf(e cowork.Event, kind string) string {
	for _, key := range stepIDs[kind].keys {
		if id, ok := e.Str(key); ok {
			return stepIDs[kind].prefix + id
		}
	}
	sequence, _ := e.Sequence()
	return e.Name() + ":" + strconv.FormatInt(sequence, 10) + ":" + strconv.FormatUint(uint64(e.Time()), 10)
}
