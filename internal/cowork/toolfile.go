package cowork

import (
	"slices"
	"strings"
)

// ConnectorToolOf returns the server and the name of a connector's tool, such as
// mail/send_message, "" for a tool of the client.
func ConnectorToolOf(e Event) string {
	if !isConnectorTool(e) {
		return ""
	}
	return connectorOf(e) + "/" + toolOf(e)
}

func isConnectorTool(e Event) bool {
	name := e.text("tool_name")
	return name == mcpTool || strings.HasPrefix(name, "mcp__")
}

// A fileAccess is a way in which tools use files.
type fileAccess struct {
	tools []string // those of the client
	verbs []string // in the names of connectors' tools
}

var (
	fileReads = fileAccess{
		tools: []string{"Read", "Grep", "NotebookRead"},
		verbs: []string{"read", "get", "view", "open", "cat", "show", "load", "fetch", "download", "search", "grep"},
	}
	fileWrites = fileAccess{
		tools: []string{"Write", "Edit", "MultiEdit", "NotebookEdit"},
		verbs: []string{"write", "edit", "create", "append", "save", "update", "put", "insert", "replace", "patch", "push", "upload", "move", "copy"},
	}
)

// connectorPathKeys are the arguments of connectors' tools that name a file.
var connectorPathKeys = append([]string{"filepath", "filename", "file", "paths", "uri", "destination"}, pathKeys...)

// FileReadOf returns the path of the file that a tool call reads, "" if it reads none. See
// [FileWrittenOf].
func FileReadOf(e Event) string { return fileReads.pathOf(e) }

// FileWrittenOf returns the path of the file that a tool call writes, by a tool of the client
// or of a connector, with slashes for backslashes. A relative path of a connector begins with
// ./. It is "" if the call writes none.
func FileWrittenOf(e Event) string { return fileWrites.pathOf(e) }

func (a fileAccess) pathOf(e Event) string {
	if !isConnectorTool(e) {
		if slices.Contains(a.tools, e.text("tool_name")) {
			return FilePathOf(e)
		}
		return ""
	}
	name := strings.ToLower(toolOf(e))
	if !slices.ContainsFunc(a.verbs, func(verb string) bool { return strings.Contains(name, verb) }) {
		return ""
	}
	path := ""
	toolTexts(e, toolInput, func(_ int, key, value string) bool {
		if slices.Contains(connectorPathKeys, key) {
			path = value
		}
		return path == ""
	})
	path = strings.ReplaceAll(strings.TrimPrefix(path, "file://"), `\`, "/")
	if path == "" || strings.ContainsAny(path[:1], "/~") || strings.Contains(path, ":") {
		return path
	}
	return "./" + path
}
