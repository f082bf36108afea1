package coworktracesconnector

import (
	"cmp"
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
)

// steps says by which id the step of an event is known. Two records of one step
// are one span.
var steps = map[string]func(cowork.Event) string{
	"api_request":        requestStep,
	"api_error":          errorStep,
	"tool_result":        stepOn("tool:", "tool_use_id"),
	"tool_decision":      stepOn("tool:", "tool_use_id"),
	"subagent_completed": stepOn("subagent:", "agent_id"),
}

// stepOf names the step of an event: by its id, else by kind, sequence and time.
func stepOf(ev cowork.Event) string {
	if name := steps[ev.Name()]; name != nil {
		if step := name(ev); step != "" {
			return step
		}
	}
	sequence, _ := ev.Sequence()
	return ev.Name() + ":" + strconv.FormatInt(sequence, 10) + ":" + strconv.FormatUint(uint64(ev.Time()), 10)
}

func requestStep(ev cowork.Event) string {
	if id := cmp.Or(text(ev, "request_id"), text(ev, "client_request_id")); id != "" {
		return "request:" + id
	}
	return ""
}

// errorStep tells the attempts of a request apart from each other and from the
// answer to the last.
func errorStep(ev cowork.Event) string {
	if step := requestStep(ev); step != "" {
		return step + ":" + text(ev, "attempt")
	}
	return ""
}
