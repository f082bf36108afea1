package fact

import "slices"

var (
	hourDay     = []Grain{Hour, Day}
	hourDayWeek = []Grain{Hour, Day, Week}
)

// The columns of the facts activity and usage.
var (
	activity = []Sum{
		{Name: "events"},
		{Name: "prompts"}, // that people typed
		{Name: "tasks"},   // prompts that background tasks started
		{Name: "schedules"},
		{Name: "agent_prompts"},
		{Name: "sessions"},
	}
	usage = []Sum{
		{Name: "requests"},
		{Name: "errors"},
		{Name: "refusals"},
		{Name: "unpriced"}, // requests without a known cost
		{Name: "cost_micros", Wide: true},
		{Name: "input", Wide: true},
		{Name: "output", Wide: true},
		{Name: "cache_read", Wide: true},
		{Name: "cache_creation", Wide: true},
	}
	toolCalls = []Sum{
		{Name: "calls"},
		{Name: "failures"},
		{Name: "decisions"},
		{Name: "rejections"},
		{Name: "timed"}, // calls with a duration
		{Name: "duration_us", Wide: true},
	}
)

// Tables are all tables of sums.
var Tables = []Table{
	{Name: "activity", Facts: []string{"activity"}, Sums: activity, Grains: hourDay},
	{Name: "activity_by_user", Facts: []string{"activity", "usage", "tool_calls"}, User: true, Sums: slices.Concat(activity, usage, toolCalls[:2]), Grains: hourDayWeek},
	{Name: "usage", Facts: []string{"usage"}, Labels: names("model", "query_source"), Sums: usage, Grains: hourDay},
	{Name: "usage_by_user", Facts: []string{"usage"}, User: true, Labels: names("model"), Sums: usage, Grains: hourDayWeek},
	{Name: "tool_calls", Facts: []string{"tool_calls"}, Labels: names("tool", "connector"), Sums: toolCalls, Grains: hourDay},
	{Name: "tool_calls_by_user", Facts: []string{"tool_calls"}, User: true, Labels: names("tool", "connector"), Sums: toolCalls, Grains: hourDay},
	{Name: "tool_decisions", Facts: []string{"tool_decisions"}, Labels: names("tool", "decision", "decision_source"), Sums: one("decisions"), Grains: hourDay},
	{Name: "permission_modes", Facts: []string{"permission_modes"}, Labels: names("permission_mode"), Sums: one("decisions"), Grains: hourDay},
	{Name: "permission_modes_by_user", Facts: []string{"permission_modes"}, User: true, Labels: names("permission_mode"), Sums: one("decisions"), Grains: hourDay},
	{Name: "unconfirmed", Facts: []string{"unconfirmed"}, Labels: names("tool", "permission_mode"), Sums: one("decisions"), Grains: hourDay},
	{Name: "unconfirmed_by_user", Facts: []string{"unconfirmed"}, User: true, Labels: names("tool", "permission_mode"), Sums: one("decisions"), Grains: hourDayWeek},
	{Name: "rejections_by_user", Facts: []string{"rejections"}, User: true, Labels: names("tool", "decision_source"), Sums: one("rejections"), Grains: hourDayWeek},
	{Name: "egress", Facts: []string{"egress"}, Labels: names("host", "tool", "verdict"), Sums: one("calls"), Grains: hourDay},
	{Name: "egress_by_user", Facts: []string{"egress"}, User: true, Labels: names("host", "verdict"), Sums: one("calls"), Grains: hourDay},
	{Name: "scheduled_tasks", Facts: []string{"scheduled_tasks"}, Labels: names("tool"), Sums: one("calls"), Grains: hourDay},
	{Name: "scheduled_tasks_by_user", Facts: []string{"scheduled_tasks"}, User: true, Labels: names("tool"), Sums: one("calls"), Grains: hourDayWeek},
	{Name: "redactions", Facts: []string{"redactions"}, Labels: names("pattern"), Sums: one("redactions"), Grains: hourDay},
	{Name: "redactions_by_user", Facts: []string{"redactions"}, User: true, Labels: names("pattern"), Sums: one("redactions"), Grains: hourDayWeek},
	{Name: "plugin_installs_by_user", Facts: []string{"plugin_installs"}, User: true, Labels: names("plugin", "marketplace", "official"), Sums: one("installs"), Grains: hourDay},
	{Name: "connections", Facts: []string{"connections"}, Labels: names("connector", "status"), Sums: one("connections"), Grains: hourDay},
	{Name: "connector_errors", Facts: []string{"connector_errors"}, Labels: names("connector", "error_type"), Sums: one("errors"), Grains: hourDay},
	{Name: "connector_errors_by_user", Facts: []string{"connector_errors"}, User: true, Labels: names("connector", "error_type"), Sums: one("errors"), Grains: hourDay},
	{Name: "api_errors", Facts: []string{"api_errors"}, Labels: names("model", "status_code"), Sums: one("errors"), Grains: hourDay},
	{Name: "api_errors_by_user", Facts: []string{"api_errors"}, User: true, Labels: names("model", "status_code"), Sums: one("errors"), Grains: hourDay},
	{Name: "skills", Facts: []string{"skills"}, Labels: names("skill", "plugin"), Sums: one("activations"), Grains: hourDay},
	{Name: "skills_by_user", Facts: []string{"skills"}, User: true, Labels: names("skill", "plugin"), Sums: one("activations"), Grains: hourDayWeek},
	{Name: "plugins", Facts: []string{"plugins"}, Labels: names("plugin", "plugin_scope", "enabled_via"), Sums: one("loads"), Grains: hourDay},
	{Name: "versions", Facts: []string{"versions"}, Labels: names("client_version"), Sums: []Sum{{Name: "events"}, {Name: "requests"}}, Grains: hourDay},
	{Name: "subagents", Facts: []string{"subagents"}, Labels: names("agent"), Sums: []Sum{{Name: "runs"}, {Name: "timed"}, {Name: "duration_us", Wide: true}}, Grains: hourDay},
	{Name: "subagents_by_user", Facts: []string{"subagents"}, User: true, Labels: names("agent"), Sums: []Sum{{Name: "runs"}, {Name: "timed"}, {Name: "duration_us", Wide: true}}, Grains: hourDay},
	{Name: "request_latency", Facts: []string{"request_latency"}, Labels: []Label{{Name: "outcome"}, {Name: Bucket, Number: true}, {Name: "model"}}, Sums: latency, Grains: hourDayWeek},
	{Name: "tool_latency", Facts: []string{"tool_latency"}, Labels: []Label{{Name: "tool"}, {Name: Bucket, Number: true}}, Sums: latency, Grains: hourDayWeek},
	{Name: "prompt_hours", Facts: []string{"prompt_hours"}, Labels: []Label{{Name: HourOfDay, Number: true}}, Sums: one("prompts"), Grains: hourDay},
}

// The labels that are numbers.
const (
	// Bucket is the representative duration of a histogram bucket, in microseconds.
	Bucket = "bucket_us"
	// HourOfDay is the hour in the time zone, from 0 to 23.
	HourOfDay = "hour_of_day"
)

var latency = []Sum{{Name: "timed"}, {Name: "duration_us", Wide: true}}

func names(list ...string) (labels []Label) {
	for _, name := range list {
		labels = append(labels, Label{Name: name})
	}
	return labels
}

func one(name string) []Sum { return []Sum{{Name: name}} }
