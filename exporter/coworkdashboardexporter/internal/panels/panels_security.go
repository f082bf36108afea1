package panels

import "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"

// verdictOnPlugin is the verdict on the scope of a plugin.
const verdictOnPlugin = "case when plugin_scope in ('official', 'default-bundle') then 'official' when plugin_scope = 'org' then 'organization' else 'unofficial' end"

// isNew marks what no user had until a week before the end of the time range.
var isNew = name("State", "case when recent = 1 then 'new' end")

// securityFigures are the summary of the page, each with the severity of what is not 0.
var securityFigures = []report.Panel{
	{
		ID: "bypassed", Section: security, Title: "Permissions bypassed", Shape: report.Figure, Severity: "critical", Href: "#p-unconfirmed_by_user",
		Question: "How many decisions did Cowork make in the mode bypassPermissions, which checks nothing?",
		Columns:  figure("Decisions", "{decision}", "decisions"),
		Query:    report.Query{Fact: "unconfirmed", Sums: []string{"decisions"}, Only: map[string]string{"permission_mode": "bypassPermissions"}},
	},
	{
		ID: "unconfirmed", Section: security, Title: "Without confirmation", Shape: report.Figure, Severity: "warning", Href: "#p-unconfirmed_by_user",
		Question: "How many decisions did Cowork make in a mode that does not ask: auto, dontAsk or bypassPermissions?",
		Columns:  figure("Decisions", "{decision}", "decisions"),
		Query:    report.Query{Fact: "unconfirmed", Sums: []string{"decisions"}},
	},
	{
		ID: "secrets_redacted", Section: security, Title: "Secrets redacted", Shape: report.Figure, Severity: "warning", Href: "#p-redactions_by_user",
		Question: "How many keys, tokens and passwords did redaction replace?",
		Columns:  figure("Secrets", "{secret}", "redactions"),
		Query:    report.Query{Fact: "redactions", Sums: []string{"redactions"}, Only: map[string]string{"pattern": "api_key"}},
	},
	{
		ID: "unofficial_plugins", Section: security, Title: "Unofficial plugins", Shape: report.Figure, Severity: "warning", Href: "#p-plugin_sources",
		Question: "How many plugins are in use that neither Anthropic nor the organization distributes?",
		Columns:  []report.Column{number("Plugins", "{plugin}", "unofficial")},
		Query:    report.Query{Fact: "user_plugins", Sums: []string{"unofficial"}},
	},
	{
		ID: "new_connectors", Section: security, Title: "New connectors", Shape: report.Figure, Severity: "warning", Href: "#p-connector_sources",
		Question: "How many connectors did nobody use until a week before the end of the time range?",
		Columns:  []report.Column{number("Connectors", "{connector}", "new_names")},
		Query:    report.Query{Fact: "user_connectors", Sums: []string{"new_names"}},
	},
	{
		ID: "disabled_calls", Section: security, Title: "Calls to disabled hosts", Shape: report.Figure, Severity: "critical", Href: "#p-egress",
		Question: "How many calls named a host that the organization has disabled?",
		Columns:  figure("Calls", "{call}", "calls"),
		Query:    report.Query{Fact: "egress", Sums: []string{"calls"}, Only: map[string]string{"verdict": "disabled"}},
	},
	{
		ID: "unlisted_calls", Section: security, Title: "Calls to unlisted hosts", Shape: report.Figure, Severity: "info", Href: "#p-egress",
		Question: "How many calls named a host that is not on a list?",
		Columns:  figure("Calls", "{call}", "calls"),
		Query:    report.Query{Fact: "egress", Sums: []string{"calls"}, Only: map[string]string{"verdict": "unlisted"}},
	},
	{
		ID: "scheduled", Section: security, Title: "Scheduled tasks", Shape: report.Figure, Severity: "info", Href: "#p-scheduled_tasks",
		Question: "How often did Cowork schedule work for later, or start a workflow?",
		Columns:  figure("Tasks", "{call}", "calls"),
		Query:    report.Query{Fact: "scheduled_tasks", Sums: []string{"calls"}},
	},
}

// unlessUnknown empties a verdict that cowork_egress has not written.
const unlessUnknown = "nullif(verdict, '(unknown)')"

