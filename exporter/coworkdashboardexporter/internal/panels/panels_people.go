package panels

import (
	"slices"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// noTeams is shown in place of panels by team while no user has one.
const noTeams = "No teams are known. The processor cowork_roster adds them."

// withTeams leaves out the users without a team while no user has one: a roster is missing.
const withTeams = "team <> '(unknown)' or exists (select 1 from people where team_id > 0)"

var peoplePanels = []report.Panel{
	{
		ID: "people", Section: people, Title: "People", Shape: report.Bar,
		Question: "Who uses Cowork, at what cost, and whose calls and requests fail?",
		Columns: []report.Column{
			name("User", "user"), number("Cost", "USD", spent), listed("Prompts", "{prompt}", typed, allPrompts), listed("Sessions", "{session}", "sessions", allSessions),
			number("Requests", "{request}", "requests"), listed("Failed requests", "{request}", "errors", failedPrompts),
			listed("Failed calls", "{call}", "coalesce(failures, 0)", failedPrompts), name("Team", "nullif(team, '(unknown)')"),
		},
		Query: report.Query{
			Fact: "activity", By: []string{"user", "team"}, Sums: slices.Concat(costSums, []string{"prompts", "sessions", "errors"}),
			Join:  []report.Join{{Name: "called", Query: report.Query{Fact: "tool_calls", By: []string{"user"}, Sums: []string{"failures"}}}},
			Rank:  []string{"cost_micros", "unpriced"},
			Limit: 50,
		},
	},
	{
		ID: "cost_by_team", Section: people, Title: "Cost by team", Shape: report.Bar, Empty: noTeams,
		Question: "Which teams cost most, in all and for each user? All usage of a user counts to the present team.",
		Columns: []report.Column{
			name("Team", "team"), number("Cost", "USD", usd), number("Users", "{user}", "users"), number("Cost per user", "USD", ratio("cost_micros / 1e6", "users")),
			number("Requests", "{request}", "requests"), number("Cost per request", "USD", usdPerRequest), unpriced,
		},
		Query: report.Query{Fact: "usage", By: []string{"team"}, Sums: append(costSums[:3:3], report.Users), Having: withTeams, Limit: 30},
	},
	{
		ID: "cost_by_cost_center", Section: people, Title: "Cost by cost center", Shape: report.Bar,
		Empty:    "No cost centers are known. The processor cowork_roster adds them.",
		Question: "Which cost centers bear the cost? All usage of a user counts to the present cost center.",
		Columns: []report.Column{
			name("Cost center", "cost_center"), number("Cost", "USD", usd), number("Users", "{user}", "users"),
			number("Requests", "{request}", "requests"), number("Cost per request", "USD", usdPerRequest), unpriced,
		},
		Query: report.Query{
			Fact: "usage", By: []string{"cost_center"}, Sums: append(costSums[:3:3], report.Users),
			Having: "cost_center <> '(unknown)' or exists (select 1 from people where cost_center_id > 0)", Limit: 30,
		},
	},
	{
		ID: "adoption_by_team", Section: people, Title: "Adoption by team", Shape: report.Bar, Empty: noTeams,
		Question: "Which teams use Cowork, and how much? Known users are those of the team with any stored event.",
		Columns: []report.Column{
			name("Team", "team"), number("Active users", "{user}", "main.users"), number("Known users", "{user}", "known.users"),
			number("Share of known users", "1", ratio("main.users", "known.users")), number("Prompts", "{prompt}", typed),
			number("Prompts per active user", "{prompt}", ratio(typed, "main.users")), number("Sessions", "{session}", "sessions"),
		},
		Query: report.Query{
			Fact: "activity", By: []string{"team"}, Sums: []string{"prompts", "sessions", report.Users},
			Join:   []report.Join{{Name: "known", Optional: true, Query: report.Query{Fact: "people", By: []string{"team"}, Sums: []string{report.Users}}}},
			Having: withTeams, Limit: 30,
		},
	},
	{
		ID: "prompts_by_team_over_time", Section: people, Title: "Prompts by team over time", Shape: report.Line, Empty: noTeams,
		Question: "In which teams does the use grow? Prompts that people typed, in the six teams with the most, by day or week.",
		Columns:  linesOverTime("Team", "team", "Prompts", "{prompt}", typed),
		Query:    report.Query{Fact: "activity", By: []string{"team"}, Sums: []string{"prompts"}, Having: withTeams, Top: 6, Coarse: true},
	},
}
