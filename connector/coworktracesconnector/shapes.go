package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// shapes says which events become spans. A kind that is not here becomes none: its
// step has a span already (an accepted tool_decision is in the tool's), or it says
// nothing about the prompt's course. A connector is disconnected when the session
// ends, and that is no part of the prompt that happened to be the last.
//
// To add a span, add a row and write the README's tables with
//
//	go test ./connector/coworktracesconnector -run TestReadme -update
var shapes = []shape{
	{
		event: "prompt_summary", when: firstPart, name: "invoke_agent", genAI: true, subject: subject{"cowork", constant(agentName)},
		kind: ptrace.SpanKindInternal, lasts: "cowork.prompt.duration_ms", fails: unanswered,
	},
	{
		event: "prompt_summary", when: laterPart, name: "late_events",
		kind: ptrace.SpanKindInternal, lasts: "cowork.prompt.duration_ms", below: root,
	},
	{
		event: "api_request", name: "chat", genAI: true, subject: model,
		kind: ptrace.SpanKindClient, lasts: "duration_ms", below: agentRun,
	},
	{
		event: "api_error", name: "chat", genAI: true, subject: model,
		kind: ptrace.SpanKindClient, lasts: "duration_ms", below: agentRun, fails: statusCode,
	},
	{
		event: "api_refusal", name: "api_refusal", subject: model,
		kind: ptrace.SpanKindInternal, below: agentRun,
	},
	{
		event: "api_retries_exhausted", name: "api_retries_exhausted", subject: model,
		kind: ptrace.SpanKindInternal, lasts: "total_retry_duration_ms", below: root, fails: statusCode,
	},
	{
		event: "tool_result", name: "execute_tool", genAI: true, subject: tool,
		kind: ptrace.SpanKindInternal, lasts: "duration_ms", below: request, fails: toolError,
	},
	{
		event: "tool_decision", when: rejected, name: "execute_tool", genAI: true, subject: tool,
		kind: ptrace.SpanKindInternal, below: request,
	},
	{
		event: "subagent_completed", name: "invoke_agent", genAI: true, subject: agent,
		kind: ptrace.SpanKindInternal, lasts: "duration_ms", below: parentRun,
	},
	{
		event: "skill_activated", name: "skill_activated", subject: skill,
		kind: ptrace.SpanKindInternal, below: root,
	},
	{
		event: "mcp_server_connection", when: opened, name: "mcp_server_connection", subject: server,
		kind: ptrace.SpanKindClient, lasts: "duration_ms", below: root, fails: connection,
	},
	{
		event: "hook_execution_complete", name: "hook", subject: named("hook_event"),
		kind: ptrace.SpanKindInternal, lasts: "total_duration_ms", below: root,
	},
	{
		event: "compaction", name: "compaction", subject: named("trigger"),
		kind: ptrace.SpanKindInternal, lasts: "duration_ms", below: root, fails: unsuccessful,
	},
	{
		event: "permission_mode_changed", name: "permission_mode_changed", subject: named("to_mode"),
		kind: ptrace.SpanKindInternal, below: root,
	},
	{
		event: "internal_error", name: "internal_error",
		kind: ptrace.SpanKindInternal, below: root, fails: internalError,
	},
}
