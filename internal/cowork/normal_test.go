package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNormalize(t *testing.T) {
	e := eventOf(t, map[string]any{
		"event.name": "claude_code.tool_result", "duration_ms": "165", "success": "true", "cost_usd": "0.5", "event.sequence": 8.0,
		"status_code": "undefined", "attempt": "", "input_tokens": "many", "prompt": "undefined", "note": "12",
		"event.timestamp": "2026-11-21T02:43:52.356Z",
	})
	Normalize(e)
	want := map[string]any{
		"event.name": "tool_result", "duration_ms": int64(165), "success": true, "cost_usd": 0.5, "event.sequence": int64(8),
		"input_tokens": "many", "prompt": "undefined", "note": "12", "event.timestamp": "2026-11-21T02:43:52.356Z",
	}
	require.Equal(t, want, e.Record().Attributes().AsRaw())
	require.Equal(t, "tool_result", e.Record().EventName())
	require.NotZero(t, e.Record().Timestamp())
	Normalize(e)
	require.Equal(t, want, e.Record().Attributes().AsRaw(), "a second time changes nothing")
}

func TestNormalizeDesktop(t *testing.T) {
	e := eventOf(t, nil)
	body := e.Record().Body().SetEmptyMap()
	body.PutStr("name", "lam_session_turn_completed")
	body.PutEmptyMap("attributes").PutStr("input_tokens", "12")
	Normalize(e)
	require.Equal(t, map[string]any{"input_tokens": int64(12)}, body.AsRaw()["attributes"])
	require.Equal(t, "lam_session_turn_completed", e.Record().EventName())
	e.Scope().SetName(desktopScope)
	attributes, _ := body.Get("attributes")
	attributes.Map().PutStr("input_tokens", "many")
	require.Equal(t, []Problem{{"input_tokens", NotInt}}, NewValidator(Minimal, nil).Check(nil, e))
}

func TestNormalizeLeavesOwnKindsTheirNames(t *testing.T) {
	e := eventOf(t, map[string]any{"event.name": "cowork.prompt_summary"})
	Normalize(e)
	require.Empty(t, e.Record().EventName())
	require.Equal(t, "cowork.prompt_summary", e.text("event.name"))
}

// valid holds the attributes of a valid tool_decision.
func valid() map[string]any {
	return map[string]any{
		"event.name": "tool_decision", "session.id": "s", "event.timestamp": "2026-11-21T02:43:52.356Z", "event.sequence": 1,
		"tool_name": "Bash", "decision": "accept", "source": "config",
	}
}

func TestCheck(t *testing.T) {
	check := func(level Require, extra []string, change func(map[string]any), want ...string) {
		t.Helper()
		attributes := valid()
		change(attributes)
		var got []string
		for _, p := range NewValidator(level, extra).Check(nil, eventOf(t, attributes)) {
			got = append(got, p.String())
		}
		require.ElementsMatch(t, want, got)
	}
	same := func(map[string]any) {}
	check(Minimal, nil, same)
	check(Minimal, nil, func(a map[string]any) { delete(a, "session.id") }, "session.id: missing")
	check(Minimal, nil, func(a map[string]any) { a["decision"] = "undefined" }, "decision: missing")
	check(Minimal, nil, func(a map[string]any) { a["duration_ms"] = "jane@example.com" }, "duration_ms: not an int")
	check(Minimal, nil, func(a map[string]any) { a["duration_ms"] = -1 }, "duration_ms: negative")
	check(Minimal, nil, func(a map[string]any) { a["cost_usd"] = "NaN" }, "cost_usd: not a number")
	check(Minimal, nil, func(a map[string]any) { a["success"] = "perhaps" }, "success: not a boolean")
	check(Minimal, nil, func(a map[string]any) { a["event.timestamp"] = "now" }, "event.timestamp: not a timestamp")
	check(Minimal, []string{"department", "session.id"}, same, "department: missing")
	check(Minimal, []string{"department", "session.id"}, func(a map[string]any) { delete(a, "session.id") }, "department: missing", "session.id: missing")
	check(Minimal, nil, func(a map[string]any) { a["event.name"] = "brand_new"; delete(a, "tool_name") })
	check(Standard, nil, same, "organization.id: missing", "user.account_uuid: missing", "user.id: missing", "user.email: missing",
		"terminal.type: missing", "prompt.id: missing")
	check(Minimal, nil, func(a map[string]any) { clear(a); a["event.name"] = "cowork.alert" })
}

