package flat

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema/schematest"
)

var valueTypes = map[cowork.Type]pcommon.ValueType{
	text: pcommon.ValueTypeStr, number: pcommon.ValueTypeInt, double: pcommon.ValueTypeDouble, flag: pcommon.ValueTypeBool,
}

// TestColumns checks the table: names are unique words with underscores, and a column has a
// type, a source and a text.
func TestColumns(t *testing.T) {
	require.LessOrEqual(t, len(attributeNumbers), 64*len(presence{}))
	seen, form := map[string]bool{}, regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	for _, c := range columns {
		require.Regexp(t, form, c.name)
		require.False(t, seen[c.name], c.name)
		seen[c.name] = true
		require.Contains(t, valueTypes, c.typ, c.name)
		require.NotEmpty(t, c.doc, c.name)
		require.True(t, c.read != nil || len(c.attributes) > 0 || c.typ == flag, c.name)
		for _, key := range c.attributes {
			attribute := cowork.AttributeOf(key)
			require.NotNil(t, attribute, key)
			if c.typ != text {
				require.Equal(t, c.typ, attribute.Type, key)
			}
		}
	}
}

// requireRow checks that all values are of columns, in their types, and not empty.
func requireRow(t *testing.T, m pcommon.Map) {
	t.Helper()
	types := map[string]cowork.Type{}
	for _, c := range columns {
		types[c.name] = c.typ
	}
	for name, value := range m.All() {
		require.Contains(t, types, name)
		require.Equal(t, valueTypes[types[name]], value.Type(), name)
		require.NotEmpty(t, value.AsString(), name)
	}
}

// requireAllColumns checks that a row has what all columns write for its event.
func requireAllColumns(t *testing.T, e cowork.Event, m pcommon.Map) {
	t.Helper()
	r, want := newRow(e), pcommon.NewMap()
	r.hasArguments = true
	for i := range columns {
		r.write(&columns[i], want)
	}
	require.Equal(t, want.AsRaw(), m.AsRaw())
}

// unrecorded are the columns that recordings and inputs of stories lack.
var unrecorded = []string{"host_name", "delivery_delay_ms", "alert_action", "alert_tags", "alert_value", "alert_threshold", "alert_starts_at", "alert_ends_at"}

// TestEveryInput maps all recordings and stories: a row has columns of the table in their
// types only. Together the rows have all columns but those that are not recorded.
func TestEveryInput(t *testing.T) {
	seen := map[string]bool{}
	schematest.Inputs(t, func(_ string, ld plog.Logs) {
		for e := range cowork.Events(ld) {
			cowork.Normalize(e)
			m := pcommon.NewMap()
			Mapper{}.Map(m, e)
			requireRow(t, m)
			requireAllColumns(t, e, m)
			for name := range m.All() {
				seen[name] = true
			}
		}
	})
	for _, c := range columns {
		assert.True(t, seen[c.name] || slices.Contains(unrecorded, c.name), c.name)
	}
}

// TestEveryKind maps an event of each kind, of which nothing but the name is known.
func TestEveryKind(t *testing.T) {
	for kind := range cowork.Kinds() {
		got, _ := mapped(t, `{"event.name":"`+kind.Name+`","session.id":"s"}`)
		require.Equal(t, kind.Name, got["event_name"])
		require.Equal(t, "s", got["session_id"])
	}
}

// mapped maps the event of a line.
func mapped(tb testing.TB, line string) (columns map[string]any, truncated bool) {
	tb.Helper()
	ld, ok := schematest.Logs(tb, line)
	require.True(tb, ok, line)
	m := pcommon.NewMap()
	for e := range cowork.Events(ld) {
		cowork.Normalize(e)
		truncated = Mapper{}.Map(m, e)
	}
	return m.AsRaw(), truncated
}

