package metric

import (
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Fact is a group of sums by the same labels, which the page counts. Facts are read
// with the measures and fields of the metrics.
type Fact struct {
	Name   string
	Labels []string
	Sums   []string
}

// A factRow is a row of the table of facts.
type factRow struct {
	name   string
	labels []string
	sums   []factSum
}

// A factSum is a number of a fact, and the events that it is read from. Their fields are
// the values of the labels, in their order.
type factSum struct {
	name    string
	sources []source
}

var (
	usageLabels     = []field{model, querySource}
	toolLabels      = []field{tool, connector}
	requestsOf      = from(one, "api_request")
	subagentRuns    = labelled(from(one, "subagent_completed"), agent)
	subagentTimes   = labelled(from(duration, "subagent_completed"), agent)
	toolLatencies   = labelled(toolDurations, tool)
	toolTimes       = labelled(toolDurations, toolLabels...)
	everyEvent      = from(one, "")
	typedPrompts    = from(startedBy(cowork.OriginUser), "user_prompt")
	taskPrompts     = from(startedBy(cowork.OriginTask), "user_prompt")
	schedulePrompts = from(startedBy(cowork.OriginSchedule), "user_prompt")
	agentPrompts    = from(startedBy(cowork.OriginAgent), "user_prompt")
)

// factTable holds all facts. The page's package fact declares where they are stored.
var factTable = []factRow{
	{"activity", nil, []factSum{
		{"events", everyEvent},
		{"prompts", typedPrompts},
		{"tasks", taskPrompts},
		{"schedules", schedulePrompts},
		{"agent_prompts", agentPrompts},
	}},
	{"usage", []string{"model", "query_source"}, []factSum{
		{"requests", labelled(requestsOf, usageLabels...)},
		{"errors", labelled(failedRequests, usageLabels...)},
		{"refusals", labelled(refusedRequests, usageLabels...)},
		{"unpriced", labelled(from(unknownCost, "api_request"), usageLabels...)},
		{"cost_micros", labelled(requestCosts, usageLabels...)},
		{"input", labelled(inputs, usageLabels...)},
		{"output", labelled(outputs, usageLabels...)},
		{"cache_read", labelled(cacheReads, usageLabels...)},
		{"cache_creation", labelled(cacheCreations, usageLabels...)},
	}},
	{"tool_calls", []string{"tool", "connector"}, []factSum{
		{"calls", labelled(toolResults, toolLabels...)},
		{"failures", labelled(from(failedCall, "tool_result"), toolLabels...)},
		{"decisions", labelled(toolDecisions, toolLabels...)},
		{"rejections", labelled(from(rejected, "tool_decision"), toolLabels...)},
		{"timed", timed(toolTimes)},
		{"duration_us", toolTimes},
	}},
	{"tool_decisions", []string{"tool", "decision", "decision_source"}, []factSum{
		{"decisions", labelled(toolDecisions, tool, decision, decisionSource)},
	}},
	{"permission_modes", []string{"permission_mode"}, []factSum{
		{"decisions", labelled(toolDecisions, permissionMode)},
	}},
	{"unconfirmed", []string{"tool", "permission_mode"}, []factSum{
		{"decisions", labelled(from(unconfirmed, "tool_decision"), tool, permissionMode)},
	}},
	{"rejections", []string{"tool", "decision_source"}, []factSum{
		{"rejections", labelled(from(rejected, "tool_decision"), tool, decisionSource)},
	}},
	{"egress", []string{"host", "tool", "verdict"}, []factSum{
		{"calls", labelled(toolResults, host, tool, verdict)},
	}},
	{"scheduled_tasks", []string{"tool"}, []factSum{
		{"calls", labelled(from(scheduling, "tool_result"), tool)},
	}},
	{"redactions", []string{"pattern"}, []factSum{
		{"redactions", labelled(everyEvent, pattern)},
	}},
	{"plugin_installs", []string{"plugin", "marketplace", "official"}, []factSum{
		{"installs", labelled(from(one, "plugin_installed"), plugin, marketplace, official)},
	}},
	{"connections", []string{"connector", "status"}, []factSum{
		{"connections", labelled(connections, connector, status)},
	}},
	{"connector_errors", []string{"connector", "error_type"}, []factSum{
		{"errors", connectorErrors},
	}},
	{"api_errors", []string{"model", "status_code"}, []factSum{
		{"errors", labelled(failedRequests, model, statusCode)},
	}},
	{"skills", []string{"skill", "plugin"}, []factSum{
		{"activations", labelled(activations, skill, plugin)},
	}},
	{"plugins", []string{"plugin", "plugin_scope", "enabled_via"}, []factSum{
		{"loads", labelled(loads, plugin, pluginScope, enabledVia)},
	}},
	{"versions", []string{"client_version"}, []factSum{
		{"events", labelled(everyEvent, clientVersion)},
		{"requests", labelled(requestsOf, clientVersion)},
	}},
	{"subagents", []string{"agent"}, []factSum{
		{"runs", subagentRuns},
		{"timed", timed(subagentTimes)},
		{"duration_us", subagentTimes},
	}},
	{"request_latency", []string{"model", "outcome"}, []factSum{
		{"timed", timed(requestDurations)},
		{"duration_us", requestDurations},
	}},
	{"tool_latency", []string{"tool"}, []factSum{
		{"timed", timed(toolLatencies)},
		{"duration_us", toolLatencies},
	}},
	{"prompt_hours", nil, []factSum{
		{"prompts", typedPrompts},
	}},
}

// Facts returns the facts, in the order of the indices in [FactObservation].
func Facts() (all []Fact) {
	for i := range factTable {
		row := &factTable[i]
		f := Fact{Name: row.name, Labels: slices.Clone(row.labels)}
		for _, sum := range row.sums {
			f.Sums = append(f.Sums, sum.name)
		}
		all = append(all, f)
	}
	return all
}
