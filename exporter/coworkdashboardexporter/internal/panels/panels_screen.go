package panels

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// screenPanels are the panels that were made for the overview.
var screenPanels = []report.Panel{
	{
		ID: "failures", Section: overview, Title: "Failures", Shape: report.Bar,
		Question: "What failed, was refused by the model, or was rejected by people and settings?",
		Columns:  []report.Column{name("Failure", ""), number("Number", "{failure}", "")},
		Query: report.Query{
			Fact: "usage", Sums: []string{"errors", "refusals"},
			Join: []report.Join{{Name: "tools", Query: report.Query{Fact: "tool_calls", Sums: []string{"failures", "rejections"}}}},
			Split: []report.Part{
				{Name: "failed API requests", Value: "errors"},
				{Name: "refused API requests", Value: "refusals"},
				{Name: "failed tool calls", Value: "tools.failures"},
				{Name: "rejected tool calls", Value: "tools.rejections"},
			},
		},
	},
	{
		ID: "bypassed_permissions", Section: overview, Title: "Without confirmation", Shape: report.Bar,
		Question: "Who let Cowork act without asking for permission?",
		Columns:  []report.Column{name("User", "user"), number("Decisions", "{decision}", "decisions")},
		Query: report.Query{
			Fact: "permission_modes", By: []string{"user"}, Sums: []string{"decisions"},
			Only: map[string]string{"permission_mode": "bypassPermissions"}, Limit: 20,
		},
	},
}