// TestRows checks complete rows: a command, a rejected tool of a connector, a request, a
// failed connection, a changed permission mode, an alert, and an event that is not known.
func TestRows(t *testing.T) {
	for line, want := range map[string]map[string]any{
		`{"event.name":"tool_result","event.timestamp":"2026-11-21T09:30:06+01:00","tool_name":"Bash","success":"true","duration_ms":"12","tool_use_id":"t","user.id":"i","user.account_uuid":"u","tool_parameters":"{\"full_command\":\"curl https://Docs.example.com\"}","cowork.egress.verdict":"unlisted","cowork.egress.host":"docs.example.com","new.attribute":"x"}`: {
			"time": "2026-11-21T08:30:06.000Z", "event_name": "tool_result", "tool_name": "Bash", "success": true, "duration_ms": int64(12), "tool_use_id": "t", "installation_id": "i", "user_id": "u",
			"command": "curl https://Docs.example.com", "tool_parameters": `{"full_command":"curl https://Docs.example.com"}`, "egress_verdict": "unlisted", "egress_host": "docs.example.com",
		},
		`{"event.name":"tool_decision","tool_name":"mcp_tool","decision":"reject","source":"user_reject","tool_parameters":"{\"mcp_server_name\":\"crm\",\"mcp_tool_name\":\"delete\"}"}`: {
			"event_name": "tool_decision", "tool_name": "mcp_tool", "connector": "crm", "connector_tool": "delete", "connector_call": "crm/delete", "tool_parameters": `{"mcp_server_name":"crm","mcp_tool_name":"delete"}`, "success": false, "decision": "reject", "decision_source": "user_reject",
		},
		`{"event.name":"tool_result","tool_name":"WebFetch","success":false,"error":"<REDACTED>","error_type":"FetchError","tool_input":"{\"url\":\"https://Docs.example.com/a\"}"}`: {
			"event_name": "tool_result", "tool_name": "WebFetch", "tool_input": `{"url":"https://Docs.example.com/a"}`, "success": false, "error_type": "FetchError", "url": "https://Docs.example.com/a", "url_host": "docs.example.com",
		},
		`{"event.name":"api_request","model":"m","input_tokens":"3","output_tokens":4,"cost_usd":1}`: {
			"event_name": "api_request", "model": "m", "success": true, "input_tokens": int64(3), "output_tokens": int64(4), "cost_usd": 1.0,
		},
		`{"event.name":"mcp_server_connection","status":"failed","server_name":"crm","error_code":"ENOENT"}`: {
			"event_name": "mcp_server_connection", "status": "failed", "connector": "crm", "success": false, "error_code": "ENOENT",
		},
		`{"event.name":"permission_mode_changed","from_mode":"default","to_mode":"bypassPermissions"}`: {
			"event_name": "permission_mode_changed", "permission_mode": "bypassPermissions", "permission_mode_before": "default", "permission_mode_after": "bypassPermissions",
		},
		`{"event.name":"cowork.alert","service.version":"1","alert.name":"r","alert.status":"resolved","alert.severity":"critical","alert.message":"m","alert.tags":["attack.t1059.004","owasp.llm01-2026"],"alert.value":2,"alert.starts_at":"2026-11-21T09:30:00Z","alert.ends_at":"2026-11-21T09:35:00.5Z","user":"ada","team":"platform","connector":"crm","tool":"Bash"}`: {
			"event_name": "alert", "alert_name": "r", "severity": "critical", "alert_status": "resolved", "alert_message": "m", "alert_tags": "attack.t1059.004 owasp.llm01-2026", "alert_value": 2.0,
			"alert_starts_at": "2026-11-21T09:30:00.000Z", "alert_ends_at": "2026-11-21T09:35:00.500Z", "user_id": "ada", "team": "platform", "connector": "crm", "tool_name": "Bash",
		},
		`{"event.name":"plugin_loaded","plugin.name":"p","plugin.scope":"org","has_hooks":"true","cowork.clock_skew_ms":70000}`: {
			"event_name": "plugin_loaded", "plugin": "p", "plugin_scope": "org", "plugin_has_hooks": true, "clock_skew_ms": int64(70000),
		},
		`{"event.name":"prompt_summary","cowork.prompt.cost_usd":2,"cowork.prompt.api_error_count":1,"cowork.egress.disabled":["a.example","b.example"]}`: {
			"event_name": "prompt_summary", "prompt_cost_usd": 2.0, "prompt_api_errors": int64(1), "egress_disabled": "a.example b.example",
		},
		`{"event.name":"tool","tool_name":"Bash","tool":"{\"name\":\"Bash\"}"}`: {"event_name": "tool", "tool_name": "Bash", "tool_definition": `{"name":"Bash"}`},
		`{"event.name":"never_seen","count":3,"duration_ms":"soon"}`:            {"event_name": "never_seen"},
	} {
		got, truncated := mapped(t, line)
		require.False(t, truncated)
		delete(got, "event_id") // a hash
		require.Equal(t, want, got, line)
	}
}

// TestBounds reaches both bounds. A row that was cut has what fits.
func TestBounds(t *testing.T) {
	got, truncated := mapped(t, `{"event.name":"user_prompt","prompt":"`+strings.Repeat("ä", maxText)+`"}`)
	require.True(t, truncated)
	require.Len(t, got["prompt"], maxText)

	long := strings.Repeat("x", maxText)
	line := `{"event.name":"tool_result"`
	for _, key := range []string{"team.id", "cost_center", "model", "request_id", "user.email", "session.id", "error", "source", "decision", "response"} {
		line += `,"` + key + `":"` + long + `"`
	}
	got, truncated = mapped(t, line+`}`)
	require.True(t, truncated)
	size := 0
	for _, value := range got {
		text, _ := value.(string)
		size += len(text)
	}
	require.Equal(t, maxRow, size)
}

// FuzzMap maps any event: the row is valid UTF-8, bounded, and has columns in their types.
func FuzzMap(f *testing.F) {
	f.Add("tool_result", "tool_name", "Bash", "tool_input", `{"command":"a\ud800"}`, int64(-1))
	f.Add("api_request", "model", "m", "input_tokens", "9223372036854775807", int64(1))
	f.Add("cowork.alert", "alert.severity", "\xff", "alert.starts_at", "0000-01-01T00:00:00Z", int64(0))
	f.Add("mcp_server_connection", "status", "failed", "server_name", "[REDACTED_X]", int64(5))
	f.Fuzz(func(t *testing.T, name, key1, value1, key2, value2 string, n int64) {
		ld := plog.NewLogs()
		rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
		rec.SetEventName(name)
		rec.SetTimestamp(pcommon.Timestamp(n))
		rec.Attributes().PutStr(key1, value1)
		rec.Attributes().PutStr(key2, value2)
		rec.Attributes().PutInt("duration_ms", n)
		rec.Attributes().PutEmptyMap("tool_parameters").PutStr(key1, value2)
		rec.Attributes().PutEmptySlice("alert.tags").AppendEmpty().SetStr(value1)
		m := pcommon.NewMap()
		for e := range cowork.Events(ld) {
			Mapper{}.Map(m, e)
			requireAllColumns(t, e, m)
		}
		requireRow(t, m)
		encoded, err := json.Marshal(m.AsRaw())
		require.NoError(t, err)
		require.True(t, utf8.Valid(encoded))
		require.Less(t, len(encoded), 6*(maxRow+4<<10))
	})
}
