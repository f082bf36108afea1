package metric

import (
	"cmp"

	"github.com/cowork-otel/collector/internal/cowork"
)

// The values of the attributes of the GenAI conventions. Spans have the same.

// agentName is the name of Cowork as an agent.
const agentName = "cowork"

var (
	agentOf     = cowork.DimensionOf("agent")
	connectorOf = cowork.DimensionOf("connector")
	errorTypeOf = cowork.DimensionOf("error_type")
)

// agentOrCowork returns the agent of a run, which is Cowork where no subagent is named.
func agentOrCowork(e cowork.Event) string { return cmp.Or(agentOf(e), agentName) }

// requestErrorOf returns the HTTP status of a request that failed, else _OTHER.
func requestErrorOf(e cowork.Event) string { return cmp.Or(statusOf(e), "_OTHER") }

// promptErrorOf returns the error of a prompt whose requests all failed, "" for any other.
func promptErrorOf(e cowork.Event) string {
	answered, _ := e.Int("cowork.prompt.api_request_count")
	failures, _ := e.Int("cowork.prompt.api_error_count")
	if failures > 0 && answered == 0 {
		return "no_answer"
	}
	return ""
}

// toolTypeOf returns extension for a connector's tool, else function.
func toolTypeOf(e cowork.Event) string {
	if connectorOf(e) != "" {
		return "extension"
	}
	return "function"
}

// toolErrorOf returns the class of the error of a tool that failed, "" for any other.
func toolErrorOf(e cowork.Event) string {
	if outcomeOf(e) != failed {
		return ""
	}
	return cmp.Or(errorTypeOf(e), "tool_error")
}

// promptPart returns the part of a summary, 0 where it is missing.
func promptPart(e cowork.Event) int64 {
	n, _ := e.Int("cowork.prompt.part")
	return max(n, 0)
}

// firstPartDurationOf reads the duration of a prompt. Late events are no run of an agent.
func firstPartDurationOf(e cowork.Event) (float64, validity) {
	if promptPart(e) > 0 {
		return 0, absent
	}
	return promptDuration.read(e)
}
