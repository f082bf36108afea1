package panels

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

var overviewPanels = []report.Panel{
	{
		ID: "cost", Section: overview, Title: "Cost", Shape: report.Figure, Href: "/cost",
		Question: "What did Cowork cost? The client's estimate from list prices, not a bill.",
		Columns:  figure("Cost", "USD", usd),
		Query:    report.Query{Fact: "usage", Sums: costSums},
	},
	{
		ID: "cost_per_request", Section: overview, Title: "Cost per request", Shape: report.Figure, Href: "/cost",
		Question: "What does a request to the API cost on average?",
		Columns:  figure("Cost per request", "USD", usdPerRequest),
		Query:    report.Query{Fact: "usage", Sums: costSums},
	},
	{
		ID: "tokens", Section: overview, Title: "Tokens", Shape: report.Figure, Href: "/cost",
		Question: "How many tokens were used, including the cache?",
		Columns:  figure("Tokens", "{token}", tokens),
		Query:    report.Query{Fact: "usage", Sums: tokenSums},
	},
	{
		ID: "prompts", Section: overview, Title: "Prompts", Shape: report.Figure, Href: "/prompts",
		Question: "How many prompts did people type?",
		Columns:  figure("Prompts", "{prompt}", typed),
		Query:    report.Query{Fact: "activity", Sums: promptSums},
	},
	{
		ID: "tasks", Section: overview, Title: "Tasks of clients", Shape: report.Figure, Href: "/people",
		Question: "How many prompts did clients make themselves: for scheduled tasks, at the end of background tasks, for other agents?",
		Columns:  figure("Tasks", "{prompt}", started),
		Query:    report.Query{Fact: "activity", Sums: promptSums},
	},
	{
		ID: "sessions", Section: overview, Title: "Sessions", Shape: report.Figure, Href: "/sessions",
		Question: "How many sessions began?",
		Columns:  figure("Sessions", "{session}", "sessions"),
		Query:    report.Query{Fact: "activity", Sums: []string{"sessions"}},
	},
	{
		ID: "active_users", Section: overview, Title: "Active users", Shape: report.Figure, Href: "/people",
		Question: "How many people used Cowork?",
		Columns:  figure("Active users", "{user}", "users"),
		Query:    report.Query{Fact: "activity", Sums: []string{report.Users}},
	},
	{
		ID: "error_rate", Section: overview, Title: "API error rate", Shape: report.Figure, Href: "/api-requests",
		Question: "What share of requests failed after all retries?",
		Columns:  figure("Error rate", "1", errorRate),
		Query:    report.Query{Fact: "usage", Sums: []string{"requests", "errors"}},
	},
	{
		ID: "cache_hit_ratio", Section: overview, Title: "Cache hits", Shape: report.Figure, Href: "/api-requests",
		Question: "What share of the input was read from the cache, at a tenth of the price?",
		Columns:  figure("Cache hits", "1", cacheHits),
		Query:    report.Query{Fact: "usage", Sums: tokenSums},
	},
	{
		ID: "firing_alerts", Section: overview, Title: "Alerts firing", Shape: report.Figure, Href: "/alerts",
		Question: "How many alerts are firing now?",
		Columns:  []report.Column{number("Alerts", "{alert}", "alerts")},
		Query:    report.Query{Fact: "alerts", Sums: []string{"alerts"}, Only: map[string]string{"status": "firing"}},
	},
}
