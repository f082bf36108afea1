package coworkdashboardexporter

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// The table of panels goes on here, with what runs and what fails.

var toolPanels = []report.Panel{
	{
		ID: "tools", Section: tooling, Title: "Tools", Shape: report.Bar, Unit: "{call}", Ignores: bothIgnored,
		Question: "Which tools run, how often do they work, and how long do they take?",
		Query: `select t.tool as "Tool", sum(calls) as "Calls [{call}]", 1 - sum(failures) * 1.0 / sum(calls) as "Success [1]",
			sum(ms) / 1e3 / nullif(sum(timed), 0) as "Mean duration [s]", max(l.p95) / 1e3 as "p95 [s]", count(*) over () as of
			from tool t left join latency_tool l on l.name = t.tool group by t.tool order by 2 desc, 1 limit 30`,
	},
	{
		ID: "connector_error_rate", Section: tooling, Title: "Error rate by connector", Shape: report.Bar, Unit: "1", Ignores: bothIgnored,
		Question: "Which connectors are unreliable? Failures of their tools, of all their calls.",
		Query: `select connector as "Connector", sum(failures) * 1.0 / sum(calls) as "Error rate [1]", sum(failures) as "Failures [{call}]",
			sum(calls) as "Calls [{call}]", count(*) over () as of from tool where connector <> '(unknown)'
			group by connector order by 2 desc, 4 desc, 1 limit 20`,
	},
	{
		ID: "connector_errors", Section: tooling, Title: "What fails in connectors", Shape: report.Grid, Unit: "{error}", Ignores: bothIgnored,
		Question: "What went wrong: in their tools, their connections, and requests made for them?",
		Query: `select connector as "Connector", error_type as "Error", n as "Errors [{error}]", count(*) over () as of
			from connector_error order by n desc, connector, error_type limit 30`,
	},
	{
		ID: "connector_errors_over_time", Section: tooling, Title: "Connector errors over time", Shape: report.Line, Unit: "{error}", Ignores: bothIgnored,
		Question: "When did connectors fail?",
		Query: `select slot.at as "Time [time]", name as "Connector", coalesce(sum(e.n), 0) as "Errors [{error}]"
			from slot, (select connector as name from connector_error group by 1 order by sum(n) desc, 1 limit 6) as worst
			left join connector_error_at e on e.at = slot.at and e.connector = worst.name group by name, slot.at order by name, slot.at`,
	},
	{
		ID: "connections", Section: tooling, Title: "Connections to connectors", Shape: report.Grid, Unit: "{connection}", Ignores: bothIgnored,
		Question: "Which connectors connect, and which do not?",
		Query: `select connector as "Connector", sum(n) filter (where status = 'connected') as "Connected [{connection}]",
			sum(n) filter (where status = 'failed') as "Failed [{connection}]", sum(n) filter (where status = 'disconnected') as "Ended [{connection}]",
			count(*) over () as of from connection group by connector order by sum(n) desc, connector limit 30`,
	},
	{
		ID: "decisions", Section: tooling, Title: "Permission decisions", Shape: report.Grid, Unit: "{decision}", Ignores: bothIgnored,
		Question: "What may tools do, and who decides? A tool that users often reject should not be offered.",
		Query: `select tool as "Tool", decision as "Decision", source as "Decided by", n as "Decisions [{decision}]", count(*) over () as of
			from decision order by n desc, tool, decision, source limit 30`,
	},
	{
		ID: "rejections", Section: tooling, Title: "Rejected tools", Shape: report.Bar, Unit: "1", Ignores: bothIgnored,
		Question: "What share of its uses is each tool refused?",
		Query: `select tool as "Tool", sum(n) filter (where decision = 'reject') * 1.0 / sum(n) as "Rejected [1]",
			sum(n) filter (where decision = 'reject') as "Rejections [{decision}]", sum(n) as "Decisions [{decision}]", count(*) over () as of
			from decision group by tool having sum(n) filter (where decision = 'reject') > 0 order by 2 desc, 4 desc, 1 limit 20`,
	},
	{
		ID: "modes", Section: tooling, Title: "Permission modes", Shape: report.Bar, Unit: "{decision}", Ignores: bothIgnored,
		Question: "Do people let Cowork act without being asked?",
		Query: `select mode as "Mode", n as "Decisions [{decision}]", count(*) over () as of
			from mode order by n desc, mode limit 10`,
	},
}

