package cowork

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

func TestName(t *testing.T) {
	check := func(want string, set func(plog.LogRecord)) {
		t.Helper()
		rec := plog.NewLogRecord()
		set(rec)
		require.Equal(t, want, EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec).Name())
	}
	body := func(text string) func(plog.LogRecord) { return func(r plog.LogRecord) { r.Body().SetStr(text) } }
	check("user_prompt", body("user_prompt"))
	check("user_prompt", body("claude_code.user_prompt"))
	check("user_prompt", body("claude_cowork.user_prompt"))
	check("prompt_summary", body("cowork.prompt_summary"))
	check("user_prompt", func(r plog.LogRecord) { r.Attributes().PutStr("event.name", "claude_code.user_prompt") })
	check("user_prompt", func(r plog.LogRecord) {
		r.SetEventName("user_prompt")
		r.Attributes().PutStr("event.name", "other")
		r.Body().SetStr("another")
	})
	check("user_prompt", func(r plog.LogRecord) { r.Body().SetEmptyMap().PutStr("name", "user_prompt") })
	check("", func(plog.LogRecord) {})
	check("", body("a text, not a name"))
	check("", body("415-555-0132"))
	check(strings.Repeat("a", maxNameLen), body(strings.Repeat("a", maxNameLen)))
	check("", body(strings.Repeat("a", maxNameLen+1)))
	check("alert", body("claude_cowork.cowork.alert"))
	check("user_prompt", func(r plog.LogRecord) {
		r.SetEventName("jane@example.com")
		r.Attributes().PutInt("event.name", 7)
		r.Body().SetStr("claude_code.user_prompt")
	})
	check("", func(r plog.LogRecord) { r.Body().SetEmptySlice().AppendEmpty().SetStr("user_prompt") })
}

func TestValueLooksInRecordBodyResource(t *testing.T) {
	e := eventOf(t, map[string]any{"a": "record", "b": "undefined", "d": ""})
	attributes := e.Record().Body().SetEmptyMap().PutEmptyMap("attributes")
	attributes.PutStr("a", "body")
	attributes.PutStr("b", "body")
	e.Resource().Attributes().PutStr("b", "resource")
	e.Resource().Attributes().PutStr("c", "resource")
	for key, want := range map[string]string{"a": "record", "b": "body", "c": "resource", "d": "", "e": ""} {
		got, ok := e.Str(key)
		require.Equal(t, want, got, key)
		require.Equal(t, want != "", ok, key)
	}
}

func TestWhatIsNoNumber(t *testing.T) {
	for _, raw := range []any{"", "undefined", "abc", "+14155550132", "1.5", "1e400", "NaN", "0x", 1.5, math.NaN(), math.Inf(1), 1e300, []any{1}, map[string]any{"a": 1}, nil, "99999999999999999999"} {
		_, ok := eventOf(t, map[string]any{"k": raw}).Int("k")
		require.False(t, ok, "%v", raw)
	}
	for _, raw := range []any{"", "undefined", "abc", "+14155550132", "NaN", "Inf", "1e400", math.NaN(), math.Inf(-1), true, []any{}} {
		_, ok := eventOf(t, map[string]any{"k": raw}).Float("k")
		require.False(t, ok, "%v", raw)
	}
	for _, raw := range []any{"", "yes", 2, 0.5, []any{true}} {
		_, ok := eventOf(t, map[string]any{"k": raw}).Bool("k")
		require.False(t, ok, "%v", raw)
	}
}

func TestTime(t *testing.T) {
	at := time.Date(2026, 11, 21, 2, 43, 52, 356e6, time.UTC)
	e := eventOf(t, map[string]any{"event.timestamp": "2026-11-21T02:43:52.356Z"})
	require.Equal(t, at, e.Time().AsTime())
	e.Record().SetTimestamp(1)
	require.EqualValues(t, 1, e.Time())
	for _, bad := range []string{"yesterday", "1960-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "2026-11-21"} {
		e = eventOf(t, map[string]any{"event.timestamp": bad})
		e.Record().SetObservedTimestamp(7)
		require.EqualValues(t, 7, e.Time(), bad)
	}
}

