package metric

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRequest(t *testing.T) {
	l := newLedger(who)
	l.add(request("req_1", nil), request("req_2", nil))
	points := l.all()
	require.Equal(t, []string{
		"cowork.events", "cowork.cost", "cowork.token.usage", "cowork.token.usage", "cowork.token.usage", "cowork.token.usage",
		"cowork.api.request.duration",
	}, names(points))
	cost := only(t, points, "cowork.cost", nil)
	require.Equal(t, map[string]any{"organization": "org", "user": "alice", "model": "claude-opus-5-5", "query_source": "sdk"}, cost.labels)
	require.InDelta(t, 0.030368, cost.value, 1e-15)
	require.Equal(t, begin+second, cost.start)
	require.Equal(t, begin+4*second, cost.end)
	require.EqualValues(t, 30000, only(t, points, "cowork.token.usage", map[string]any{"type": "cache_read"}).value)
	took := only(t, points, "cowork.api.request.duration", map[string]any{"outcome": "ok"})
	require.EqualValues(t, 2, took.count)
	require.InDelta(t, 1.8, took.value, 1e-12)
}

// TestKinds checks what each kind of event adds to the metrics.
func TestKinds(t *testing.T) {
	check := func(kind string, own attrs, metric string, value float64, labels map[string]any) {
		t.Helper()
		l := newLedger(Settings{})
		l.add(event(kind, own))
		got := only(t, l.all(), metric, nil)
		require.InDelta(t, value, got.value, 1e-9)
		require.Equal(t, labels, got.labels)
	}
	type are = map[string]any
	check("user_prompt", nil, "cowork.prompts", 1, are{})
	check("user_prompt", attrs{"cowork.prompt.origin": "user"}, "cowork.prompts", 1, are{"cowork.prompt.origin": "user"})
	check("user_prompt", attrs{"cowork.prompt.origin": "task"}, "cowork.prompts", 1, are{"cowork.prompt.origin": "task"})
	check("user_prompt", attrs{"cowork.prompt.origin": "jane@example.com"}, "cowork.prompts", 1, are{})
	check("user_prompt", attrs{"input_tokens": "12"}, "cowork.token.usage", 12, are{"type": "input"})
	check("api_error", attrs{"model": "m", "status_code": 529, "duration_ms": 1500}, "cowork.api.errors", 1, are{"model": "m", "status_code": "529"})
	check("api_error", attrs{"model": "m", "status_code": "undefined"}, "cowork.api.errors", 1, are{"model": "m"})
	check("api_error", attrs{"model": "m", "status_code": 7e6}, "cowork.api.errors", 1, are{"model": "m"})
	check("api_error", attrs{"model": "m", "duration_ms": 1500}, "cowork.api.request.duration", 1.5, are{"model": "m", "outcome": "error"})
	check("api_error", attrs{"mcp_server.name": "crm", "status_code": 500}, "cowork.connector.errors", 1, are{"connector": "crm", "error_type": "500"})
	check("api_refusal", attrs{"model": "m"}, "cowork.api.refusals", 1, are{"model": "m"})
	check("tool_result", attrs{"tool_name": "Bash", "success": "true", "duration_ms": "12.5"}, "cowork.tool.duration", 0.0125, are{"tool": "Bash", "outcome": "ok"})
	check("tool_result", attrs{"tool_name": "Bash", "duration_ms": 0}, "cowork.tool.duration", 0, are{"tool": "Bash"})
	failure := attrs{
		"tool_name": "mcp_tool", "tool_parameters": `{"mcp_server_name":"crm","mcp_tool_name":"look_up"}`, "success": false,
		"error_type": "McpToolCallError", "duration_ms": 30,
	}
	check("tool_result", failure, "cowork.tool.duration", 0.03, are{"tool": "look_up", "connector": "crm", "outcome": "error"})
	check("tool_result", failure, "cowork.connector.errors", 1, are{"connector": "crm", "error_type": "McpToolCallError"})
	check("tool_decision", attrs{"tool_name": "Bash", "decision": "reject", "source": "user_reject"}, "cowork.tool.decisions", 1,
		are{"tool": "Bash", "decision": "reject", "source": "user_reject"})
	connection := attrs{"server_name": "crm", "status": "failed", "error_code": "-32000"}
	check("mcp_server_connection", connection, "cowork.connector.connections", 1, are{"connector": "crm", "status": "failed"})
	check("mcp_server_connection", connection, "cowork.connector.errors", 1, are{"connector": "crm", "error_type": "-32000"})
	check("skill_activated", attrs{"skill.name": "report", "plugin.name": "office"}, "cowork.skill.activations", 1, are{"skill": "report", "plugin": "office"})
	check("plugin_loaded", attrs{"plugin.name": "office", "plugin.scope": "org", "enabled_via": "admin"}, "cowork.plugin.loads", 1,
		are{"plugin": "office", "scope": "org", "enabled_via": "admin"})
	ended := attrs{"cowork.prompt.cost_usd": 1.25, "cowork.prompt.duration_ms": 90000, "cowork.prompt.tool_count": 7, "cowork.prompt.complete": true}
	check("cowork.prompt_summary", ended, "cowork.prompt.cost", 1.25, are{"complete": "true"})
	check("cowork.prompt_summary", ended, "cowork.prompt.duration", 90, are{"complete": "true"})
	check("cowork.prompt_summary", ended, "cowork.prompt.tools", 7, are{"complete": "true"})
	ended["cowork.prompt.origin"] = "schedule"
	for metric, value := range map[string]float64{"cowork.prompt.cost": 1.25, "cowork.prompt.duration": 90, "cowork.prompt.tools": 7} {
		check("cowork.prompt_summary", ended, metric, value, are{"complete": "true", "cowork.prompt.origin": "schedule"})
	}
}