func TestCheckDesktop(t *testing.T) {
	e := eventOf(t, nil)
	e.Scope().SetName(desktopScope)
	require.Empty(t, NewValidator(Standard, nil).Check(nil, e))
}

func TestContentArrived(t *testing.T) {
	check := func(want bool, attributes map[string]any) {
		t.Helper()
		require.Equal(t, want, ContentArrived(eventOf(t, attributes)), "%v", attributes)
	}
	check(true, map[string]any{"prompt": "hello"})
	check(false, map[string]any{"prompt": "<REDACTED>", "prompt_text": "[REDACTED_PROMPT]", "response": ""})
	check(true, map[string]any{"tool_parameters": `{"bash_command":"ls"}`})
	check(false, map[string]any{"tool_parameters": `{"mcp_server_name":"crm","mcp_tool_name":"send"}`})
	check(false, map[string]any{"event.name": "api_error", "error": "Overloaded", "model": "m"})
	check(true, map[string]any{"tool_input": map[string]any{"a": "b"}})
	check(false, map[string]any{"tool_parameters": "{}"})
	check(true, map[string]any{"event.name": "system_prompt", "system_prompt": "You are an agent.", "system_prompt_hash": "sp_3740c1796fa2"})
	check(false, map[string]any{"event.name": "system_prompt", "system_prompt": "[REDACTED_BODY]", "system_prompt_hash": "sp_3740c1796fa2"})
	check(true, map[string]any{"event.name": "tool", "tool_name": "Bash", "tool": `{"name":"Bash"}`})
	check(true, map[string]any{"tool_parameters": "cut or no JSON at all"})
	check(false, map[string]any{"tool_parameters": map[string]any{"mcp_server_name": "crm", "mcp_tool_name": "send"}})
	check(true, map[string]any{"tool_parameters": map[string]any{"mcp_server_name": "crm", "full_command": "ls"}})
}

// TestCapturesAreValid checks what real clients sent: every kind and attribute is
// in the schema, and every event is valid.
func TestCapturesAreValid(t *testing.T) {
	validator := NewValidator(Minimal, nil)
	n := 0
	for file, ld := range captured(t) {
		for e := range Events(ld) {
			n++
			require.NotNil(t, e.Kind(), "%s: kind %q", file, e.Name())
			require.Empty(t, validator.Check(nil, e), "%s: %s", file, e.Name())
			for key := range e.Record().Attributes().All() {
				require.NotNil(t, AttributeOf(key), "%s: %s: attribute %q", file, e.Name(), key)
			}
			Normalize(e)
			require.Empty(t, validator.Check(nil, e), "%s: %s, normalized", file, e.Name())
			require.Equal(t, e.Name(), e.Record().EventName())
		}
	}
	require.Greater(t, n, 100)
}

func TestSchema(t *testing.T) {
	seen := map[string]bool{}
	for a := range Attributes() {
		require.False(t, seen[a.Name], "attribute %s stands twice", a.Name)
		seen[a.Name] = true
		require.NotEmpty(t, a.Source, a.Name)
	}
	for k := range Kinds() {
		require.NotEmpty(t, k.Source, k.Name)
		require.NotEmpty(t, k.Doc, k.Name)
		for _, name := range append(k.Required, k.Attributes...) {
			require.True(t, seen[name], "%s: attribute %s is not in the schema", k.Name, name)
		}
	}
	for _, name := range StandardAttributes {
		require.True(t, seen[name], name)
	}
	core := 0
	for k := range Kinds() {
		if k.Core {
			core++
		}
	}
	require.Equal(t, 5, core)
}
