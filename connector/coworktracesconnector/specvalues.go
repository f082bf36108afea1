package coworktracesconnector

import (
	"cmp"
	"strconv"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

// The values of the table specs.

// agentName is the name of Cowork as an agent.
const agentName = "cowork"

// otherError is the error.type of a failure without a class.
const otherError = "_OTHER"

var (
	firstPart = condition{"`cowork.prompt.part` is 0", func(ev cowork.Event) bool { return partOf(ev) == 0 }}
	laterPart = condition{"it is 1 or more", func(ev cowork.Event) bool { return partOf(ev) > 0 }}
	rejected  = condition{"rejected", func(ev cowork.Event) bool { return cowork.ToolDecision{Event: ev}.Rejected() }}
	opened    = condition{"connected or failed", func(ev cowork.Event) bool { return text(ev, "status") != "disconnected" }}
)

var (
	model  = dimension("model")
	tool   = dimension("tool")
	agent  = dimension("agent")
	skill  = dimension("skill")
	server = dimension("connector")
)

var (
	root      = parent{"the root", func(cowork.Event) string { return "" }}
	request   = parent{"the request that called it, by `request_id`; else the root", prompt.Parent}
	agentRun  = parent{"the subagent's run, by `agent_id`; else the root", prompt.Parent}
	parentRun = parent{"the run that started it, by `parent_agent_id`; else the root", prompt.Parent}
)

var (
	unanswered    = failure{"requests failed and none was answered: `no_answer`", noAnswer}
	statusCode    = failure{"always: the HTTP status, else `_OTHER`", statusClass}
	toolError     = failure{"`success` is false: its `error_type`, else `tool_error`", unsuccessfulAs("error_type", "tool_error")}
	unsuccessful  = failure{"`success` is false: `_OTHER`", unsuccessfulAs("", otherError)}
	connection    = failure{"`status` is failed: its `error_code`, else `_OTHER`", connectionError}
	internalError = failure{"always: its `error_name`, else `_OTHER`", always("error_name")}
)

func constant(s string) func(cowork.Event) string { return func(cowork.Event) string { return s } }

func named(key string) subject { return subject{"`" + key + "`", cowork.DimensionOf(key)} }

func dimension(name string) subject { return subject{"{" + name + "}", cowork.DimensionOf(name)} }

// partOf returns the part of a summary, 0 where it is missing.
func partOf(ev cowork.Event) int64 {
	n, _ := ev.Int("cowork.prompt.part")
	return max(n, 0)
}

// noAnswer returns the failure of a prompt whose requests all failed. A prompt with a
// request that was answered did not fail.
func noAnswer(ev cowork.Event) string {
	answered, _ := ev.Int("cowork.prompt.api_request_count")
	failed, _ := ev.Int("cowork.prompt.api_error_count")
	if failed > 0 && answered == 0 {
		return "no_answer"
	}
	return ""
}

func statusClass(ev cowork.Event) string {
	if code, ok := httpStatus(ev); ok {
		return strconv.FormatInt(code, 10)
	}
	return otherError
}

// httpStatus returns an HTTP status, false for a number out of range.
func httpStatus(ev cowork.Event) (int64, bool) {
	code, ok := ev.Int("status_code")
	return code, ok && code >= 100 && code < 600
}

// always is the failure of an event that reports a failure.
func always(key string) func(cowork.Event) string {
	return func(ev cowork.Event) string { return cmp.Or(text(ev, key), otherError) }
}

func unsuccessfulAs(key, otherwise string) func(cowork.Event) string {
	return func(ev cowork.Event) string {
		if success, ok := ev.Bool("success"); success || !ok {
			return ""
		}
		return cmp.Or(text(ev, key), otherwise)
	}
}

func connectionError(ev cowork.Event) string {
	if text(ev, "status") != "failed" {
		return ""
	}
	return cmp.Or(text(ev, "error_code"), otherError)
}
