package monthly

// A sectionSpec is a section of the report with its panels.
type sectionSpec struct {
	title   string
	intro   string
	figures []figureSpec
	tables  []tableSpec
}

// A figureSpec is the figure of a panel. A growing number is bad for some.
type figureSpec struct {
	panel, title, unit string
	bad                bool
}

// A tableSpec is a table of a panel: its first columns, of which one is compared with the
// month before. Rows without it are left out.
type tableSpec struct {
	panel, title string
	columns      []string
	compare      string
	sorted       bool // by compare
	budgets      bool // of teams
	none         string
}

// sections are the sections of the report. A panel that the page lacks is left out.
var sections = []sectionSpec{
	{
		title: "Cost", intro: "Costs are estimates from list prices, not a bill. All usage of a person counts to the present team.",
		figures: []figureSpec{{"cost", "Cost", "USD", false}, {"cost_per_request", "Cost per request", "USD", false}, {"tokens", "Tokens", "{token}", false}},
		tables: []tableSpec{
			{panel: "cost_by_team", title: "By team", columns: []string{"Team", "Cost", "Users", "Cost per user"}, compare: "Cost", budgets: true, none: "No teams are known. A roster (cowork_roster) adds them."},
			{panel: "cost_by_user", title: "People who cost most", columns: []string{"User", "Cost", "Requests"}, compare: "Cost", none: "Nobody used Cowork."},
			{panel: "cost_by_model", title: "By model", columns: []string{"Model", "Cost", "Requests"}, compare: "Cost", none: "No model was used."},
		},
	},
	{
		title: "Adoption", intro: "Who uses Cowork, and how much.",
		figures: []figureSpec{{"active_users", "Active people", "{user}", false}, {"prompts", "Prompts typed", "{prompt}", false}, {"sessions", "Sessions", "{session}", false}, {"tasks", "Tasks of clients", "{prompt}", false}},
		tables: []tableSpec{
			{panel: "adoption_by_team", title: "By team", columns: []string{"Team", "Active users", "Known users", "Share of known users", "Prompts per active user"}, compare: "Active users", none: "No teams are known."},
			{panel: "skills", title: "Skills in use", columns: []string{"Skill", "Activations", "Users"}, compare: "Activations", none: "No skill was used."},
		},
	},
	{
		title: "Failures", intro: "What did not work.",
		figures: []figureSpec{{"failed_calls", "Failed calls of tools", "{call}", true}, {"rejected_calls", "Rejected calls", "{call}", true}, {"error_rate", "API error rate", "1", true}},
		tables: []tableSpec{
			{panel: "tools", title: "Tools that fail most", columns: []string{"Tool", "Failures", "Calls", "Success"}, compare: "Failures", sorted: true, none: "No call of a tool failed."},
			{panel: "connector_error_rate", title: "Connectors that fail most", columns: []string{"Connector", "Failures", "Calls", "Error rate"}, compare: "Failures", sorted: true, none: "No connector failed."},
		},
	},
	{
		title: "Security", intro: "What deserves a look.",
		figures: []figureSpec{
			{"unconfirmed", "Acted without confirmation", "{decision}", true},
			{"secrets_redacted", "Secrets redacted", "{secret}", true},
			{"unofficial_plugins", "Unofficial plugins", "{plugin}", true},
			{"new_connectors", "New connectors", "{connector}", true},
			{"disabled_calls", "Calls to disabled hosts", "{call}", true},
			{"unlisted_calls", "Calls to unlisted hosts", "{call}", true},
		},
		tables: []tableSpec{
			{panel: "hosts_by_verdict", title: "Destinations by verdict of the egress list", columns: []string{"Verdict", "Hosts", "Users", "Calls"}, compare: "Calls", none: "No call named a host. Clients send parameters of tools only with their tool details switched on."},
			{panel: "hosts_disabled", title: "Disabled hosts that calls named", columns: []string{"Host", "Calls"}, compare: "Calls", none: "No call named a disabled host."},
			{panel: "unconfirmed_by_user", title: "Who lets Cowork act without confirmation", columns: []string{"User", "Mode", "Decisions"}, compare: "Decisions", none: "Nobody did."},
			{panel: "secrets_by_user", title: "Whose texts contained secrets", columns: []string{"User", "Secrets"}, compare: "Secrets", none: "Nobody’s did."},
			{panel: "unofficial_in_use", title: "Plugins that are not official", columns: []string{"Plugin", "Source", "Users"}, compare: "Users", none: "None is in use."},
		},
	},
}

func (r *reader) section(spec *sectionSpec) Section {
	s := Section{Title: spec.title, Text: []string{spec.intro}}
	for _, f := range spec.figures {
		now, before, known := r.both(f.panel)
		if !known {
			continue
		}
		s.Figures = append(s.Figures, Figure{f.title, format(now, f.unit), format(before, f.unit), change(now, before), f.bad && now > before})
	}
	for i := range spec.tables {
		if t := r.answer(spec.tables[i].panel, r.month); t != nil {
			s.Tables = append(s.Tables, r.table(&spec.tables[i], t))
		}
	}
	return s
}
