package synthetic

// A connector is an MCP server that sessions connect to.
type connector struct {
	name      string
	transport string
	scope     string
	hosted    bool // built into Desktop, which always exports its names
	methods   []string
}

// connectors are the connectors of the seats, weighted by popularity.
var connectors = []weighted[*connector]{
	{30, &connector{"claude.ai Google Drive", "claudeai-proxy", "claudeai", false, []string{"search_files", "read_file", "list_recent"}}},
	{24, &connector{"claude.ai Slack", "claudeai-proxy", "claudeai", false, []string{"search_messages", "post_message", "read_channel"}}},
	{18, &connector{"claude.ai HubSpot", "claudeai-proxy", "claudeai", false, []string{"lookup_contact", "list_deals", "update_deal"}}},
	{10, &connector{"ticketing", "http", "user", false, []string{"find_tickets", "comment"}}},
	{8, &connector{"warehouse", "stdio", "dynamic", false, []string{"run_query", "describe_table"}}},
	{10, &connector{"cowork", "sdk", "dynamic", true, []string{"present_files", "request_cowork_directory"}}},
}

// connectionErrors are the failures of connections: code, and text if details are
// exported.
var connectionErrors = []toolError{
	{"ENOENT", "ENOENT: no such file or directory, posix_spawn 'node'"},
	{"-32000", "MCP error -32000: Connection closed"},
	{"EUNKNOWN", "sign-in expired for %s"},
}

// A skill is a written procedure that the model follows.
type skill struct{ name, source, kind, plugin string }

var skills = []weighted[*skill]{
	{34, &skill{"xlsx", "bundled", "skill", ""}},
	{24, &skill{"pptx", "bundled", "skill", ""}},
	{18, &skill{"weekly-report", "projectSettings", "skill", ""}},
	{14, &skill{"invoice-check", "plugin", "skill", "finance-tools"}},
	{10, &skill{"contract-review", "plugin", "skill", "legal-tools"}},
}

// An agent is a kind of subagent.
type agent struct {
	name    string
	builtIn bool
	steps   float64 // median number of requests
}

var agents = []weighted[*agent]{
	{55, &agent{"general-purpose", true, 3}},
	{30, &agent{"Explore", true, 4}},
	{15, &agent{"fact-checker", false, 2}},
}

// source returns the query_source of a subagent's requests.
func (a *agent) source() string {
	if a.builtIn {
		return "agent:builtin:" + a.name
	}
	return "agent:custom"
}

// origin returns the agent.source of a subagent.
func (a *agent) origin() string {
	if a.builtIn {
		return "built-in"
	}
	return "projectSettings"
}

// A plugin is a bundle that a session loads when it starts.
type plugin struct {
	name, marketplace, version, scope, enabledVia string
	hooks, mcp                                    bool
	skills                                        int64
}

// bundledPlugins are part of newer clients; departmentPlugins are added for a
// department.
var (
	bundledPlugins = []plugin{
		{"cc-plugin-agents-md", "builtin", "", "default-bundle", "default-enable", true, false, 0},
		{"cc-plugin-privacy", "builtin", "", "default-bundle", "default-enable", true, false, 0},
		{"cc-plugin-plugin-authoring", "builtin", "", "default-bundle", "default-enable", true, false, 0},
	}
	departmentPlugins = map[string][]plugin{
		"finance": {{"finance-tools", "acme-marketplace", "1.4.0", "org", "managed", false, false, 2}},
		"legal":   {{"legal-tools", "acme-marketplace", "0.9.2", "org", "managed", false, false, 1}},
		"sales":   {{"productivity", "claude-plugins-official", "2.1.0", "official", "user-install", false, true, 4}},
		"support": {{"productivity", "claude-plugins-official", "2.1.0", "official", "user-install", false, true, 4}},
	}
)

// commands are slash commands.
var commands = []struct{ name, source string }{
	{"compact", "builtin"}, {"init", "builtin"}, {"schedule", "builtin"}, {"weekly", "custom"}, {"triage", "mcp"},
}
