package cowork

import "strings"

// mcpTool is the tool_name that newer clients send for every connector's tool.
const mcpTool = "mcp_tool"

// toolParameter returns a string of tool_parameters.
func toolParameter(e Event, key string) string { return jsonMember(e, "tool_parameters", key) }

// jsonMember returns a string of an attribute, which is JSON in a string, or a map where
// a client or a processor decoded it.
func jsonMember(e Event, attribute, key string) string {
	v, ok := e.Value(attribute)
	if !ok {
		return ""
	}
	m, ok := asMap(v)
	if !ok {
		return jsonString(v.Str(), key)
	}
	if v, ok := lookup(m, key); ok {
		s, _ := asString(v)
		return s
	}
	return ""
}

// splitMCP splits mcp__server__tool, the name by which the model calls a connector's
// tool.
func splitMCP(name string) (server, tool string, ok bool) {
	rest, ok := strings.CutPrefix(name, "mcp__")
	if !ok {
		return "", "", false
	}
	server, tool, ok = strings.Cut(rest, "__")
	return server, tool, ok && server != "" && tool != ""
}

// toolOf returns the name of an event's tool. A connector's tool has its own name where
// that is known, instead of mcp_tool, which all of them share.
func toolOf(e Event) string {
	name := e.text("tool_name")
	if _, tool, ok := splitMCP(name); ok {
		return tool
	}
	if name != mcpTool {
		return name
	}
	if tool := toolParameter(e, "mcp_tool_name"); tool != "" {
		return tool
	}
	if tool := e.text("mcp_tool.name"); tool != "" {
		return tool
	}
	return name
}

// connectorOf returns the MCP server of an event, from the first of the attributes that
// the versions of the client use.
func connectorOf(e Event) string {
	if server := e.text("mcp_server.name"); server != "" {
		return server
	}
	if server := toolParameter(e, "mcp_server_name"); server != "" {
		return server
	}
	if server, _, ok := splitMCP(e.text("tool_name")); ok {
		return server
	}
	return e.text("server_name")
}

func skillOf(e Event) string {
	if name := e.text("skill.name"); name != "" {
		return name
	}
	return toolParameter(e, "skill_name")
}

func agentOf(e Event) string {
	for _, key := range [...]string{"agent.name", "agent_type"} {
		if name := e.text(key); name != "" {
			return name
		}
	}
	return toolParameter(e, "subagent_type")
}
