package panels

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

var apiPanels = []report.Panel{
	{
		ID: "requests_over_time", Section: api, Title: "Answered requests over time", Shape: report.Line,
		Question: "How many requests were answered?",
		Columns:  overTime("Requests", "{request}", "requests"),
		Query:    report.Query{Fact: "usage", Sums: []string{"requests"}},
	},
	{
		ID: "failed_requests_over_time", Section: api, Title: "Failed requests over time", Shape: report.Line,
		Question: "When did requests fail after all retries, and when did models refuse to answer?",
		Columns:  linesOverTime("Outcome", "", "Requests", "{request}", ""),
		Query: report.Query{Fact: "usage", Sums: []string{"errors", "refusals"}, Split: []report.Part{
			{Name: "failed", Value: "errors"}, {Name: "refused", Value: "refusals"},
		}},
	},
	{
		ID: "api_performance", Section: api, Title: "Models", Shape: report.Grid,
		Question: "How fast are models, and how often do they fail? Requests and durations cover answered requests; All requests and Mean of all include failed ones.",
		Columns: []report.Column{
			name("Model", "model"), listed("Requests", "{request}", "requests", allPrompts), listed("Errors", "{error}", "errors", failedPrompts),
			number("Error rate", "1", errorRate), listed("Refusals", "{refusal}", "refusals", refusedPrompts),
			number("Mean", "s", ratio("answered.duration_us / 1e6", "answered.timed")),
			number("p50", "s", "answered.p50"), number("p95", "s", "answered.p95"), number("p99", "s", "answered.p99"),
			number("All requests", "{request}", "requests + errors"),
			number("Mean of all", "s", ratio("coalesce(answered.duration_us, 0) + coalesce(failed.duration_us, 0)",
				"coalesce(answered.timed, 0) + coalesce(failed.timed, 0)")+" / 1e6"),
		},
		Query: report.Query{
			Fact: "usage", By: []string{"model"}, Sums: []string{"requests", "errors", "refusals"},
			Join: []report.Join{latencyOf("answered", answered, true), latencyOf("failed", failed, false)}, Limit: 30,
		},
	},
	{
		ID: "latency_over_time", Section: api, Title: "Request duration", Shape: report.Line,
		Question: "How long do requests take: the median, the 95th and the 99th percentile?",
		Columns:  linesOverTime("Percentile", "", "Duration", "s", ""),
		Query: report.Query{
			Fact: "request_latency", Only: map[string]string{"outcome": answered}, Quantiles: true,
			Split: []report.Part{{Name: "p50", Value: "p50"}, {Name: "p95", Value: "p95"}, {Name: "p99", Value: "p99"}},
		},
	},
	{
		ID: "status_codes", Section: api, Title: "Failed requests by status", Shape: report.Grid,
		Question: "With which status do requests fail? A request without a status got no response.",
		Columns: []report.Column{
			name("Status", "case when status_code = '(unknown)' then 'none' else status_code end"), name("Model", "model"),
			listed("Errors", "{error}", "errors", failedPrompts),
		},
		Query: report.Query{Fact: "api_errors", By: []string{"status_code", "model"}, Sums: []string{"errors"}, Order: "3 desc, 1, 2", Limit: 30},
	},
	{
		ID: "cache", Section: api, Title: "Cache by model", Shape: report.Bar,
		Question: "How well is the cache used? The share of the input that was read from it.",
		Columns: []report.Column{
			name("Model", "model"), number("Cache hits", "1", cacheHits), number("Read", "{token}", "cache_read"),
			number("Created", "{token}", "cache_creation"), number("Not cached", "{token}", "input"),
		},
		Query: report.Query{
			Fact: "usage", By: []string{"model"}, Sums: tokenSums,
			Having: "input + cache_read + cache_creation > 0", Order: "3 desc, 1", Limit: 20,
		},
	},
	{
		ID: "cache_over_time", Section: api, Title: "Cache over time", Shape: report.Line,
		Question: "Is the cache used better or worse over time?",
		Columns:  overTime("Cache hits", "1", cacheHits),
		Query:    report.Query{Fact: "usage", Sums: tokenSums},
	},
}

// The outcomes of request_latency.
const (
	answered = "ok"
	failed   = "error"
)

// latencyOf returns the join of the durations of requests with an outcome. It is empty
// for a user: histograms by user would be too large.
func latencyOf(name, outcome string, quantiles bool) report.Join {
	return report.Join{Name: name, Optional: true, Query: report.Query{
		Fact: "request_latency", By: []string{"model"}, Sums: []string{"timed", "duration_us"},
		Only: map[string]string{"outcome": outcome}, Quantiles: quantiles,
	}}
}

var alertPanels = []report.Panel{
	{
		ID: "alerts_firing", Section: alerting, Title: "Firing now", Shape: report.Grid,
		Question: "Which alerts need attention?",
		Columns: []report.Column{
			name("Alert", "name"), name("Severity", "severity"), name("Details", "detail"), at("Since", "starts_at"),
			at("Last notified", "last_seen"), number("Notifications", "{notification}", "notifications"),
		},
		Query: report.Query{Fact: "alerts", Only: map[string]string{"status": "firing"}, Order: "4 desc, 1, 3", Limit: 50},
	},
	{
		ID: "alerts_recent", Section: alerting, Title: "Recent alerts", Shape: report.Grid,
		Question: "Which alerts fired and are resolved?",
		Columns: []report.Column{
			name("Alert", "name"), name("Severity", "severity"), name("Details", "detail"), at("From", "starts_at"), at("To", "ends_at"),
		},
		Query: report.Query{Fact: "alerts", Having: "status <> 'firing'", Order: "last_seen desc, 1, 3", Limit: 50},
	},
}