func TestDimensions(t *testing.T) {
	check := func(name, want string, attributes map[string]any) {
		t.Helper()
		require.Equal(t, want, eventOf(t, attributes).Dimension(name), "%s of %v", name, attributes)
	}
	parameters := `{"mcp_server_name":"crm","mcp_tool_name":"send \"x\"","skill_name":"report","subagent_type":"general"}`
	check("tool", "Bash", map[string]any{"tool_name": "Bash"})
	check("tool", `send "x"`, map[string]any{"tool_name": "mcp_tool", "tool_parameters": parameters})
	check("tool", "lookup", map[string]any{"tool_name": "mcp__crm__lookup"})
	check("tool", "mcp_tool", map[string]any{"tool_name": "mcp_tool"})
	check("connector", "crm", map[string]any{"tool_parameters": parameters})
	check("connector", "crm", map[string]any{"tool_name": "mcp__crm__lookup"})
	check("connector", "crm", map[string]any{"mcp_server.name": "crm", "server_name": "other"})
	check("connector", "other", map[string]any{"server_name": "other"})
	check("connector", "", map[string]any{"tool_parameters": `{"mcp_server_name":`})
	check("skill", "report", map[string]any{"tool_parameters": parameters})
	check("agent", "general", map[string]any{"tool_parameters": parameters})
	check("organization", "o", map[string]any{"organization.id": "o"})
	check("department", "finance", map[string]any{"department": "finance"})
	check("client_version", "2.1.329", map[string]any{"service.version": "1.15962.1"})
}

func TestIsCowork(t *testing.T) {
	e := eventOf(t, nil)
	require.True(t, IsCowork(e, nil), "by its scope")
	e.Scope().SetName("other")
	require.False(t, IsCowork(e, nil))
	require.True(t, IsCowork(e, []string{"cowork"}), "by its service")
	e.Resource().Attributes().Remove("service.name")
	e.Record().Attributes().PutStr("service.name", "cowork")
	require.True(t, IsCowork(e, []string{"cowork"}), "by the record's service")
}

func TestIsIdentifier(t *testing.T) {
	for _, id := range []string{
		"f4e2b124-f977-4412-8b09-da2871d3f914", "toolu_mock0100abcdefghijklmn", "toolu_01A09q90qw90lq917835lq9", "req_mock0001",
		"req_011CVKm3bEvTsmYxHGHSgQmc", "7ca19e7e77ab51b1e9d1f99f818886950229109d4808f246ba790ecc1661122f", "a02a160a8f633eb14", "da63145d0acbb62d",
		"user_01EmDRAofyQoNnDNTAj2by3W",
	} {
		require.True(t, IsIdentifier(id), id)
	}
	for _, other := range []string{
		"", "jane.doe@example.com", "4111111111111111", "4111-1111-1111-1111", "536-22-8726", "+14155550132", "415-555-0132",
		"req_4111111111111111", "toolu_536-22-8726", "req_415-555-0132", "req_jane@example.com", "a4111111111111111", "session 1", "jane",
		"session_john-smith-4821", "user_jane_doe_1", "agent_jane_doe_7",
		"41111111111111114111111111111111", "4111111111111111abcdefabcdefabcd", "abcdefab00041111111111111111cdef", "req_41111111111111114111111111111111",
	} {
		require.False(t, IsIdentifier(other), other)
	}
}

func TestIsMarker(t *testing.T) {
	for _, marker := range []string{"<REDACTED>", "[REDACTED]", "[REDACTED_EMAIL]", "[REDACTED_API_KEY]"} {
		require.True(t, IsMarker(marker), marker)
	}
	for _, other := range []string{"", "[REDACTED", "REDACTED", "[REDACTED_jane]", "[REDACTED_]", "[REDACTED_4111111111111111]", "[REDACTED] x"} {
		require.False(t, IsMarker(other), other)
	}
}
