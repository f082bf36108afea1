package cowork

import (
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// ContentArrived reports whether a record carries content that a client sends only
// while one of its content flags is set: prompts, answers, tool details, API bodies.
// Markers and empty values are not content.
func ContentArrived(e Event) bool {
	kind := e.Kind()
	if hasContent(e.rec.Attributes(), kind) {
		return true
	}
	attributes, ok := bodyAttributes(e.rec)
	return ok && hasContent(attributes, kind)
}

func hasContent(attributes pcommon.Map, kind *Kind) bool {
	for key, value := range attributes.All() {
		if isGated(key, kind) && hasValue(value) && (key != "tool_parameters" || isMoreThanTool(value)) {
			return true
		}
	}
	return false
}

// isGated reports whether clients send the attribute on this kind only while a flag is
// set.
func isGated(key string, kind *Kind) bool {
	attr := AttributeOf(key)
	return attr != nil && attr.Gate != None && (kind == nil || !slices.Contains(kind.Ungated, key))
}

// hasValue reports whether a value is present and not a marker.
func hasValue(v pcommon.Value) bool {
	return present(v) && (v.Type() != pcommon.ValueTypeStr || !IsMarker(v.Str()))
}

// isMoreThanTool reports whether tool_parameters hold more than the names of a
// connector and its tool, which clients since 2.1.214 send for the desktop's own
// servers independently of the flags.
func isMoreThanTool(parameters pcommon.Value) bool {
	if m, ok := asMap(parameters); ok {
		for key := range m.All() {
			if !namesTool(key) {
				return true
			}
		}
		return false
	}
	text := parameters.Str()
	fields, named := jsonObject(text), strings.TrimSpace(text) == "{}"
	for key, _, ok := fields.next(); ok; key, _, ok = fields.next() {
		if !namesTool(key) {
			return true
		}
		named = true
	}
	return !named
}

func namesTool(key string) bool { return key == "mcp_server_name" || key == "mcp_tool_name" }
