package coworktracesconnector

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/prompt"
)

// TestSteps checks the ids of steps and of their parents.
func TestSteps(t *testing.T) {
	check := func(kind string, own attrs, step, below string) {
		t.Helper()
		span := only(t, defaults, event(kind, own))
		require.Equal(t, prompt.SpanID(trace, step), span.SpanID(), "its step is not %s", step)
		require.Equal(t, prompt.SpanID(trace, below), span.ParentSpanID(), "it is not below %s", below)
	}
	const time = ":1795253400000000000"
	check("api_request", attrs{"request_id": "req_1", "client_request_id": "c"}, "request:req_1", "")
	check("api_request", attrs{"client_request_id": "c"}, "request:c", "")
	check("api_request", attrs{"event.sequence": 7}, "api_request:7"+time, "")
	check("api_request", attrs{"request_id": "req_1", "agent_id": "a1"}, "request:req_1", "subagent:a1")
	check("api_error", attrs{"request_id": "req_1", "attempt": 3}, "request:req_1:3", "")
	check("tool_result", attrs{"tool_use_id": "toolu_1"}, "tool:toolu_1", "")
	check("tool_result", attrs{"tool_use_id": "toolu_1", "request_id": "req_1"}, "tool:toolu_1", "request:req_1")
	check("tool_result", attrs{"event.sequence": "8"}, "tool_result:8"+time, "")
	check("tool_decision", attrs{"tool_use_id": "toolu_1", "decision": "reject", "request_id": "req_1"}, "tool:toolu_1", "request:req_1")
	check("subagent_completed", attrs{"agent_id": "a1"}, "subagent:a1", "")
	check("subagent_completed", attrs{"agent_id": "a2", "parent_agent_id": "a1"}, "subagent:a2", "subagent:a1")
	check("subagent_completed", attrs{"agent_id": "a1", "parent_agent_id": "a1"}, "subagent:a1", "")
	check("skill_activated", attrs{"event.sequence": 9}, "skill_activated:9"+time, "")
	check("api_refusal", attrs{"request_id": "req_1", "event.sequence": 9}, "api_refusal:9"+time, "")
}

// TestFailures checks which steps failed, and the class of the error. The message is not
// copied.
func TestFailures(t *testing.T) {
	check := func(kind string, own attrs, errorType any) {
		t.Helper()
		own["error"] = "for jane"
		span := only(t, defaults, event(kind, own))
		require.Equal(t, errorType, span.Attributes().AsRaw()["error.type"], "%v", own)
		require.Equal(t, errorType != nil, span.Status().Code() != 0)
		require.Empty(t, span.Status().Message())
		require.NotContains(t, span.Attributes().AsRaw(), "error")
	}
	check("api_error", attrs{"status_code": 529}, "529")
	check("api_error", attrs{"status_code": "529"}, "529")
	check("api_error", attrs{"status_code": "undefined"}, "_OTHER")
	check("api_error", attrs{"status_code": 5550132}, "_OTHER")
	check("api_error", attrs{}, "_OTHER")
	check("api_retries_exhausted", attrs{"status_code": 500}, "500")
	check("api_refusal", attrs{}, nil)
	check("tool_result", attrs{"success": "false", "error_type": "ShellError"}, "ShellError")
	check("tool_result", attrs{"success": false}, "tool_error")
	check("tool_result", attrs{"success": "true", "error_type": "ShellError"}, nil)
	check("tool_result", attrs{}, nil)
	check("tool_decision", attrs{"decision": "reject"}, nil)
	check("mcp_server_connection", attrs{"status": "failed", "error_code": "ENOENT"}, "ENOENT")
	check("mcp_server_connection", attrs{"status": "failed"}, "_OTHER")
	check("mcp_server_connection", attrs{"status": "connected"}, nil)
	check("compaction", attrs{"success": false}, "_OTHER")
	check("internal_error", attrs{"error_name": "TypeError"}, "TypeError")
}

func TestToolAttributes(t *testing.T) {
	check := func(kind string, own, want attrs) {
		t.Helper()
		got := only(t, defaults, event(kind, own)).Attributes().AsRaw()
		for key, value := range want {
			require.Equal(t, value, got[key], key)
		}
	}
	check("tool_result", attrs{"tool_name": "Bash", "tool_use_id": "toolu_1", "decision_type": "accept", "decision_source": "user_temporary"}, attrs{
		"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "Bash", "gen_ai.tool.type": "function", "gen_ai.tool.call.id": "toolu_1",
		"cowork.tool.decision": "accept", "cowork.tool.decision.source": "user_temporary",
	})
	check("tool_decision", attrs{"tool_name": "mcp__crm__send", "decision": "reject", "source": "hook"}, attrs{
		"gen_ai.tool.name": "send", "gen_ai.tool.type": "extension",
		"cowork.tool.decision": "reject", "cowork.tool.decision.source": "hook",
	})
	check("subagent_completed", attrs{"agent_type": "Explore", "agent_id": "a1"}, attrs{"gen_ai.agent.name": "Explore", "gen_ai.agent.id": "a1"})
	check("api_refusal", attrs{"model": "m"}, attrs{"gen_ai.response.finish_reasons": []any{"refusal"}, "gen_ai.request.model": "m"})
	check("api_error", attrs{"model": "m", "status_code": "529"}, attrs{"http.response.status_code": int64(529), "gen_ai.response.model": nil})
}
