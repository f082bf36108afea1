package cowork

import "strings"

// A Dimension reads from an event what a configuration groups or splits by. It
// returns "" where the event does not say.
type Dimension func(Event) string

var dimensions = map[string]Dimension{
	"user":           Event.User,
	"organization":   attribute("organization.id"),
	"model":          firstOf("model", "gen_ai.request.model"),
	"tool":           Event.tool,
	"connector":      Event.connector,
	"skill":          Event.skill,
	"plugin":         attribute("plugin.name"),
	"agent":          Event.agent,
	"client_version": Event.ClientVersion,
}

// DimensionOf returns the dimension of a name: user, organization, model, tool,
// connector, skill, plugin, agent or client_version. Any other name is an
// attribute's. Resolve once, then call for each event.
func DimensionOf(name string) Dimension {
	if d, ok := dimensions[name]; ok {
		return d
	}
	return attribute(name)
}

// Dimension returns what the event says about a dimension. For one event;
// [DimensionOf] is for many.
func (e Event) Dimension(name string) string { return DimensionOf(name)(e) }

func attribute(name string) Dimension {
	return func(e Event) string { return e.text(name) }
}

func firstOf(names ...string) Dimension {
	return func(e Event) string {
		for _, name := range names {
			if s := e.text(name); s != "" {
				return s
			}
		}
		return ""
	}
}

// userAttributes tell whose an event is, the most telling first. user.id is an
// installation: one person can have several.
var userAttributes = []string{"user.account_uuid", "enduser.id", "user.email", "process.owner", "user.id"}

// User returns who an event is counted under: the first attribute that names
// someone and is no marker, "" if none does.
func (e Event) User() string {
	for _, name := range userAttributes {
		if s := e.text(name); s != "" && !IsMarker(s) {
			return s
		}
	}
	return ""
}

const (
	anyMCPTool = "mcp_tool" // what newer clients call every tool of a connector
	mcpPrefix  = "mcp__"
)

// tool returns the tool of an event: its own name where that tells, else that of
// the connector's tool.
func (e Event) tool() string {
	name := e.text("tool_name")
	if name == anyMCPTool {
		if s := e.text("mcp_tool.name"); s != "" {
			return s
		}
		if s := e.parameter("mcp_tool_name"); s != "" {
			return s
		}
		return name
	}
	if _, tool, ok := cutMCP(name); ok {
		return tool
	}
	return name
}

// connector returns the MCP server of an event, from wherever its client's
// version writes it (telemetry.md §6, row 20).
func (e Event) connector() string {
	for _, name := range []string{"mcp_server.name", "anthropic.mcp.server.name", "server_name"} {
		if s := e.text(name); s != "" {
			return s
		}
	}
	if s := e.parameter("mcp_server_name"); s != "" {
		return s
	}
	server, _, _ := cutMCP(e.text("tool_name"))
	return server
}

// cutMCP cuts mcp__server__tool into server and tool.
func cutMCP(name string) (server, tool string, ok bool) {
	rest, ok := strings.CutPrefix(name, mcpPrefix)
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, "__")
}

func (e Event) skill() string {
	if s := e.text("skill.name"); s != "" {
		return s
	}
	return e.parameter("skill_name")
}

func (e Event) agent() string {
	for _, name := range []string{"agent.name", "agent_type"} {
		if s := e.text(name); s != "" {
			return s
		}
	}
	return e.parameter("subagent_type")
}

// parameter returns a text of tool_parameters.
func (e Event) parameter(name string) string {
	for key, value := range members(e.text("tool_parameters")) {
		if key == name {
			return value
		}
	}
	return ""
}