// TestNothingElse checks which events add to cowork.events only.
func TestNothingElse(t *testing.T) {
	check := func(kind string, own attrs) {
		t.Helper()
		l := newLedger(Settings{GenAI: true})
		l.add(event(kind, own))
		require.Equal(t, []string{"cowork.events"}, names(l.all()))
	}
	check("tool_result", attrs{"tool_name": "Bash", "success": false}) // no connector
	check("api_request", nil)
	check("client_prompt_summary", attrs{"cowork.prompt.cost_usd": 1e6})
	check("lam_session_turn_completed", attrs{"total_cost_usd": 1.5, "input_tokens": 12})
	check("alert", nil)
}

// TestDesktop checks that the cost in the desktop app's own stream is not added.
func TestDesktop(t *testing.T) {
	l := newLedger(Settings{})
	ld := request("req_1", nil)
	ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope().SetName("claude-desktop.events")
	l.add(ld)
	require.Equal(t, []string{"cowork.events"}, names(l.all()))
	l.add(request("req_1", nil))
	require.InDelta(t, 0.015184, only(t, l.all(), "cowork.cost", nil).value, 1e-15, "and the client's event still counts")
}

// TestUnknown checks that the names of unknown kinds are not written, and that records
// of other programs are ignored.
func TestUnknown(t *testing.T) {
	l := newLedger(Settings{})
	other := event("started", nil)
	other.ResourceLogs().At(0).Resource().Attributes().PutStr("service.name", "postgres")
	l.add(event("jane_doe", nil), event("brand_new", nil), event("", nil), other)
	points := l.all()
	require.Len(t, points, 1)
	require.EqualValues(t, 2, points[0].value)
	require.Equal(t, map[string]any{"event.name": "unknown"}, points[0].labels)
}

