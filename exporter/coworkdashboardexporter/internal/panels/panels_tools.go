package panels

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// ofConnectors leaves out the tools that no connector provides.
const ofConnectors = "connector <> '(unknown)'"

var toolPanels = []report.Panel{
	{
		ID: "calls", Section: tooling, Title: "Calls of tools", Shape: report.Figure, Href: "/tools",
		Question: "How many tools ran?",
		Columns:  figure("Calls", "{call}", "calls"),
		Query:    report.Query{Fact: "tool_calls", Sums: []string{"calls"}},
	},
	{
		ID: "failed_calls", Section: tooling, Title: "Failed calls", Shape: report.Figure, Href: failedPrompts,
		Question: "How many calls of tools failed? The link leads to their prompts.",
		Columns:  figure("Failed", "{call}", "failures"),
		Query:    report.Query{Fact: "tool_calls", Sums: []string{"failures"}},
	},
	{
		ID: "rejected_calls", Section: tooling, Title: "Rejected calls", Shape: report.Figure, Href: rejectedPrompts,
		Question: "How many calls of tools were rejected? The link leads to their prompts.",
		Columns:  figure("Rejected", "{call}", "rejections"),
		Query:    report.Query{Fact: "tool_calls", Sums: []string{"rejections"}},
	},
	{
		ID: "calls_over_time", Section: tooling, Title: "Calls over time", Shape: report.Line,
		Question: "When did tools run?",
		Columns:  overTime("Calls", "{call}", "calls"),
		Query:    report.Query{Fact: "tool_calls", Sums: []string{"calls"}},
	},
	{
		ID: "failures_over_time", Section: tooling, Title: "Failed calls over time", Shape: report.Line,
		Question: "When did calls of tools fail, and when were they rejected?",
		Columns:  linesOverTime("Outcome", "", "Calls", "{call}", ""),
		Query: report.Query{Fact: "tool_calls", Sums: []string{"failures", "rejections"}, Split: []report.Part{
			{Name: "failed", Value: "failures"}, {Name: "rejected", Value: "rejections"},
		}},
	},
	{
		ID: "failures_by_user", Section: tooling, Title: "Failed calls by user", Shape: report.Bar,
		Question: "Whose calls of tools fail? A cause at one user differs from one at all.",
		Columns: []report.Column{
			name("User", "user"), listed("Failures", "{call}", "failures", failedPrompts), listed("Calls", "{call}", "calls", allPrompts),
			number("Error rate", "1", ratio("failures", "calls")),
		},
		Query: report.Query{Fact: "tool_calls", By: []string{"user"}, Sums: []string{"calls", "failures"}, Having: "failures > 0", Rank: []string{"failures"}, Limit: 20},
	},
	{
		ID: "tools", Section: tooling, Title: "Tools", Shape: report.Bar,
		Question: "Which tools run, how often do they succeed, and how long do they take?",
		Columns: []report.Column{
			name("Tool", "tool"), listed("Calls", "{call}", "calls", allPrompts), number("Success", "1", "1 - "+ratio("failures", "calls")),
			listed("Failures", "{call}", "failures", failedPrompts),
			number("Mean duration", "s", ratio("duration_us / 1e6", "timed")), number("p95", "s", "latency.p95"),
		},
		Query: report.Query{
			Fact: "tool_calls", By: []string{"tool"}, Sums: []string{"calls", "failures", "timed", "duration_us"},
			Join: []report.Join{{Name: "latency", Optional: true, Query: report.Query{
				Fact: "tool_latency", By: []string{"tool"}, Quantiles: true,
			}}},
			Having: "calls > 0", Limit: 30,
		},
	},
	{
		ID: "connector_error_rate", Section: tooling, Title: "Error rate by connector", Shape: report.Bar,
		Question: "Which connectors are unreliable? The share of the calls of their tools that fail.",
		Columns: []report.Column{
			name("Connector", "connector"), number("Error rate", "1", ratio("failures", "calls")),
			listed("Failures", "{call}", "failures", failedPrompts), listed("Calls", "{call}", "calls", allPrompts),
		},
		Query: report.Query{
			Fact: "tool_calls", By: []string{"connector"}, Sums: []string{"calls", "failures"},
			Having: "calls > 0 and " + ofConnectors, Order: "2 desc, 4 desc, 1", Limit: 20,
		},
	},
	{
		ID: "connector_errors", Section: tooling, Title: "Connector errors by type", Shape: report.Grid,
		Question: "Which errors occur in connectors: in their tools, their connections, and API requests for them?",
		Columns:  []report.Column{name("Connector", "connector"), name("Error", "error_type"), listed("Errors", "{error}", "errors", failedPrompts)},
		Query:    report.Query{Fact: "connector_errors", By: []string{"connector", "error_type"}, Sums: []string{"errors"}, Order: "3 desc, 1, 2", Limit: 30},
	},
	{
		ID: "connector_errors_over_time", Section: tooling, Title: "Connector errors over time", Shape: report.Line,
		Question: "When did connectors fail?",
		Columns:  linesOverTime("Connector", "connector", "Errors", "{error}", "errors"),
		Query:    report.Query{Fact: "connector_errors", By: []string{"connector"}, Sums: []string{"errors"}, Top: 6},
	},
	{
		ID: "connections", Section: tooling, Title: "Connections to connectors", Shape: report.Grid,
		Question: "Which connectors connect, and which fail?",
		Columns: []report.Column{
			name("Connector", "connector"), number("Connected", "{connection}", "connected.connections"),
			number("Failed", "{connection}", "failed.connections"), number("Ended", "{connection}", "ended.connections"),
		},
		Query: report.Query{
			Fact: "connections", By: []string{"connector"}, Sums: []string{"connections"},
			Join:  []report.Join{connectionsWith("connected", "connected"), connectionsWith("failed", "failed"), connectionsWith("ended", "disconnected")},
			Order: "main.connections desc, 1", Limit: 30,
		},
	},
	{
		ID: "decisions", Section: permissions, Title: "Permission decisions", Shape: report.Grid,
		Question: "Which tools are allowed, and who decides? Consider removing a tool that users often reject.",
		Columns: []report.Column{
			name("Tool", "tool"), name("Decision", "decision"), name("Decided by", "decision_source"), number("Decisions", "{decision}", "decisions"),
		},
		Query: report.Query{
			Fact: "tool_decisions", By: []string{"tool", "decision", "decision_source"}, Sums: []string{"decisions"},
			Order: "4 desc, 1, 2, 3", Limit: 30,
		},
	},
	{
		ID: "rejections", Section: permissions, Title: "Rejected tools", Shape: report.Bar,
		Question: "What share of the uses of each tool is rejected?",
		Columns: []report.Column{
			name("Tool", "tool"), number("Rejected", "1", ratio("rejections", "decisions")),
			listed("Rejections", "{decision}", "rejections", rejectedPrompts), number("Decisions", "{decision}", "decisions"),
		},
		Query: report.Query{
			Fact: "tool_calls", By: []string{"tool"}, Sums: []string{"decisions", "rejections"},
			Having: "rejections > 0", Order: "2 desc, 4 desc, 1", Limit: 20,
		},
	},
	{
		ID: "modes", Section: permissions, Title: "Permission modes", Shape: report.Bar,
		Question: "Do people let Cowork act without confirmation?",
		Columns:  []report.Column{name("Mode", "permission_mode"), number("Decisions", "{decision}", "decisions")},
		Query:    report.Query{Fact: "permission_modes", By: []string{"permission_mode"}, Sums: []string{"decisions"}, Limit: 10},
	},
}

// connectionsWith returns the join of the connections with a status.
func connectionsWith(name, status string) report.Join {
	return report.Join{Name: name, Query: report.Query{
		Fact: "connections", By: []string{"connector"}, Sums: []string{"connections"}, Only: map[string]string{"status": status},
	}}
}
