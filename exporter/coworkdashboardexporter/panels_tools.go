package coworkdashboardexporter

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

var toolPanels = []report.Panel{
	{
		ID: "tools", Section: tooling, Title: "Tools", Shape: report.Bar, Unit: "{call}", Ignores: bothIgnored,
		Question: "Which tools run, how often do they succeed, and how long do they take?",
		Query: `select t.tool as "Tool", sum(calls) as "Calls [{call}]", 1 - sum(failures) * 1.0 / sum(calls) as "Success [1]",
			sum(ms) / 1e3 / nullif(sum(timed), 0) as "Mean duration [s]", max(l.p95) / 1e3 as "p95 [s]", count(*) over () as of
			from tool t left join latency_tool l on l.name = t.tool group by t.tool order by 2 desc, 1 limit 30`,
	},
	{
		ID: "connector_error_rate", Section: tooling, Title: "Error rate by connector", Shape: report.Bar, Unit: "1", Ignores: bothIgnored,
		Question: "Which connectors are unreliable? The share of the calls of their tools that fail.",
		Query: `select connector as "Connector", sum(failures) * 1.0 / sum(calls) as "Error rate [1]", sum(failures) as "Failures [{call}]",
			sum(calls) as "Calls [{call}]", count(*) over () as of from tool where connector <> '(unknown)'
			group by connector order by 2 desc, 4 desc, 1 limit 20`,
	},
	{
		ID: "connector_errors", Section: tooling, Title: "Connector errors by type", Shape: report.Grid, Unit: "{error}", Ignores: bothIgnored,
		Question: "Which errors occur in connectors: in their tools, their connections, and API requests for them?",
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
		Question: "Which connectors connect, and which fail?",
		Query: `select connector as "Connector", sum(n) filter (where status = 'connected') as "Connected [{connection}]",
			sum(n) filter (where status = 'failed') as "Failed [{connection}]", sum(n) filter (where status = 'disconnected') as "Ended [{connection}]",
			count(*) over () as of from connection group by connector order by sum(n) desc, connector limit 30`,
	},
	{
		ID: "decisions", Section: tooling, Title: "Permission decisions", Shape: report.Grid, Unit: "{decision}", Ignores: bothIgnored,
		Question: "Which tools are allowed, and who decides? Consider removing a tool that users often reject.",
		Query: `select tool as "Tool", decision as "Decision", source as "Decided by", n as "Decisions [{decision}]", count(*) over () as of
			from decision order by n desc, tool, decision, source limit 30`,
	},
	{
		ID: "rejections", Section: tooling, Title: "Rejected tools", Shape: report.Bar, Unit: "1", Ignores: bothIgnored,
		Question: "What share of the uses of each tool is rejected?",
		Query: `select tool as "Tool", sum(n) filter (where decision = 'reject') * 1.0 / sum(n) as "Rejected [1]",
			sum(n) filter (where decision = 'reject') as "Rejections [{decision}]", sum(n) as "Decisions [{decision}]", count(*) over () as of
			from decision group by tool having sum(n) filter (where decision = 'reject') > 0 order by 2 desc, 4 desc, 1 limit 20`,
	},
	{
		ID: "modes", Section: tooling, Title: "Permission modes", Shape: report.Bar, Unit: "{decision}", Ignores: bothIgnored,
		Question: "Do people let Cowork act without confirmation?",
		Query: `select mode as "Mode", n as "Decisions [{decision}]", count(*) over () as of
			from mode order by n desc, mode limit 10`,
	},
}
