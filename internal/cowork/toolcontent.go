package cowork

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// The attributes with the arguments of a tool call.
const (
	toolParameters = "tool_parameters"
	toolInput      = "tool_input"
)

// ToolContents are the attributes that [CommandOf], [FilePathOf], [URLOf] and [ToolTextOf]
// read.
var ToolContents = []string{toolParameters, toolInput}

// The arguments that hold a command. Tools of connectors have no common name for it.
var (
	commandKeys          = []string{"command", "bash_command"}
	connectorCommandKeys = append([]string{"cmd", "script", "shell_command", "command_line", "commandLine", "code"}, commandKeys...)
)

// CommandOf returns the shell command of a tool call, "" if it has none. The complete
// command of tool_parameters comes before the longest of those that a client may cut.
func CommandOf(e Event) string {
	command, keys := "", commandKeys
	if isConnectorTool(e) {
		keys = connectorCommandKeys
	}
	for _, attribute := range ToolContents {
		complete := false
		toolTexts(e, attribute, func(depth int, key, value string) bool {
			switch {
			case depth != 1:
			case key == "full_command" && value != "":
				command, complete = value, true
			case len(value) > len(command) && slices.Contains(keys, key):
				command = value
			}
			return !complete
		})
		if complete {
			break
		}
	}
	return command
}

// fileTools are the tools whose arguments are a path of a file or a folder.
var fileTools = []string{"Read", "Write", "Edit", "MultiEdit", "NotebookEdit", "NotebookRead", "Glob", "Grep", "LS"}

var pathKeys = []string{"file_path", "notebook_path", "path"}

// FilePathOf returns the path that a call of a file tool names, with slashes for
// backslashes, "" if it names none.
func FilePathOf(e Event) string {
	if !slices.Contains(fileTools, e.text("tool_name")) {
		return ""
	}
	return strings.ReplaceAll(ToolArgumentOf(e, pathKeys...), `\`, "/")
}

// URLOf returns the URL that a tool call requests, "" if it has none.
func URLOf(e Event) string { return ToolArgumentOf(e, "url") }

// ToolArgumentOf returns the first argument of a tool call with one of some keys, "" if it
// has none.
func ToolArgumentOf(e Event, keys ...string) (argument string) {
	for _, attribute := range ToolContents {
		toolTexts(e, attribute, func(depth int, key, value string) bool {
			if depth == 1 && slices.Contains(keys, key) {
				argument = value
			}
			return argument == ""
		})
	}
	return argument
}

// ToolTextOf returns all strings of a tool call's arguments, one a line, "" if it has none.
func ToolTextOf(e Event) string {
	var texts []string
	for _, attribute := range ToolContents {
		toolTexts(e, attribute, func(_ int, _, value string) bool {
			texts = append(texts, value)
			return true
		})
	}
	return strings.Join(texts, "\n")
}

// toolTexts calls visit with the strings of an attribute, which is JSON in a string, or a
// map where a client or a processor decoded it. Any other text is one string.
func toolTexts(e Event, attribute string, visit func(depth int, key, value string) bool) {
	v, ok := e.Value(attribute)
	if !ok {
		return
	}
	if v.Type() != pcommon.ValueTypeStr {
		valueTexts(v, 0, "", visit)
		return
	}
	text := v.Str()
	if label, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(label, toolInputHeading) {
		text = rest
	}
	if trimmed := strings.TrimLeft(text, jsonSpace); strings.HasPrefix(trimmed, "{") {
		jsonTexts(trimmed, visit)
		return
	}
	visit(0, "", text)
}

// maxDepth bounds the depth of decoded arguments that are read.
const maxDepth = 32

// valueTexts is [jsonTexts] for a decoded value. It returns false if visit did.
func valueTexts(v pcommon.Value, depth int, key string, visit func(depth int, key, value string) bool) bool {
	switch {
	case v.Type() == pcommon.ValueTypeStr:
		return visit(depth, key, v.Str())
	case depth >= maxDepth:
		return true
	case v.Type() == pcommon.ValueTypeSlice:
		for _, element := range v.Slice().All() {
			if !valueTexts(element, depth+1, key, visit) {
				return false
			}
		}
		return true
	}
	m, ok := asMap(v)
	if !ok {
		return true
	}
	for k, member := range m.All() {
		if !valueTexts(member, depth+1, k, visit) {
			return false
		}
	}
	return true
}
