package coworkdashboardexporter

import (
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// The sections of the page, in the order of their panels.
const (
	overview = "At a glance"
	costs    = "Cost"
	use      = "Use"
	tooling  = "Tools and connectors"
	api      = "API"
	alerting = "Alerts"
)

// The names of a filter that a panel ignores, since its sums do not have them.
var (
	modelIgnored = []string{"model"}
	userIgnored  = []string{"user"}
	bothIgnored  = []string{"user", "model"}
	allIgnored   = []string{"organization", "user", "model"}
)

// panels are the panels of the page in its order. To add a panel, add a row to the table
// of its section. The query is SQL over the relations in internal/store/relations.go. A
// column is called "name [unit]", and a column "of" holds the number of rows without the
// limit.
var panels = slices.Concat(overviewPanels, costPanels, usePanels, toolPanels, apiPanels, alertPanels)

var overviewPanels = []report.Panel{
	{
		ID: "cost", Section: overview, Title: "Cost", Shape: report.Figure, Unit: "USD",
		Question: "What did Cowork cost? The client's estimate from list prices, not a bill.",
		Query: `select coalesce((select cost from spend_total), 0) / 1e6 as "Cost [USD]",
			(select cost from spend_prior) / 1e6 as "Before [USD]"`,
	},
	{
		ID: "cost_per_request", Section: overview, Title: "Cost per request", Shape: report.Figure, Unit: "USD",
		Question: "What does a request to the API cost on average?",
		Query: `select (select cost / 1e6 / nullif(requests, 0) from spend_total) as "Cost per request [USD]",
			(select cost / 1e6 / nullif(requests, 0) from spend_prior) as "Before [USD]"`,
	},
	{
		ID: "tokens", Section: overview, Title: "Tokens", Shape: report.Figure, Unit: "{token}",
		Question: "How many tokens were used, including the cache?",
		Query: `select coalesce((select tokens from spend_total), 0) as "Tokens [{token}]",
			(select tokens from spend_prior) as "Before [{token}]"`,
	},
	{
		ID: "prompts", Section: overview, Title: "Prompts", Shape: report.Figure, Unit: "{prompt}", Ignores: modelIgnored,
		Question: "How many prompts did people type?",
		Query: `select coalesce((select prompts from people_total), 0) as "Prompts [{prompt}]",
			(select prompts from people_prior) as "Before [{prompt}]"`,
	},
	{
		ID: "tasks", Section: overview, Title: "Tasks of clients", Shape: report.Figure, Unit: "{prompt}", Ignores: modelIgnored,
		Question: "How many prompts did clients make themselves: for scheduled tasks, at the end of background tasks, for other agents?",
		Query: `select coalesce((select tasks from people_total), 0) as "Tasks [{prompt}]",
			(select tasks from people_prior) as "Before [{prompt}]"`,
	},
	{
		ID: "sessions", Section: overview, Title: "Sessions", Shape: report.Figure, Unit: "{session}", Ignores: modelIgnored,
		Question: "How many sessions began?",
		Query: `select coalesce((select sessions from people_total), 0) as "Sessions [{session}]",
			(select sessions from people_prior) as "Before [{session}]"`,
	},
	{
		ID: "active_users", Section: overview, Title: "Active users", Shape: report.Figure, Unit: "{user}", Ignores: modelIgnored,
		Question: "How many people used Cowork?",
		Query: `select coalesce((select users from people_total), 0) as "Active users [{user}]",
			(select users from people_prior) as "Before [{user}]"`,
	},
	{
		ID: "error_rate", Section: overview, Title: "API error rate", Shape: report.Figure, Unit: "1",
		Question: "What share of requests failed after all retries?",
		Query: `select (select errors * 1.0 / nullif(requests + errors, 0) from spend_total) as "Error rate [1]",
			(select errors * 1.0 / nullif(requests + errors, 0) from spend_prior) as "Before [1]"`,
	},
	{
		ID: "cache_hit_ratio", Section: overview, Title: "Cache hits", Shape: report.Figure, Unit: "1",
		Question: "What share of the input was read from the cache, at a tenth of the price?",
		Query: `select (select cache_read * 1.0 / nullif(input + cache_read + cache_creation, 0) from spend_total) as "Cache hits [1]",
			(select cache_read * 1.0 / nullif(input + cache_read + cache_creation, 0) from spend_prior) as "Before [1]"`,
	},
	{
		ID: "firing_alerts", Section: overview, Title: "Alerts firing", Shape: report.Figure, Unit: "{alert}", Ignores: allIgnored,
		Question: "How many alerts are firing now?",
		Query:    `select count(*) as "Alerts [{alert}]" from alerts where status = 'firing'`,
	},
}

var costPanels = []report.Panel{
	{
		ID: "cost_over_time", Section: costs, Title: "Cost over time", Shape: report.Line, Unit: "USD",
		Question: "When was the money spent?",
		Query:    `select at as "Time [time]", coalesce(cost, 0) / 1e6 as "Cost [USD]" from slot left join spend_at using (at) order by at`,
	},
	{
		ID: "cost_by_user", Section: costs, Title: "Cost by user", Shape: report.Bar, Unit: "USD",
		Question: "Which users cost most, and how many requests did they send?",
		Query: `select name as "User", cost / 1e6 as "Cost [USD]", requests as "Requests [{request}]",
			tokens as "Tokens [{token}]",
			cost / 1e6 / nullif(requests, 0) as "Cost per request [USD]", of from spend_user order by cost desc, name limit 20`,
	},
	{
		ID: "cost_by_organization", Section: costs, Title: "Cost by organization", Shape: report.Bar, Unit: "USD",
		Question: "Which organizations cost most?",
		Query: `select name as "Organization", cost / 1e6 as "Cost [USD]", users as "Users [{user}]", requests as "Requests [{request}]",
			cost / 1e6 / nullif(requests, 0) as "Cost per request [USD]", of from spend_organization order by cost desc, name limit 20`,
	},
	{
		ID: "cost_by_model", Section: costs, Title: "Cost by model", Shape: report.Bar, Unit: "USD",
		Question: "Which models cost most?",
		Query: `select name as "Model", case when cost > 0 or requests = 0 then cost / 1e6 end as "Cost [USD]", users as "Users [{user}]", requests as "Requests [{request}]",
			nullif(cost, 0) / 1e6 / nullif(requests, 0) as "Cost per request [USD]", of from spend_model order by cost desc, name limit 20`,
	},
	{
		ID: "cost_by_source", Section: costs, Title: "Cost by query source", Shape: report.Bar, Unit: "USD", Ignores: bothIgnored,
		Question: "How much of the cost is the conversation, and how much is background work of the client?",
		Query: `select source as "Query source", cost / 1e6 as "Cost [USD]", requests as "Requests [{request}]", count(*) over () as of
			from source order by cost desc, source limit 20`,
	},
	{
		ID: "employee_cost", Section: costs, Title: "Cost per active user", Shape: report.Grid, Unit: "USD", Ignores: modelIgnored,
		Question: "Is the value in proportion to the cost? The cost of an active user for a month of thirty days, compared with the value of a seat.",
		Query: `select name as "Organization", users as "Active users [{user}]", cost as "Cost [USD]",
			cost / nullif(users, 0) as "Cost per active user [USD]",
			cost / nullif(users, 0) * 30.0 / :days as "A month [USD]",
			:seat_value_usd as "Value of a seat [USD]",
			cost / nullif(users, 0) * 30.0 / :days / :seat_value_usd as "Share of the value [1]"
			from (select i, name, sum(users) as users, sum(cost) / 1e6 as cost from (
				select 0 as i, 'All' as name, users, 0 as cost from people_total union all select 0, 'All', 0, cost from spend_total
				union all select 1, name, users, 0 from people_organization union all select 1, name, 0, cost from spend_organization)
			group by i, name) order by i, cost desc, name limit 21`,
	},
}
