package panels

import (
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// Pages are the pages of panels, first those of the navigation, then those about one name.
var Pages = withEmptyTexts([]report.Page{
	{
		Path: "/", Title: "Overview", Screen: true,
		Panels: byID("cost_over_time", "cost_by_user", "cost_by_team", "failures", "bypassed_permissions", "unofficial_in_use", "secrets_by_user", "connectors_new", "hosts_disabled", "hosts_unlisted", "alerts_firing"),
	},
	{
		Path: "/cost", Title: "Cost", Intro: "What Cowork costs. Costs are the client's estimate from list prices, not a bill.",
		Panels: slices.Concat(byID("cost", "cost_per_request", "tokens", "cache_hit_ratio"), costPanels, byID("cost_by_team", "cost_by_cost_center", "tokens_over_time", "tokens_by_user_day")),
	},
	{
		Path: "/people", Title: "People", Intro: "Who uses Cowork, when, and for what.",
		Panels: slices.Concat(byID("active_users", "prompts", "tasks", "sessions", "people", "adoption_by_team", "prompts_by_team_over_time"), usePanels),
	},
	{
		Path: "/tools", Title: "Tools and connectors", Intro: "Which tools and connectors run, and which of them fail.",
		Panels: slices.DeleteFunc(slices.Clone(toolPanels), isSecurity),
	},
	{
		Path: "/api-requests", Title: "API", Intro: "Requests to the models: their number, duration, failures and use of the cache.",
		Panels: slices.Concat(byID("error_rate", "cache_hit_ratio"), apiPanels),
	},
	{
		Path: "/security", Title: "Security", Intro: "What Cowork does without confirmation, whom it reaches, what it is extended by, and what redaction finds.",
		Panels: slices.Concat(securityFigures, securityPanels, slices.DeleteFunc(slices.Clone(toolPanels), isNoSecurity)),
	},
	{
		Path: "/alerts", Title: "Alerts", Intro: "Alerts of the rules of this collector.",
		Panels: slices.Concat(byID("firing_alerts"), alertPanels),
	},
	{
		Path: "/organization", Title: "Organization", Subject: "organization",
		Panels: byID("cost", "tokens", "prompts", "sessions", "active_users", "failed_calls", "error_rate", "cost_over_time", "cost_by_team",
			"people", "cost_by_model", "prompts_over_time", "active_users_over_time", "tools", "failures_by_user", "modes", "plugins"),
	},
	{
		Path: "/team", Title: "Team", Subject: "team",
		Panels: byID("cost", "tokens", "prompts", "sessions", "active_users", "failed_calls", "error_rate", "people", "cost_over_time",
			"prompts_over_time", "cost_by_model", "active_users_over_time", "adoption_by_team", "tools", "failures_by_user",
			"connector_error_rate", "skills", "modes", "alerts_firing", "alerts_recent"),
	},
	{
		Path: "/user", Title: "User", Subject: "user",
		Panels: byID("cost", "tokens", "prompts", "tasks", "sessions", "calls", "failed_calls", "rejected_calls", "error_rate",
			"cost_over_time", "prompts_over_time", "cost_by_model", "tools", "failures_over_time", "connector_errors",
			"status_codes", "modes", "skills", "agents", "alerts_firing", "alerts_recent"),
	},
	{
		Path: "/model", Title: "Model", Subject: "model",
		Panels: byID("cost", "cost_per_request", "tokens", "error_rate", "cache_hit_ratio", "cost_over_time", "cost_by_user",
			"latency_over_time", "api_performance", "requests_over_time", "failed_requests_over_time", "status_codes", "cost_by_source",
			"tokens_over_time", "cache_over_time"),
	},
	{
		Path: "/tool", Title: "Tool", Subject: "tool",
		Panels: byID("calls", "failed_calls", "rejected_calls", "calls_over_time", "failures_over_time", "failures_by_user",
			"connector_error_rate", "decisions", "tools"),
	},
	{
		Path: "/connector", Title: "Connector", Subject: "connector",
		Panels: byID("calls", "failed_calls", "rejected_calls", "connector_errors", "connector_errors_over_time", "calls_over_time",
			"failures_over_time", "failures_by_user", "tools", "connections"),
	},
})

// All are the panels of all pages.
var All = slices.Concat(overviewPanels, screenPanels, costPanels, peoplePanels, usePanels, toolPanels, apiPanels, alertPanels, securityFigures, securityPanels, dangerPanels)

// byID returns panels in the order of their ids. It panics if there is none of an id.
func byID(ids ...string) []report.Panel {
	list := make([]report.Panel, len(ids))
	for i, id := range ids {
		list[i] = All[slices.IndexFunc(All, func(p report.Panel) bool { return p.ID == id })]
	}
	return list
}

// isSecurity reports whether a panel is about permissions, which have a page of their own.
func isSecurity(p report.Panel) bool {
	return slices.Contains([]string{"decisions", "rejections", "modes"}, p.ID)
}

func isNoSecurity(p report.Panel) bool { return !isSecurity(p) }