// byVerdict orders verdicts by what deserves a look first.
const byVerdict = "case verdict when 'disabled' then 1 when 'unlisted' then 2 when 'allowed' then 3 else 4 end, 1"

var securityPanels = []report.Panel{
	{
		ID: "unconfirmed_by_user", Section: permissions, Title: "Without confirmation, by user", Shape: report.Bar,
		Question: "Who lets Cowork act without confirmation?",
		Columns:  []report.Column{name("User", "user"), number("Decisions", "{decision}", "decisions"), name("Mode", "permission_mode")},
		Query:    report.Query{Fact: "unconfirmed", By: []string{"user", "permission_mode"}, Sums: []string{"decisions"}, Order: "2 desc, 1, 3", Limit: 30},
		Empty:    "Nobody let Cowork act without confirmation in this time range.",
	},
	{
		ID: "unconfirmed_by_tool", Section: permissions, Title: "Without confirmation, by tool", Shape: report.Bar,
		Question: "Which tools ran without confirmation?",
		Columns:  []report.Column{name("Tool", "tool"), number("Decisions", "{decision}", "decisions"), name("Mode", "permission_mode")},
		Query:    report.Query{Fact: "unconfirmed", By: []string{"tool", "permission_mode"}, Sums: []string{"decisions"}, Order: "2 desc, 1, 3", Limit: 30},
		Empty:    "No tool ran without confirmation in this time range.",
	},
	{
		ID: "rejections_by_user", Section: permissions, Title: "Rejected calls, by user", Shape: report.Grid,
		Question: "Whose calls are rejected, of which tools, and by whom or what?",
		Columns: []report.Column{
			name("User", "user"), name("Tool", "tool"), name("Decided by", "decision_source"), number("Rejections", "{decision}", "rejections"),
		},
		Query: report.Query{Fact: "rejections", By: []string{"user", "tool", "decision_source"}, Sums: []string{"rejections"}, Order: "4 desc, 1, 2, 3", Limit: 30},
		Empty: "No call was rejected in this time range.",
	},
	{
		ID: "hosts_by_verdict", Section: reach, Title: "Hosts by verdict", Shape: report.Bar,
		Question: "How many calls named hosts that are disabled, unlisted, allowed or local, and how many such hosts are there?",
		Columns: []report.Column{
			name("Verdict", "verdict"), number("Calls", "{call}", "calls"), number("Hosts", "{host}", "seen.names"), number("Users", "{user}", "seen.users"),
		},
		Query: report.Query{
			Fact: "egress", By: []string{"verdict"}, Sums: []string{"calls"}, Order: byVerdict, Limit: 4,
			Join: []report.Join{{Name: "seen", Query: report.Query{Fact: "user_hosts", By: []string{"verdict"}, Sums: []string{"names", report.Users}}}},
		},
		Empty: "No call named a host in this time range. Clients send parameters of tools only with their tool details switched on.",
	},
	{
		ID: "egress", Section: reach, Title: "Hosts", Shape: report.Bar,
		Question: "Which hosts do calls of tools name: in fetched pages, network commands, and parameters of connectors? Needs the client's tool details.",
		Columns: []report.Column{
			name("Host", "host"), number("Calls", "{call}", "calls"), name("Verdict", "verdict"),
			number("Users", "{user}", "seen.users"), at("First seen", "seen.first_day"), at("Last seen", "seen.last_day"),
		},
		Query: report.Query{
			Fact: "egress", By: []string{"host", "verdict"}, Sums: []string{"calls"}, Order: "case verdict when 'disabled' then 1 else 2 end, 2 desc, 1, 3", Limit: 50,
			Join: []report.Join{{Name: "seen", Query: report.Query{Fact: "user_hosts", By: []string{"host", "verdict"}, Sums: []string{report.Users, "first_day", "last_day"}}}},
		},
		Empty: "No call named a host in this time range. Clients send parameters of tools only with their tool details switched on.",
	},
	{
		ID: "disabled_users", Section: reach, Title: "Who reached a disabled host", Shape: report.Grid,
		Question: "Who reached which host that the organization has disabled, the latest first?",
		Columns:  []report.Column{name("Host", "host"), name("User", "user"), at("First seen", "first_day"), at("Last seen", "last_day")},
		Query: report.Query{
			Fact: "user_hosts", By: []string{"host", "user"}, Sums: []string{"first_day", "last_day"},
			Only: map[string]string{"verdict": "disabled"}, Order: "4 desc, 1, 2", Limit: 30,
		},
		Empty: "No call named a disabled host in this time range. The processor cowork_egress has the list.",
	},
	{
		ID: "egress_users", Section: reach, Title: "Who reached an unlisted host", Shape: report.Grid,
		Question: "Who reached which unlisted host, the newest first?",
		Columns:  []report.Column{name("Host", "host"), name("User", "user"), at("First seen", "first_day"), at("Last seen", "last_day"), isNew},
		Query: report.Query{
			Fact: "user_hosts", By: []string{"host", "user"}, Sums: []string{"first_day", "last_day", "recent"},
			Only: map[string]string{"verdict": "unlisted"}, Order: "3 desc, 1, 2", Limit: 30,
		},
		Empty: "No call named an unlisted host in this time range.",
	},
	{
		ID: "connector_sources", Section: reach, Title: "Connectors", Shape: report.Grid,
		Question: "Which connectors and MCP servers are in use, from which scope, with which verdict of cowork_egress, and which are new this week?",
		Columns: []report.Column{
			name("Connector", "connector"), name("Scope", "scope"), name("Verdict", unlessUnknown), number("Users", "{user}", "users"),
			at("First seen", "first_day"), at("Last seen", "last_day"), isNew,
		},
		Query: report.Query{
			Fact: "user_connectors", By: []string{"connector", "scope", "verdict"}, Sums: []string{report.Users, "first_day", "last_day", "recent"},
			Order: "5 desc, 1, 2, 3", Limit: 50,
		},
	},
	{
		ID: "connector_users", Section: reach, Title: "Who uses which connector", Shape: report.Grid,
		Question: "Who uses which connector, the newest first?",
		Columns:  []report.Column{name("Connector", "connector"), name("User", "user"), at("First seen", "first_day"), at("Last seen", "last_day"), isNew},
		Query: report.Query{
			Fact: "user_connectors", By: []string{"connector", "user"}, Sums: []string{"first_day", "last_day", "recent"}, Order: "3 desc, 1, 2", Limit: 30,
		},
	},
	{
		ID: "plugin_sources", Section: extensions, Title: "Plugins and where they are from", Shape: report.Grid,
		Question: "Which plugins are official, from the organization, or from elsewhere?",
		Columns: []report.Column{
			name("Plugin", "plugin"), name("Verdict", verdictOnPlugin), name("Scope", "plugin_scope"), name("Marketplace", "marketplace"),
			number("Users", "{user}", "users"), at("First seen", "first_day"), at("Last seen", "last_day"), isNew,
		},
		Query: report.Query{
			Fact: "user_plugins", By: []string{"plugin", "plugin_scope", "marketplace"}, Sums: []string{report.Users, "first_day", "last_day", "recent"},
			Order: "2 desc, 5 desc, 1, 3, 4", Limit: 50,
		},
	},
	{
		ID: "plugin_installs", Section: extensions, Title: "Installed plugins", Shape: report.Grid,
		Question: "Who installed which plugin, from which marketplace?",
		Columns: []report.Column{
			name("User", "user"), name("Plugin", "plugin"), name("Marketplace", "marketplace"),
			name("Verdict", "case official when 'true' then 'official' when 'false' then 'unofficial' end"), number("Installations", "{installation}", "installs"),
		},
		Query: report.Query{Fact: "plugin_installs", By: []string{"user", "plugin", "marketplace", "official"}, Sums: []string{"installs"}, Order: "4 desc nulls last, 5 desc, 1, 2, 3", Limit: 50},
	},
	{
		ID: "plugin_verdicts", Section: extensions, Title: "Plugins by verdict", Shape: report.Grid,
		Question: "Which plugins are disabled, unlisted or allowed by the lists of cowork_egress?",
		Columns: []report.Column{
			name("Plugin", "plugin"), name("Verdict", "verdict"), number("Users", "{user}", "users"), at("First seen", "first_day"), at("Last seen", "last_day"),
		},
		Query: report.Query{
			Fact: "plugin_verdicts", By: []string{"plugin", "verdict"}, Sums: []string{report.Users, "first_day", "last_day"},
			Order: "case verdict when 'disabled' then 1 when 'unlisted' then 2 else 3 end, 3 desc, 1", Limit: 50,
		},
		Empty: "No plugin has a verdict in this time range. The processor cowork_egress adds verdicts by a list.",
	},
	{
		ID: "plugin_versions", Section: extensions, Title: "Plugins by version", Shape: report.Grid,
		Question: "How far has a version of a plugin come: how many users of which team have it?",
		Columns: []report.Column{
			name("Plugin", "plugin"), name("Version", "version"), name("Team", "team"), number("Users", "{user}", "users"),
			at("First seen", "first_day"), at("Last seen", "last_day"),
		},
		Query: report.Query{
			Fact: "plugin_versions", By: []string{"plugin", "version", "team"}, Sums: []string{report.Users, "first_day", "last_day"},
			Order: "1, 5 desc, 2, 4 desc, 3", Limit: 100,
		},
		Empty: "No client named the version of a plugin in this time range.",
	},
	{
		ID: "plugins_behind", Section: extensions, Title: "Who is behind", Shape: report.Grid,
		Question: "Who has an older version of a plugin than the newest one that anybody has?",
		Columns: []report.Column{
			name("Plugin", "plugin"), name("User", "user"), name("Version", "version"), name("Newest", "newest"), at("Last seen", "last_day"),
		},
		Query: report.Query{
			Fact: "plugins_behind", By: []string{"plugin", "user", "version", "newest"}, Sums: []string{"last_day"}, Order: "1, 5 desc, 2, 3, 4", Limit: 100,
		},
		Empty: "Everyone has the newest version of each plugin that was seen in this time range.",
	},
	{
		ID: "skill_sources", Section: extensions, Title: "Skills and where they are from", Shape: report.Grid,
		Question: "Which skills are in use, from which source?",
		Columns: []report.Column{
			name("Skill", "skill"), name("Source", "source"), name("Marketplace", "marketplace"), number("Users", "{user}", "users"), at("First seen", "first_day"), isNew,
		},
		Query: report.Query{
			Fact: "user_skills", By: []string{"skill", "source", "marketplace"}, Sums: []string{report.Users, "first_day", "recent"}, Order: "5 desc, 1, 2, 3", Limit: 50,
		},
	},
	{
		ID: "scheduled_tasks", Section: extensions, Title: "Scheduled tasks, by user", Shape: report.Bar,
		Question: "Who schedules work for later, or starts workflows?",
		Columns:  []report.Column{name("User", "user"), number("Calls", "{call}", "calls"), name("Tool", "tool")},
		Query:    report.Query{Fact: "scheduled_tasks", By: []string{"user", "tool"}, Sums: []string{"calls"}, Order: "2 desc, 1, 3", Limit: 30},
		Empty:    "Nobody scheduled work in this time range.",
	},
	{
		ID: "redactions", Section: redacted, Title: "Redactions by pattern", Shape: report.Bar,
		Question: "What did redaction replace? Replaced prompts, responses and identities are settings and do not count.",
		Columns:  []report.Column{name("Pattern", "pattern"), number("Redactions", "{redaction}", "redactions")},
		Query:    report.Query{Fact: "redactions", By: []string{"pattern"}, Sums: []string{"redactions"}, Limit: 30},
		Empty:    "Redaction replaced nothing in this time range.",
	},
	{
		ID: "redactions_by_user", Section: redacted, Title: "Redactions by user", Shape: report.Bar,
		Question: "In whose work did redaction find secrets and personal data?",
		Columns:  []report.Column{name("User", "user"), number("Redactions", "{redaction}", "redactions"), name("Pattern", "pattern")},
		Query:    report.Query{Fact: "redactions", By: []string{"user", "pattern"}, Sums: []string{"redactions"}, Order: "2 desc, 1, 3", Limit: 30},
		Empty:    "Redaction replaced nothing in this time range.",
	},
}
