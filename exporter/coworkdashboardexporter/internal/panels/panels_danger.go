package panels

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// dangerPanels are what the overview lists as dangerous, one row for each name.
var dangerPanels = []report.Panel{
	{
		ID: "unofficial_in_use", Section: security, Title: "Plugins from elsewhere", Shape: report.Bar,
		Question: "Which plugins are in use that neither Anthropic nor the organization distributes?",
		Columns:  []report.Column{name("Plugin", "plugin"), number("Users", "{user}", "users")},
		Query:    report.Query{Fact: "user_plugins", By: []string{"plugin"}, Sums: []string{report.Users, "unofficial"}, Having: "unofficial > 0", Limit: 20},
	},
	{
		ID: "secrets_by_user", Section: security, Title: "Secrets redacted, by user", Shape: report.Bar,
		Question: "In whose work did redaction find keys, tokens and passwords?",
		Columns:  []report.Column{name("User", "user"), number("Secrets", "{secret}", "redactions")},
		Query: report.Query{
			Fact: "redactions", By: []string{"user"}, Sums: []string{"redactions"}, Only: map[string]string{"pattern": "api_key"}, Having: "redactions > 0", Limit: 20,
		},
	},
	{
		ID: "connectors_new", Section: security, Title: "New connectors, by users", Shape: report.Bar,
		Question: "Which connectors did nobody use until a week before the end of the time range?",
		Columns:  []report.Column{name("Connector", "connector"), number("Users", "{user}", "users")},
		Query:    report.Query{Fact: "user_connectors", By: []string{"connector"}, Sums: []string{report.Users, "recent"}, Having: "recent = 1", Limit: 20},
	},
	{
		ID: "hosts_disabled", Section: security, Title: "Disabled hosts", Shape: report.Bar,
		Question: "Which hosts that the organization has disabled do calls of tools name?",
		Columns:  []report.Column{name("Host", "host"), number("Calls", "{call}", "calls")},
		Query:    report.Query{Fact: "egress", By: []string{"host"}, Sums: []string{"calls"}, Only: map[string]string{"verdict": "disabled"}, Having: "calls > 0", Limit: 20},
	},
	{
		ID: "hosts_unlisted", Section: security, Title: "Unlisted hosts", Shape: report.Bar,
		Question: "Which hosts that no list has do calls of tools name?",
		Columns:  []report.Column{name("Host", "host"), number("Calls", "{call}", "calls")},
		Query:    report.Query{Fact: "egress", By: []string{"host"}, Sums: []string{"calls"}, Only: map[string]string{"verdict": "unlisted"}, Having: "calls > 0", Limit: 20},
	},
}
