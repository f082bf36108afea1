package cowork

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestViews(t *testing.T) {
	request, ok := APIRequestOf(eventOf(t, map[string]any{
		"event.name": "api_request", "model": "m", "cost_usd": "0.25", "duration_ms": "1500", "input_tokens": 3,
	}))
	require.True(t, ok)
	micros, ok := request.CostMicros()
	require.True(t, ok)
	require.EqualValues(t, 250000, micros)
	d, _ := request.Duration()
	require.Equal(t, "1.5s", d.String())
	request.Record().Attributes().PutInt("cost_usd_micros", 7)
	micros, _ = request.CostMicros()
	require.EqualValues(t, 7, micros, "micros are preferred")
	request.Record().Attributes().PutInt("duration_ms", -1)
	_, ok = request.Duration()
	require.False(t, ok)

	result, ok := ToolResultOf(eventOf(t, map[string]any{"event.name": "tool_result", "success": "false", "tool_name": "mcp__crm__send"}))
	require.True(t, ok)
	success, ok := result.Success()
	require.True(t, ok)
	require.False(t, success)
	require.Equal(t, "crm", result.Connector())
	_, ok = ToolResultOf(request.Event)
	require.False(t, ok)
}

// views report for each kind that has a view whether an event is of the kind.
var views = map[string]func(Event) bool{
	"user_prompt":           is(UserPromptOf),
	"api_request":           is(APIRequestOf),
	"api_error":             is(APIErrorOf),
	"api_refusal":           is(APIRefusalOf),
	"assistant_response":    is(AssistantResponseOf),
	"tool_decision":         is(ToolDecisionOf),
	"tool_result":           is(ToolResultOf),
	"mcp_server_connection": is(MCPConnectionOf),
	"skill_activated":       is(SkillActivatedOf),
	"subagent_completed":    is(SubagentCompletedOf),
}

func is[V any](of func(Event) (V, bool)) func(Event) bool {
	return func(e Event) bool {
		_, ok := of(e)
		return ok
	}
}

// TestViewsOfTheirKindOnly checks every view with every kind.
func TestViewsOfTheirKindOnly(t *testing.T) {
	for name, isView := range views {
		require.NotNil(t, KindOf(name), name)
		for kind := range Kinds() {
			e := eventOf(t, map[string]any{"event.name": "claude_code." + kind.Name})
			require.Equal(t, kind.Name == name, isView(e), "the view of %s on %s", name, kind.Name)
		}
	}
}

func TestAPIErrorView(t *testing.T) {
	e, ok := APIErrorOf(eventOf(t, map[string]any{
		"event.name": "api_error", "model": "m", "status_code": "529", "attempt": 0, "duration_ms": 12.5,
	}))
	require.True(t, ok)
	status, ok := e.StatusCode()
	require.True(t, ok)
	require.EqualValues(t, 529, status)
	attempt, ok := e.Attempt()
	require.True(t, ok, "0 is an attempt")
	require.Zero(t, attempt)
	d, _ := e.Duration()
	require.Equal(t, 12500*time.Microsecond, d)
	require.Equal(t, "m", e.Model())
	e.Record().Attributes().PutStr("status_code", "undefined")
	_, ok = e.StatusCode()
	require.False(t, ok)
}

func TestToolViews(t *testing.T) {
	attributes := map[string]any{
		"event.name": "tool_decision", "tool_name": "mcp_tool", "decision": "reject", "source": "hook",
		"tool_parameters": `{"mcp_server_name":"crm","mcp_tool_name":"send"}`,
	}
	d, _ := ToolDecisionOf(eventOf(t, attributes))
	require.Equal(t, []string{"send", "crm", "reject", "hook"}, []string{d.Tool(), d.Connector(), d.Decision(), d.Source()})
	require.True(t, d.Rejected())
	attributes["tool_parameters"] = map[string]any{"mcp_server_name": "crm", "mcp_tool_name": "send"}
	d, _ = ToolDecisionOf(eventOf(t, attributes))
	require.Equal(t, "send crm", d.Tool()+" "+d.Connector(), "parameters that were decoded on the way")

	r, _ := ToolResultOf(eventOf(t, map[string]any{
		"event.name": "tool_result", "tool_name": "mcp_tool", "mcp_server.name": "crm", "mcp_tool.name": "send", "error_type": "E",
	}))
	require.Equal(t, []string{"send", "crm", "E"}, []string{r.Tool(), r.Connector(), r.ErrorType()})
	_, ok := r.Success()
	require.False(t, ok, "what is not told is not a failure")
}

func TestOtherViews(t *testing.T) {
	c, _ := MCPConnectionOf(eventOf(t, map[string]any{
		"event.name": "mcp_server_connection", "server_name": "crm", "status": "failed", "error_code": -32000,
	}))
	require.Equal(t, "crm failed -32000", c.Connector()+" "+c.Status()+" "+c.ErrorCode())
	s, _ := SkillActivatedOf(eventOf(t, map[string]any{"event.name": "skill_activated", "skill.name": "report"}))
	require.Equal(t, "report", s.Skill())
	a, _ := SubagentCompletedOf(eventOf(t, map[string]any{"event.name": "subagent_completed", "agent_type": "general", "duration_ms": "7"}))
	d, _ := a.Duration()
	require.Equal(t, "general 7ms", a.AgentType()+" "+d.String())
	f, _ := APIRefusalOf(eventOf(t, map[string]any{"event.name": "api_refusal", "model": "m"}))
	require.Equal(t, "m", f.Model())
	w, _ := AssistantResponseOf(eventOf(t, map[string]any{"event.name": "assistant_response", "response_length": "42"}))
	n, _ := w.Length()
	require.EqualValues(t, 42, n)
}

// TestCostIsBounded checks that the cost of a request without a valid amount is unknown.
func TestCostIsBounded(t *testing.T) {
	check := func(key string, costs ...any) {
		t.Helper()
		for _, cost := range costs {
			r, _ := APIRequestOf(eventOf(t, map[string]any{"event.name": "api_request", key: cost}))
			_, ok := r.CostMicros()
			require.False(t, ok, "%v", cost)
		}
	}
	check("cost_usd", 1e300, "1e30", math.NaN(), "free", nil, -0.01)
	check("cost_usd_micros", -1, int64(1e15)+1)
}
