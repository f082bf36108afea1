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

// The parts of a filter that a panel's sums do not have.
var (
	modelIgnored = []string{"model"}
	userIgnored  = []string{"user"}
	bothIgnored  = []string{"user", "model"}
	allIgnored   = []string{"organization", "user", "model"}
)

// panels are what the page asks, in its order. To add a panel, add its row to the table
// of its section: the query is SQL over the relations that internal/store names in
// relations.go, a column is called "name [unit]", and a column "of" says how many rows
// there would be without the limit.
var panels = slices.Concat(overviewPanels, costPanels, usePanels, toolPanels, apiPanels, alertPanels)

var overviewPanels = []report.Panel{
	{
		ID: "cost", Section: overview, Title: "Cost", Shape: report.Figure, Unit: "USD",
		Question: "What did Cowork cost? It is the clients' estimate from list prices, and no bill.",
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
		Question: "How many tokens were used, those of the cache among them?",
		Query: `select coalesce((select tokens from spend_total), 0) as "Tokens [{token}]",
			(select tokens from spend_prior) as "Before [{token}]"`,
	},
	{
		ID: "prompts", Section: overview, Title: "Prompts", Shape: report.Figure, Unit: "{prompt}", Ignores: modelIgnored,
		Question: "How many tasks did users give?",
		Query: `select coalesce((select prompts from people_total), 0) as "Prompts [{prompt}]",
			(select prompts from people_prior) as "Before [{prompt}]"`,
	},
	{
		ID: "sessions", Section: overview, Title: "Sessions", Shape: report.Figure, Unit: "{session}", Ignores: modelIgnored,
		Question: "How many sessions began?",
		Query: `select coalesce((select sessions from people_total), 0) as "Sessions [{session}]",
			(select sessions from people_prior) as "Before [{session}]"`,
	},
	{
		ID: "active_users", Section: overview, Title: "Active users", Shape: report.Figure, Unit: "{user}", Ignores: modelIgnored,
		Question: "How many people used Cowork at all?",
		Query: `select coalesce((select users from people_total), 0) as "Active users [{user}]",
			(select users from people_prior) as "Before [{user}]"`,
	},
	{
		ID: "error_rate", Section: overview, Title: "API error rate", Shape: report.Figure, Unit: "1",
		Question: "What share of requests failed for good?",
		Query: `select (select errors * 1.0 / nullif(requests + errors, 0) from spend_total) as "Error rate [1]",
			(select errors * 1.0 / nullif(requests + errors, 0) from spend_prior) as "Before [1]"`,
	},
	{
		ID: "cache_hit_ratio", Section: overview, Title: "Cache hits", Shape: report.Figure, Unit: "1",
		Question: "What share of the input came from the cache, which costs a tenth?",
		Query: `select (select cache_read * 1.0 / nullif(input + cache_read + cache_creation, 0) from spend_total) as "Cache hits [1]",
			(select cache_read * 1.0 / nullif(input + cache_read + cache_creation, 0) from spend_prior) as "Before [1]"`,
	},
	{
		ID: "firing_alerts", Section: overview, Title: "Alerts firing", Shape: report.Figure, Unit: "{alert}", Ignores: allIgnored,
		Question: "How many alerts fire now?",
		Query:    `select count(*) as "Alerts [{alert}]" from told where status = 'firing'`,
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
		Question: "Who costs most, and how often did they ask?",
		Query: `select name as "User", cost / 1e6 as "Cost [USD]", requests as "Requests [{request}]",
			tokens as "Tokens [{token}]",
			cost / 1e6 / nullif(requests, 0) as "Cost per request [USD]", of from spend_user order by cost desc, name limit 20`,
	},
	{
		ID: "cost_by_organization", Section: costs, Title: "Cost by organization", Shape: report.Bar, Unit: "USD",
		Question: "Which organization pays for it?",
		Query: `select name as "Organization", cost / 1e6 as "Cost [USD]", users as "Users [{user}]", requests as "Requests [{request}]",
			cost / 1e6 / nullif(requests, 0) as "Cost per request [USD]", of from spend_organization order by cost desc, name limit 20`,
	},
	{
		ID: "cost_by_model", Section: costs, Title: "Cost by model", Shape: report.Bar, Unit: "USD",
		Question: "Which models cost most?",
		Query: `select name as "Model", cost / 1e6 as "Cost [USD]", users as "Users [{user}]", requests as "Requests [{request}]",
			cost / 1e6 / nullif(requests, 0) as "Cost per request [USD]", of from spend_model order by cost desc, name limit 20`,
	},
	{
		ID: "cost_by_source", Section: costs, Title: "Cost by what asked", Shape: report.Bar, Unit: "USD", Ignores: bothIgnored,
		Question: "Is it the conversation that costs, or what the client does on its own?",
		Query: `select source as "Asked by", cost / 1e6 as "Cost [USD]", requests as "Requests [{request}]", count(*) over () as of
			from source order by cost desc, source limit 20`,
	},
	{
		ID: "employee_cost", Section: costs, Title: "Cost per active user", Shape: report.Grid, Unit: "USD", Ignores: modelIgnored,
		Question: "Is the value delivered in proportion to the cost? The cost of an active user, for a month of thirty days, beside what a seat is worth.",
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

var usePanels = []report.Panel{
	{
		ID: "tokens_by_user_day", Section: use, Title: "Tokens by user and day", Shape: report.Heat, Unit: "{token}",
		Question: "Who used how many tokens each day? Of the ten who used most.",
		Query: `select name as "User", date as "Day", sum(tokens) as "Tokens [{token}]"
			from user_at join slot using (at) group by rank, name, date order by rank, date`,
	},
	{
		ID: "tokens_over_time", Section: use, Title: "Tokens over time", Shape: report.Line, Unit: "{token}",
		Question: "How many tokens were used, of which sort?",
		Query: `select at as "Time [time]", value as "Type", coalesce(case key when 0 then input when 1 then output when 2 then cache_read else cache_creation end, 0) as "Tokens [{token}]"
			from slot left join spend_at using (at), json_each('["input","output","cache read","cache creation"]') order by key, at`,
	},
	{
		ID: "prompts_over_time", Section: use, Title: "Task volume", Shape: report.Line, Unit: "{prompt}", Ignores: modelIgnored,
		Question: "When do people give tasks?",
		Query:    `select at as "Time [time]", coalesce(prompts, 0) as "Prompts [{prompt}]" from slot left join people_at using (at) order by at`,
	},
	{
		ID: "prompts_by_hour", Section: use, Title: "Task volume by hour", Shape: report.Heat, Unit: "{prompt}", Ignores: bothIgnored,
		Question: "At which hours do tasks run? At night and at week-ends it is what was scheduled, or what nobody expected.",
		Query: `select weekdays.name as "Day", printf('%02d', hours.hour) as "Hour", coalesce(n, 0) as "Prompts [{prompt}]"
			from (select key as hour from json_each('[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]')) as hours,
			(select key as i, (key + 1) % 7 as weekday, value as name
				from json_each('["Monday","Tuesday","Wednesday","Thursday","Friday","Saturday","Sunday"]')) as weekdays
			left join (select slot.weekday, hour_at.hour, sum(n) as n from hour_at join slot using (at) group by 1, 2) as counted
			on counted.weekday = weekdays.weekday and counted.hour = hours.hour order by weekdays.i, hours.hour`,
	},
	{
		ID: "active_users_over_time", Section: use, Title: "Active users over time", Shape: report.Line, Unit: "{user}", Ignores: modelIgnored,
		Question: "How many people use Cowork, and are they becoming more?",
		Query:    `select at as "Time [time]", coalesce(users, 0) as "Users [{user}]" from slot left join people_at using (at) order by at`,
	},
	{
		ID: "busiest_users", Section: use, Title: "Busiest users", Shape: report.Bar, Unit: "{prompt}", Ignores: modelIgnored,
		Question: "Who gives most tasks?",
		Query: `select name as "User", prompts as "Prompts [{prompt}]", sessions as "Sessions [{session}]", of
			from people_user order by prompts desc, name limit 20`,
	},
	{
		ID: "skills", Section: use, Title: "Skills in use", Shape: report.Bar, Unit: "{activation}", Ignores: bothIgnored,
		Question: "Which skills are used, and by how many?",
		Query: `select skill as "Skill", sum(n) as "Activations [{activation}]",
			(select count(distinct user) from adopter where what = 'skill' and name = skill) as "Users [{user}]",
			group_concat(distinct nullif(plugin, '(unknown)')) as "Plugin", count(*) over () as of
			from skill group by skill order by 2 desc, 1 limit 20`,
	},
	{
		ID: "plugins", Section: use, Title: "Plugins in use", Shape: report.Grid, Unit: "{user}", Ignores: bothIgnored,
		Question: "Which plugins are loaded, where do they come from, and by how many people?",
		Query: `select plugin as "Plugin", scope as "Scope", enabled_via as "Enabled by",
			users as "Users [{user}]", n as "Loads [{load}]", count(*) over () as of from plugin
			left join (select name, via, count(distinct user) as users from adopter where what = 'plugin' group by 1, 2) on name = plugin and via = enabled_via order by 4 desc, n desc, plugin limit 50`,
	},
	{
		ID: "plugin_spread", Section: use, Title: "Spread of the organization's plugins", Shape: report.Bar, Unit: "1", Ignores: bothIgnored,
		Question: "How far has each plugin that the organization gave out spread among those who are active?",
		Query: `select name as "Plugin", count(distinct user) * 1.0 / nullif((select users from people_total), 0) as "Share of active users [1]",
			count(distinct user) as "Users [{user}]", (select users from people_total) as "Active users [{user}]", min(first) as "Since [time]"
			from adopter where what = 'plugin' and via = 'org-policy' group by name order by 2 desc, 1`,
	},
	{
		ID: "agents", Section: use, Title: "Subagents", Shape: report.Bar, Unit: "{run}", Ignores: bothIgnored,
		Question: "Which subagents work, and for how long?",
		Query: `select agent as "Subagent", runs as "Runs [{run}]", ms / 1e3 / nullif(runs, 0) as "Mean duration [s]", count(*) over () as of
			from agent order by runs desc, agent limit 20`,
	},
	{
		ID: "versions", Section: use, Title: "Requests by client version", Shape: report.Bar, Unit: "{request}", Ignores: bothIgnored,
		Question: "Which versions of the client are out there?",
		Query: `select version as "Version", requests as "Requests [{request}]", n as "Events [{event}]", count(*) over () as of
			from version order by requests desc, n desc, version limit 30`,
	},
}