// TestDuplicates checks that a duplicate counts as an event only.
func TestDuplicates(t *testing.T) {
	again := func(kind string, own attrs, metric string) {
		t.Helper()
		l := newLedger(Settings{})
		l.add(event(kind, own), event(kind, own))
		points := l.all()
		require.EqualValues(t, 2, only(t, points, "cowork.events", nil).value)
		require.EqualValues(t, 1, max(only(t, points, metric, nil).value, float64(only(t, points, metric, nil).count)))
		require.Equal(t, map[string]int64{kind: 1}, l.Stats().Duplicates)
	}
	again("user_prompt", attrs{"session.id": "s", "prompt.id": "p"}, "cowork.prompts")
	again("api_request", attrs{"session.id": "s", "request_id": "r", "cost_usd": 1}, "cowork.cost")
	again("api_request", attrs{"session.id": "s", "client_request_id": "r", "cost_usd": "1"}, "cowork.cost")
	again("api_error", attrs{"event.timestamp": "2026-11-21T09:30:02.100Z", "event.sequence": 7}, "cowork.api.errors")
	again("api_refusal", attrs{"event.timestamp": "2026-11-21T09:30:02.100Z", "event.sequence": "7"}, "cowork.api.refusals")
	again("mcp_server_connection", attrs{"event.timestamp": "2026-11-21T09:30:02.100Z", "event.sequence": 0}, "cowork.connector.connections")
	again("skill_activated", attrs{"event.timestamp": "2026-11-21T09:30:02.100Z", "event.sequence": 7}, "cowork.skill.activations")
	again("plugin_loaded", attrs{"event.timestamp": "2026-11-21T09:30:02.100Z", "event.sequence": 7}, "cowork.plugin.loads")
	again("prompt_summary", attrs{"prompt.id": "p", "cowork.prompt.part": 1, "cowork.prompt.tool_count": 1}, "cowork.prompt.tools")
	again("tool_decision", attrs{"tool_use_id": "t"}, "cowork.tool.decisions")
	again("tool_result", attrs{"tool_use_id": "t", "duration_ms": 5}, "cowork.tool.duration")

	l := newLedger(Settings{})
	l.add(
		event("api_request", attrs{"session.id": "a", "request_id": "r", "cost_usd": 1}),
		event("api_request", attrs{"session.id": "b", "request_id": "r", "cost_usd": 1}),
		event("api_request", attrs{"session.id": "a", "cost_usd": 1}),
		event("api_request", attrs{"session.id": "a", "cost_usd": 1}),
	)
	require.EqualValues(t, 4, only(t, l.all(), "cowork.cost", nil).value, "another session, or no id")
	require.Empty(t, l.Stats().Duplicates)

	l = newLedger(Settings{})
	at := "2026-11-21T09:30:02.100Z"
	l.add(
		event("plugin_loaded", attrs{"event.timestamp": at, "event.sequence": 0}),
		event("plugin_loaded", attrs{"event.timestamp": at, "event.sequence": 1}),
		event("plugin_loaded", attrs{"event.timestamp": "2026-11-21T09:30:03Z", "event.sequence": 0}),
		event("plugin_loaded", attrs{"event.timestamp": at}),
		event("plugin_loaded", attrs{"event.sequence": 0}),
		event("prompt_summary", attrs{"prompt.id": "p", "cowork.prompt.part": 0, "cowork.prompt.tool_count": 1}),
		event("prompt_summary", attrs{"prompt.id": "p", "cowork.prompt.part": 1, "cowork.prompt.tool_count": 1}),
	)
	points := l.all()
	require.EqualValues(t, 5, only(t, points, "cowork.plugin.loads", nil).value)
	require.EqualValues(t, 2, only(t, points, "cowork.prompt.tools", nil).value)
}

// TestGenAI checks the metrics of the conventions.
func TestGenAI(t *testing.T) {
	l := newLedger(Settings{GenAI: true})
	l.add(request("req_1", nil))
	points := l.all()
	input := only(t, points, "gen_ai.client.token.usage", map[string]any{"gen_ai.token.type": "input"})
	require.EqualValues(t, 17321, input.value)
	require.Equal(t, map[string]any{
		"gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic", "gen_ai.request.model": "claude-opus-5-5", "gen_ai.token.type": "input",
	}, input.labels)
	require.EqualValues(t, 45, only(t, points, "gen_ai.client.token.usage", map[string]any{"gen_ai.token.type": "output"}).value)
	require.InDelta(t, 0.9, only(t, points, "gen_ai.client.operation.duration", nil).value, 1e-12)
}
