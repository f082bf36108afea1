package panels

import (
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

var costPanels = []report.Panel{
	{
		ID: "cost_over_time", Section: costs, Title: "Cost over time", Shape: report.Line,
		Question: "When was the money spent?",
		Columns:  overTime("Cost", "USD", usd),
		Query:    report.Query{Fact: "usage", Sums: costSums},
	},
	{
		ID: "cost_by_user", Section: costs, Title: "Cost by user", Shape: report.Bar,
		Question: "Which users cost most, and how many requests did they send?",
		Columns: []report.Column{
			name("User", "user"), number("Cost", "USD", usd), listed("Requests", "{request}", "requests", allPrompts),
			number("Tokens", "{token}", tokens), number("Cost per request", "USD", usdPerRequest), unpriced,
		},
		Query: report.Query{Fact: "usage", By: []string{"user"}, Sums: slices.Concat(costSums, tokenSums), Rank: []string{"cost_micros", "unpriced"}, Limit: 20},
	},
	{
		ID: "cost_by_organization", Section: costs, Title: "Cost by organization", Shape: report.Bar,
		Question: "Which organizations cost most?",
		Columns: []report.Column{
			name("Organization", "organization"), number("Cost", "USD", usd), number("Users", "{user}", "users"),
			number("Requests", "{request}", "requests"), number("Cost per request", "USD", usdPerRequest), unpriced,
		},
		Query: report.Query{Fact: "usage", By: []string{"organization"}, Sums: append(costSums[:3:3], report.Users), Limit: 20},
	},
	{
		ID: "cost_by_model", Section: costs, Title: "Cost by model", Shape: report.Bar,
		Question: "Which models cost most?",
		Columns: []report.Column{
			name("Model", "model"), number("Cost", "USD", usd), number("Users", "{user}", "users"),
			number("Requests", "{request}", "requests"), number("Cost per request", "USD", usdPerRequest), unpriced,
			number("Input", "{token}", "input"), number("Output", "{token}", "output"),
			number("Read from cache", "{token}", "cache_read"), number("Written to cache", "{token}", "cache_creation"),
		},
		Query: report.Query{Fact: "usage", By: []string{"model"}, Sums: slices.Concat(costSums, tokenSums, []string{report.Users}), Limit: 20},
	},
	{
		ID: "cost_by_source", Section: costs, Title: "Cost by query source", Shape: report.Bar,
		Question: "How much of the cost is the conversation, and how much is background work of the client?",
		Columns:  []report.Column{name("Query source", "query_source"), number("Cost", "USD", usd), number("Requests", "{request}", "requests"), unpriced},
		Query:    report.Query{Fact: "usage", By: []string{"query_source"}, Sums: costSums, Having: "requests > 0", Limit: 20},
	},
	{
		ID: "employee_cost", Section: costs, Title: "Cost per active user", Shape: report.Grid,
		Question: "Is the value in proportion to the cost? The cost of an active user for a month of thirty days, compared with the value of a seat.",
		Columns: []report.Column{
			name("Organization", "organization"), number("Active users", "{user}", "users"), number("Cost", "USD", spent),
			number("Cost per active user", "USD", ratio(spent, "users")),
			number("A month", "USD", ratio(spent, "users")+" * 30.0 / days"),
			number("Value of a seat", "USD", "seat_value_usd"),
			number("Share of the value", "1", ratio(spent, "users")+" * 30.0 / days / seat_value_usd"),
		},
		Query: report.Query{
			Fact: "activity", By: []string{"organization"}, Sums: []string{"events", report.Users},
			Join: []report.Join{
				{Name: "spent", Query: report.Query{Fact: "usage", By: []string{"organization"}, Sums: []string{"cost_micros", "unpriced"}}},
				{Name: "span", Query: report.Query{Fact: "span"}},
			},
			Order: "3 desc nulls last, 1", Limit: 20, Total: "All",
		},
	},
}

// spent is the cost of an organization, 0 if it has no requests.
const spent = "case when coalesce(cost_micros, 0) > 0 or coalesce(unpriced, 0) = 0 then coalesce(cost_micros, 0) / 1e6 end"
