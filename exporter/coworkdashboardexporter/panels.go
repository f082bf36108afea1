package coworkdashboardexporter

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// The sections of the page, in the order of their panels.
const (
	overview = "Overview"
	cost     = "Cost"
	use      = "Use"
	tools    = "Tools and connectors"
	api      = "API"
	alerts   = "Alerts"
)

// What a panel's sums do not know.
var (
	noModel     = []string{"model"}
	onlyCompany = []string{"user", "model"}
	nothing     = []string{"organization", "user", "model"}
)

// panels are what the page asks. To add a panel, add its row: the query is SQL over the
// relations that internal/store names in relations.go, a column is called
// "name [unit]", and a column "of" says how many rows there would be without the limit.
var panels = []report.Panel{
	{
		ID: "cost", Section: overview, Title: "Cost", Shape: report.Figure, Unit: "USD",
		Question: "What did Cowork cost, by the clients' estimate?",
		Query: `select coalesce((select cost from spend_total), 0) / 1e6 as "Cost [USD]",
			coalesce((select cost from spend_prior), 0) / 1e6 as "Before [USD]"`,
	},
	{
		ID: "tokens_by_user", Section: use, Title: "Tokens by user and day", Shape: report.Heat, Unit: "{token}",
		Question: "Who used how many tokens each day? Of the ten who used most.",
		Query: `select name as "User", date as "Day", sum(input + output + cache_read + cache_creation) as "Tokens [{token}]"
			from user_at join slot using (at) group by rank, date order by rank, date`,
	},
}
