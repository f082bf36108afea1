package panels

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

var usePanels = []report.Panel{
	{
		ID: "tokens_by_user_day", Section: use, Title: "Tokens by user and day", Shape: report.Heat,
		Question: "How many tokens did each user use per day? The ten users with the most tokens.",
		Columns:  []report.Column{name("User", "user"), name("Day", "day"), number("Tokens", "{token}", tokens)},
		Query:    report.Query{Fact: "usage", By: []string{"user", "day"}, Sums: tokenSums, Rank: tokenSums, Top: 10},
	},
	{
		ID: "tokens_over_time", Section: use, Title: "Tokens over time", Shape: report.Line,
		Question: "How many tokens were used, of which type?",
		Columns:  linesOverTime("Type", "", "Tokens", "{token}", ""),
		Query: report.Query{Fact: "usage", Sums: tokenSums, Split: []report.Part{
			{Name: "input", Value: "input"},
			{Name: "output", Value: "output"},
			{Name: "cache read", Value: "cache_read"},
			{Name: "cache creation", Value: "cache_creation"},
		}},
	},
	{
		ID: "prompts_over_time", Section: use, Title: "Prompts over time", Shape: report.Line,
		Question: "When do people type prompts, and when do clients start tasks themselves?",
		Columns:  linesOverTime("Started by", "", "Prompts", "{prompt}", ""),
		Query: report.Query{Fact: "activity", Sums: promptSums, Split: []report.Part{
			{Name: "people", Value: typed}, {Name: "clients", Value: started},
		}},
	},
	{
		ID: "prompts_by_hour", Section: use, Title: "Typed prompts by hour", Shape: report.Heat,
		Question: "At which hours do people type prompts? Prompts at night and at weekends may be unexpected.",
		Columns:  []report.Column{name("Day", "weekday"), name("Hour", fact.HourOfDay), number("Prompts", "{prompt}", "prompts")},
		Query:    report.Query{Fact: "prompt_hours", By: []string{"weekday", fact.HourOfDay}, Sums: []string{"prompts"}},
	},
	{
		ID: "prompts_by_origin", Section: use, Title: "Prompts by origin", Shape: report.Bar,
		Question: "What started the prompts: a person, a background task, a schedule, or another agent?",
		Columns:  []report.Column{name("Origin", ""), number("Prompts", "{prompt}", "")},
		Query: report.Query{Fact: "activity", Sums: promptSums, Split: []report.Part{
			{Name: "user", Value: "prompts"},
			{Name: "task", Value: "tasks"},
			{Name: "schedule", Value: "schedules"},
			{Name: "agent", Value: "agent_prompts"},
		}},
	},
	{
		ID: "active_users_over_time", Section: use, Title: "Active users over time", Shape: report.Line,
		Question: "How many people use Cowork, and is the number growing?",
		Columns:  overTime("Users", "{user}", "users"),
		Query:    report.Query{Fact: "activity", Sums: []string{report.Users}},
	},
	{
		ID: "busiest_users", Section: use, Title: "Busiest users", Shape: report.Bar,
		Question: "Who types the most prompts, and whose clients start tasks?",
		Columns: []report.Column{
			name("User", "user"), listed("Prompts", "{prompt}", typed, allPrompts),
			number("Tasks of clients", "{prompt}", started), listed("Sessions", "{session}", "sessions", allSessions),
		},
		Query: report.Query{Fact: "activity", By: []string{"user"}, Sums: append(promptSums[:4:4], "sessions"), Rank: []string{"prompts"}, Limit: 20},
	},
	{
		ID: "skills", Section: use, Title: "Skills in use", Shape: report.Bar,
		Question: "Which skills are used, and by how many people?",
		Columns: []report.Column{
			name("Skill", "skill"), number("Activations", "{activation}", "activations"),
			number("Users", "{user}", "users"), name("Plugin", "nullif(plugin, '(unknown)')"),
		},
		Query: report.Query{Fact: "skills", By: []string{"skill", "plugin"}, Sums: []string{"activations", report.Users}, Order: "2 desc, 1, 4", Limit: 20},
	},
	{
		ID: "plugins", Section: use, Title: "Plugins in use", Shape: report.Grid,
		Question: "Which plugins are loaded, from where, and by how many people?",
		Columns: []report.Column{
			name("Plugin", "plugin"), name("Scope", "plugin_scope"), name("Enabled by", "enabled_via"),
			number("Users", "{user}", "adopted.users"), number("Loads", "{load}", "loads"),
		},
		Query: report.Query{
			Fact: "plugins", By: []string{"plugin", "plugin_scope", "enabled_via"}, Sums: []string{"loads"},
			Join: []report.Join{{Name: "adopted", Query: report.Query{
				Fact: "plugin_users", By: []string{"plugin", "enabled_via"}, Sums: []string{report.Users},
			}}},
			Order: "4 desc nulls last, 5 desc, 1, 2, 3", Limit: 50,
		},
	},
	{
		ID: "plugin_spread", Section: use, Title: "Adoption of the organization's plugins", Shape: report.Bar,
		Question: "What share of active users loads each plugin that the organization distributes?",
		Columns: []report.Column{
			name("Plugin", "plugin"), number("Share of active users", "1", ratio("main.users", "active.users")),
			number("Users", "{user}", "main.users"), number("Active users", "{user}", "active.users"), at("Since", "first_day"),
		},
		Query: report.Query{
			Fact: "plugin_users", By: []string{"plugin"}, Sums: []string{report.Users, "first_day"}, Only: map[string]string{"enabled_via": "org-policy"},
			Join: []report.Join{{Name: "active", Query: report.Query{Fact: "activity", Sums: []string{report.Users}}}},
		},
	},
	{
		ID: "agents", Section: use, Title: "Subagents", Shape: report.Bar,
		Question: "Which subagents run, and for how long?",
		Columns:  []report.Column{name("Subagent", "agent"), number("Runs", "{run}", "runs"), number("Mean duration", "s", ratio("duration_us / 1e6", "timed"))},
		Query:    report.Query{Fact: "subagents", By: []string{"agent"}, Sums: []string{"runs", "timed", "duration_us"}, Limit: 20},
	},
	{
		ID: "versions", Section: use, Title: "Requests by client version", Shape: report.Bar,
		Question: "Which versions of the client are in use?",
		Columns:  []report.Column{name("Version", "client_version"), number("Requests", "{request}", "requests"), number("Events", "{event}", "events")},
		Query:    report.Query{Fact: "versions", By: []string{"client_version"}, Sums: []string{"requests", "events"}, Order: "2 desc, 3 desc, 1", Limit: 30},
	},
}