var apiPanels = []report.Panel{
	{
		ID: "requests_over_time", Section: api, Title: "Requests over time", Shape: report.Line, Unit: "{request}",
		Question: "How many requests were answered, and how many failed?",
		Query: `select at as "Time [time]", value as "Outcome", coalesce(case key when 0 then requests when 1 then errors else refusals end, 0) as "Requests [{request}]"
			from slot left join spend_at using (at), json_each('["answered","failed","refused"]') order by key, at`,
	},
	{
		ID: "api_performance", Section: api, Title: "Models", Shape: report.Grid, Unit: "s", Ignores: userIgnored,
		Question: "How fast do models answer, and how often do they fail? Requests and the durations beside them are of those that were answered; all requests, and the mean of all, have those that failed, too.",
		Query: `select s.name as "Model", requests as "Requests [{request}]", errors as "Errors [{error}]",
			errors * 1.0 / nullif(requests + errors, 0) as "Error rate [1]", refusals as "Refusals [{refusal}]",
			l.mean / 1e3 as "Mean [s]", l.p50 / 1e3 as "p50 [s]", l.p95 / 1e3 as "p95 [s]", l.p99 / 1e3 as "p99 [s]",
			requests + errors as "All requests [{request}]",
			(coalesce(l.n * l.mean, 0) + coalesce(e.n * e.mean, 0)) / 1e3 / nullif(coalesce(l.n, 0) + coalesce(e.n, 0), 0) as "Mean of all [s]", of
			from spend_model s left join latency_model l using (name) left join latency_error e on e.name = s.name order by requests desc, s.name limit 30`,
	},
	{
		ID: "latency_over_time", Section: api, Title: "How long answers take", Shape: report.Line, Unit: "s", Ignores: userIgnored,
		Question: "How long do requests take, for half of them, and for the slowest?",
		Query: `select at as "Time [time]", value as "Percentile", case key when 0 then p50 when 1 then p95 else p99 end / 1e3 as "Duration [s]"
			from slot left join latency_at using (at), json_each('["p50","p95","p99"]') order by key, at`,
	},
	{
		ID: "status_codes", Section: api, Title: "Failed requests by status", Shape: report.Grid, Unit: "{error}", Ignores: userIgnored,
		Question: "With which status do requests fail? Without one there was no answer.",
		Query: `select iif(status = '(unknown)', 'none', status) as "Status", model as "Model", n as "Errors [{error}]", count(*) over () as of
			from failure order by n desc, status, model limit 30`,
	},
	{
		ID: "cache", Section: api, Title: "Cache by model", Shape: report.Bar, Unit: "1",
		Question: "How well is the cache used? What share of the input came from it.",
		Query: `select name as "Model", cache_read * 1.0 / nullif(input + cache_read + cache_creation, 0) as "Cache hits [1]",
			cache_read as "Read [{token}]", cache_creation as "Created [{token}]", input as "Not cached [{token}]", of
			from spend_model where input + cache_read + cache_creation > 0 order by cache_read desc, name limit 20`,
	},
	{
		ID: "cache_over_time", Section: api, Title: "Cache over time", Shape: report.Line, Unit: "1",
		Question: "Is the cache used better or worse than before?",
		Query: `select at as "Time [time]", cache_read * 1.0 / nullif(input + cache_read + cache_creation, 0) as "Cache hits [1]"
			from slot left join spend_at using (at) order by at`,
	},
}

var alertPanels = []report.Panel{
	{
		ID: "alerts_firing", Section: alerting, Title: "Firing now", Shape: report.Grid, Ignores: allIgnored,
		Question: "What needs someone's attention?",
		Query: `select name as "Alert", severity as "Severity", detail as "What", starts as "Since [time]", seen as "Last told [time]", times as "Told [{time}]", count(*) over () as of
			from told where status = 'firing' order by starts desc, name limit 50`,
	},
	{
		ID: "alerts_recent", Section: alerting, Title: "Recent alerts", Shape: report.Grid, Ignores: allIgnored,
		Question: "What fired and is over?",
		Query: `select name as "Alert", severity as "Severity", detail as "What", starts as "From [time]", ends as "To [time]", count(*) over () as of
			from told where status <> 'firing' order by seen desc, name limit 50`,
	},
}
