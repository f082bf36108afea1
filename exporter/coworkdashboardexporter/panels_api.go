package coworkdashboardexporter

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

var apiPanels = []report.Panel{
	{
		ID: "requests_over_time", Section: api, Title: "Requests over time", Shape: report.Line, Unit: "{request}",
		Question: "How many requests were answered, and how many failed or were refused?",
		Query: `select at as "Time [time]", value as "Outcome", coalesce(case key when 0 then requests when 1 then errors else refusals end, 0) as "Requests [{request}]"
			from slot left join spend_at using (at), json_each('["answered","failed","refused"]') order by key, at`,
	},
	{
		ID: "api_performance", Section: api, Title: "Models", Shape: report.Grid, Unit: "s", Ignores: userIgnored,
		Question: "How fast are models, and how often do they fail? Requests and durations cover answered requests; All requests and Mean of all include failed ones.",
		Query: `select s.name as "Model", requests as "Requests [{request}]", errors as "Errors [{error}]",
			errors * 1.0 / nullif(requests + errors, 0) as "Error rate [1]", refusals as "Refusals [{refusal}]",
			l.mean / 1e3 as "Mean [s]", l.p50 / 1e3 as "p50 [s]", l.p95 / 1e3 as "p95 [s]", l.p99 / 1e3 as "p99 [s]",
			requests + errors as "All requests [{request}]",
			(coalesce(l.n * l.mean, 0) + coalesce(e.n * e.mean, 0)) / 1e3 / nullif(coalesce(l.n, 0) + coalesce(e.n, 0), 0) as "Mean of all [s]", of
			from spend_model s left join latency_model l using (name) left join latency_error e on e.name = s.name order by requests desc, s.name limit 30`,
	},
	{
		ID: "latency_over_time", Section: api, Title: "Request duration", Shape: report.Line, Unit: "s", Ignores: userIgnored,
		Question: "How long do requests take: the median, the 95th and the 99th percentile?",
		Query: `select at as "Time [time]", value as "Percentile", case key when 0 then p50 when 1 then p95 else p99 end / 1e3 as "Duration [s]"
			from slot left join latency_at using (at), json_each('["p50","p95","p99"]') order by key, at`,
	},
	{
		ID: "status_codes", Section: api, Title: "Failed requests by status", Shape: report.Grid, Unit: "{error}", Ignores: userIgnored,
		Question: "With which status do requests fail? A request without a status got no response.",
		Query: `select iif(status = '(unknown)', 'none', status) as "Status", model as "Model", n as "Errors [{error}]", count(*) over () as of
			from failure order by n desc, status, model limit 30`,
	},
	{
		ID: "cache", Section: api, Title: "Cache by model", Shape: report.Bar, Unit: "1",
		Question: "How well is the cache used? The share of the input that was read from it.",
		Query: `select name as "Model", cache_read * 1.0 / nullif(input + cache_read + cache_creation, 0) as "Cache hits [1]",
			cache_read as "Read [{token}]", cache_creation as "Created [{token}]", input as "Not cached [{token}]", of
			from spend_model where input + cache_read + cache_creation > 0 order by cache_read desc, name limit 20`,
	},
	{
		ID: "cache_over_time", Section: api, Title: "Cache over time", Shape: report.Line, Unit: "1",
		Question: "Is the cache used better or worse over time?",
		Query: `select at as "Time [time]", cache_read * 1.0 / nullif(input + cache_read + cache_creation, 0) as "Cache hits [1]"
			from slot left join spend_at using (at) order by at`,
	},
}

var alertPanels = []report.Panel{
	{
		ID: "alerts_firing", Section: alerting, Title: "Firing now", Shape: report.Grid, Ignores: allIgnored,
		Question: "Which alerts need attention?",
		Query: `select name as "Alert", severity as "Severity", detail as "Details", starts as "Since [time]", seen as "Last notified [time]", times as "Notifications [{notification}]", count(*) over () as of
			from alerts where status = 'firing' order by starts desc, name limit 50`,
	},
	{
		ID: "alerts_recent", Section: alerting, Title: "Recent alerts", Shape: report.Grid, Ignores: allIgnored,
		Question: "Which alerts fired and are resolved?",
		Query: `select name as "Alert", severity as "Severity", detail as "Details", starts as "From [time]", ends as "To [time]", count(*) over () as of
			from alerts where status <> 'firing' order by seen desc, name limit 50`,
	},
}
