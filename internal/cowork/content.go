package cowork

import "go.opentelemetry.io/collector/pdata/pcommon"

// ContentArrived reports whether a record carries content that a client sends
// only while one of its content flags is on: prompts, answers, tool details, API
// bodies. Markers and empty values are no content.
func ContentArrived(e Event) bool {
	for key, value := range e.rec.Attributes().All() {
		attr := AttributeOf(key)
		if attr == nil || attr.Gate == NoGate || !real(value) {
			continue
		}
		if key != "tool_parameters" || telling(value) {
			return true
		}
	}
	return false
}

// real reports whether a value is one, and not what stands in its place.
func real(v pcommon.Value) bool {
	if v.Type() == pcommon.ValueTypeStr {
		return !absent(v) && !IsMarker(v.Str())
	}
	return v.Type() != pcommon.ValueTypeEmpty
}

// telling reports whether tool_parameters hold more than the names of a
// connector and its tool, which clients since 2.1.214 send for the desktop's own
// servers whatever the flags say.
func telling(parameters pcommon.Value) bool {
	s, _ := asString(parameters)
	named := false
	for key := range members(s) {
		if key != "mcp_server_name" && key != "mcp_tool_name" {
			return true
		}
		named = true
	}
	return !named
}
