package leaks

import (
	"encoding/json"
	"net/url"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A place is where a canary is planted. fill gets the value alone or in a text.
type place[T any] struct {
	name string
	bare bool
	fill func(t T, v string)
}

// mapPlaces are the places in a map of attributes.
var mapPlaces = []place[pcommon.Map]{
	{"string", false, func(m pcommon.Map, v string) { m.PutStr("custom.text", v) }},
	{"bytes", false, func(m pcommon.Map, v string) { m.PutEmptyBytes("custom.bytes").FromRaw([]byte(v)) }},
	{"list", false, func(m pcommon.Map, v string) { m.PutEmptySlice("custom.list").AppendEmpty().SetStr(v) }},
	{"map", false, func(m pcommon.Map, v string) { m.PutEmptyMap("custom.map").PutStr("a", v) }},
	{"map in a list", false, func(m pcommon.Map, v string) {
		m.PutEmptySlice("custom.maps").AppendEmpty().SetEmptyMap().PutEmptySlice("b").AppendEmpty().SetStr(v)
	}},
	{"ten deep", false, func(m pcommon.Map, v string) {
		for range 10 {
			m = m.PutEmptyMap("deep")
		}
		m.PutStr("text", v)
	}},
	{"key", true, func(m pcommon.Map, v string) { m.PutInt(v, 1) }},
	{"key of a map", true, func(m pcommon.Map, v string) { m.PutEmptyMap("custom.keys").PutStr(v, "x") }},
	{"JSON", false, func(m pcommon.Map, v string) { m.PutStr("tool_input", toJSON(map[string]any{"command": v})) }},
	{"JSON in JSON", false, func(m pcommon.Map, v string) {
		m.PutStr("tool_parameters", toJSON(map[string]any{"a": toJSON(map[string]any{"b": v})}))
	}},
	{"key in JSON", true, func(m pcommon.Map, v string) { m.PutStr("tool_input", toJSON(map[string]any{v: 1})) }},
	{"percent-encoded", true, func(m pcommon.Map, v string) { m.PutStr("full_command", "GET /x?q="+url.PathEscape(v)) }},
	{"form-encoded", true, func(m pcommon.Map, v string) { m.PutStr("full_command", "GET /x?q="+url.QueryEscape(v)) }},
	{"error", false, func(m pcommon.Map, v string) { m.PutStr("error", "Error: "+v+"\n    at x.js:1:2\n") }},
	{"path", true, func(m pcommon.Map, v string) { m.PutStr("file_path", "/Users/x/ "+v+" /notes.txt") }},
	{"model", true, func(m pcommon.Map, v string) { m.PutStr("model", v) }},
	{"tool name", true, func(m pcommon.Map, v string) { m.PutStr("tool_name", v) }},
	{"connector", true, func(m pcommon.Map, v string) { m.PutStr("mcp_server.name", v) }},
	{"department", true, func(m pcommon.Map, v string) { m.PutStr("department", v) }},
	{"session", true, func(m pcommon.Map, v string) { m.PutStr("session.id", v) }},
	{"prompt id", true, func(m pcommon.Map, v string) { m.PutStr("prompt.id", v) }},
	{"organization", true, func(m pcommon.Map, v string) { m.PutStr("organization.id", v) }},
	{"user", true, func(m pcommon.Map, v string) { m.PutStr("user.account_uuid", v) }},
	{"e-mail of the user", true, func(m pcommon.Map, v string) { m.PutStr("user.email", v) }},
	{"request id", true, func(m pcommon.Map, v string) { m.PutStr("request_id", v) }},
	{"duration", true, func(m pcommon.Map, v string) { m.PutStr("duration_ms", v) }},
	{"event time", true, func(m pcommon.Map, v string) { m.PutStr("event.timestamp", v) }},
	{"prompt", false, func(m pcommon.Map, v string) { m.PutStr("prompt", v) }},
	{"response", false, func(m pcommon.Map, v string) { m.PutStr("response", v) }},
	{"API body", false, func(m pcommon.Map, v string) { m.PutStr("body", v) }},
	{"new context", false, func(m pcommon.Map, v string) { m.PutStr("new_context", v) }},
}

func toJSON(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// resourcePlaces and scopePlaces are those that all signals have.
var resourcePlaces = []place[pcommon.Resource]{
	{"resource attribute", false, func(r pcommon.Resource, v string) { r.Attributes().PutStr("res.text", v) }},
	{"resource key", true, func(r pcommon.Resource, v string) { r.Attributes().PutStr(v, "x") }},
	{"service version", true, func(r pcommon.Resource, v string) { r.Attributes().PutStr("service.version", v) }},
	{"host name", true, func(r pcommon.Resource, v string) { r.Attributes().PutStr("host.name", v) }},
}

var scopePlaces = []place[pcommon.InstrumentationScope]{
	{"scope name", true, func(s pcommon.InstrumentationScope, v string) { s.SetName(v) }},
	{"scope version", true, func(s pcommon.InstrumentationScope, v string) { s.SetVersion(v) }},
	{"scope attribute", false, func(s pcommon.InstrumentationScope, v string) { s.Attributes().PutStr("scope.text", v) }},
	{"scope key", true, func(s pcommon.InstrumentationScope, v string) { s.Attributes().PutStr(v, "x") }},
}
