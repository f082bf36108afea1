package latest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestConceal shows records that may not have passed redaction without their content and
// without findings, and redacted ones unchanged.
func TestConceal(t *testing.T) {
	card := "4111 1111 1111 1111"
	mail := "jane@" + "corp.example.net"
	clean := map[string]any{
		"tool_name": "Bash", "duration_ms": int64(12), "prompt": "[REDACTED_PROMPT]", "response": "<REDACTED>",
		"tool_parameters": `{"full_command":"mail [REDACTED_EMAIL]"}`, "success": true, "request_id": "req_011CVabcdefghijklmnopqrs", "mine": "short",
	}
	raw := map[string]any{
		"tool_name": "Bash", "prompt": "my plan", "prompt_text": map[string]any{"a": "b"}, "response": "x", "body": "{}", "tool_input": `{"to":"` + mail + `"}`,
		"error": "card " + card, "novel": strings.Repeat("text ", 30), "request_id": mail, "list": []any{mail}, mail: "v",
		"tool_parameters": strings.Repeat("x", maxValue+1), "duration_ms": card, "user.email": mail,
	}
	read := func(redacted bool, attrs map[string]any) (report.Event, string) {
		t.Helper()
		r := New(1, redacted, noon)
		r.Add(noon, toolResult(attrs))
		page := r.Read(report.EventFilter{Limit: 1})
		require.Equal(t, !redacted, page.Unredacted)
		require.True(t, json.Valid(page.Events[0].Record))
		return page.Events[0], string(page.Events[0].Record)
	}
	_, before := read(true, clean)
	e, after := read(false, clean)
	require.Zero(t, e.Hidden)
	require.JSONEq(t, before, after)

	e, text := read(false, raw)
	require.Equal(t, 12, e.Hidden)
	for _, secret := range []string{"my plan", mail, "4111", `"b"`, `"x"`, "text text", "xxx"} {
		require.NotContains(t, text, secret)
	}
	require.Contains(t, text, `"tool_name":"Bash"`)
	for _, d := range e.Attributes {
		require.NotContains(t, d.Value+d.Name, mail)
	}
	e, text = read(true, raw)
	require.Zero(t, e.Hidden)
	require.Contains(t, text, "my plan", "an administrator can switch redact_prompt_content off")
}

// TestConcealUser replaces an address that names the user.
func TestConcealUser(t *testing.T) {
	mail := "jane@" + "corp.example.net"
	r := New(1, false, noon)
	r.Add(noon, toolResult(map[string]any{"user.account_uuid": "", "user.email": mail}))
	page := r.Read(report.EventFilter{Limit: 1})
	require.Equal(t, "[REDACTED_EMAIL]", page.Events[0].User)
	require.Empty(t, r.Read(report.EventFilter{Limit: 1, User: mail}).Events, "no search for what is hidden")
	require.Empty(t, r.Read(report.EventFilter{Limit: 1, Attribute: report.AttributeMatch{Key: "user.email", Value: mail}}).Events)
}
