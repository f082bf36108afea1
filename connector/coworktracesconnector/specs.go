package coworktracesconnector

import (
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// specs holds the events that become spans. A kind without a row has no span: its step
// has one already (an accepted tool_decision belongs to the tool's span), or it is no
// step of the prompt. A disconnected connector has no span, since connectors disconnect
// at the end of a session, after the last prompt.
//
// To add a span, add a row and generate the README's tables with
//
//	go test ./connector/coworktracesconnector -run TestReadme -update
var specs = []spanSpec{
	{
		event: "prompt_summary", when: firstPart, name: "invoke_agent", genAI: true, subject: subject{"cowork", constant(agentName)},
		kind: ptrace.SpanKindInternal, duration: "cowork.prompt.duration_ms", failure: unanswered,
	},
	{
		event: "prompt_summary", when: laterPart, name: "late_events",
		kind: ptrace.SpanKindInternal, duration: "cowork.prompt.duration_ms", parent: root,
	},
	{
		event: "api_request", name: "chat", genAI: true, subject: model,
		kind: ptrace.SpanKindClient, duration: "duration_ms", parent: agentRun,
	},
	{
		event: "api_error", name: "chat", genAI: true, subject: model,
		kind: ptrace.SpanKindClient, duration: "duration_ms", parent: agentRun, failure: statusCode,
	},
	{
		event: "api_refusal", name: "api_refusal", subject: model,
		kind: ptrace.SpanKindInternal, parent: agentRun,
	},
	{
		event: "api_retries_exhausted", name: "api_retries_exhausted", subject: model,
		kind: ptrace.SpanKindInternal, duration: "total_retry_duration_ms", parent: root, failure: statusCode,
	},
	{
		event: "tool_result", name: "execute_tool", genAI: true, subject: tool,
		kind: ptrace.SpanKindInternal, duration: "duration_ms", parent: request, failure: toolError,
	},
	{
		event: "tool_decision", when: rejected, name: "execute_tool", genAI: true, subject: tool,
		kind: ptrace.SpanKindInternal, parent: request,
	},
	{
		event: "subagent_completed", name: "invoke_agent", genAI: true, subject: agent,
		kind: ptrace.SpanKindInternal, duration: "duration_ms", parent: parentRun,
	},
	{
		event: "skill_activated", name: "skill_activated", subject: skill,
		kind: ptrace.SpanKindInternal, parent: root,
	},
	{
		event: "mcp_server_connection", when: opened, name: "mcp_server_connection", subject: server,
		kind: ptrace.SpanKindClient, duration: "duration_ms", parent: root, failure: connection,
	},
	{
		event: "hook_execution_complete", name: "hook", subject: named("hook_event"),
		kind: ptrace.SpanKindInternal, duration: "total_duration_ms", parent: root,
	},
	{
		event: "compaction", name: "compaction", subject: named("trigger"),
		kind: ptrace.SpanKindInternal, duration: "duration_ms", parent: root, failure: unsuccessful,
	},
	{
		event: "permission_mode_changed", name: "permission_mode_changed", subject: named("to_mode"),
		kind: ptrace.SpanKindInternal, parent: root,
	},
	{
		event: "internal_error", name: "internal_error",
		kind: ptrace.SpanKindInternal, parent: root, failure: internalError,
	},
}
