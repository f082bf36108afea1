package flat

import (
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// A column is a row of the table: a name, its type, and what has its value.
type column struct {
	name string
	typ  cowork.Type
	// attributes have the value, the first that is present.
	attributes []string
	// read returns the text of a column that more than its attributes decide. They are read
	// if it returns none.
	read func(*row) string
	doc  string
}

// The types, short for the table.
const (
	text   = cowork.String
	number = cowork.Int
	double = cowork.Double
	flag   = cowork.Bool
)

func from(attributes ...string) []string { return attributes }

// columns is the table. Names and types do not change: tables of products have them. To add
// a column, add a row, and run go test ./processor/coworkschemaprocessor -run TestReadmeColumns -update.
var columns = [...]column{
	{"time", text, nil, eventTime, "when it happened: RFC 3339 in UTC with milliseconds"},
	{"event_name", text, nil, eventName, "the kind of event"},
	{"event_id", text, nil, eventID, "identifies the record: a record that is delivered twice has the same"},
	{"event_sequence", number, from("event.sequence"), nil, "the client's counter, which orders events of one time"},

	{"user_id", text, nil, userID, "the account, else what identifies the user; of an alert, the user of its group"},
	{"user_name", text, from("cowork.user.name"), nil, "the name that redaction and the roster left"},
	{"user_email", text, from("user.email"), nil, "the address, or its pseudonym"},
	{"team", text, nil, dimension("team"), "the team, from the roster"},
	{"cost_center", text, nil, dimension("cost_center"), "the cost center, from the roster or the client"},
	{"organization_id", text, nil, dimension("organization"), "the organization"},
	{"tenant", text, from(cowork.TenantAttribute), nil, "the name of the token with which the event was sent"},
	{"session_id", text, from("session.id"), nil, "the session"},
	{"prompt_id", text, from("prompt.id"), nil, "the prompt: all steps of it have the same"},
	{"prompt_origin", text, from(cowork.OriginAttribute), nil, "what started the prompt: user, task, schedule or agent"},
	{"prompt_cost_usd", double, from("cowork.prompt.cost_usd"), nil, "of a `prompt_summary`: the cost of all requests of the prompt, which have theirs in `cost_usd`"},
	{"prompt_api_errors", number, from("cowork.prompt.api_error_count"), nil, "of a `prompt_summary`: the requests that failed"},
	{"prompt_tool_failures", number, from("cowork.prompt.tool_failure_count"), nil, "of a `prompt_summary`: the tools that failed"},

	{"installation_id", text, from("user.id"), nil, "the installation of the client, which is `user.id` of clients"},
	{"host_name", text, from("host.name"), nil, "the machine, if the client sends it"},
	{"os_type", text, from("os.type"), nil, "darwin, windows or linux"},
	{"os_version", text, from("os.version"), nil, "the version of the operating system"},
	{"surface", text, from("cowork.surface"), nil, "remote for sessions in the cloud"},
	{"service_name", text, from("service.name"), nil, "the application: cowork, or otelcol-cowork for alerts"},
	{"client_version", text, nil, clientVersion, "the version of the client"},
	{"safe_mode", flag, from("safe_mode"), nil, "whether the client runs without extensions"},
	{"clock_skew_ms", number, from("cowork.clock_skew_ms"), nil, "how far the clock of the client is behind, if over a minute; negative if it is ahead"},
	{"delivery_delay_ms", number, from("cowork.delivery_delay_ms"), nil, "how late the event was delivered, if over a minute"},

	{"model", text, nil, dimension("model"), "the model"},
	{"request_id", text, from("request_id", "client_request_id"), nil, "the request to the model, which responses and tools share"},
	{"query_source", text, from("query_source"), nil, "which part of the client made the request"},
	{"input_tokens", number, from("input_tokens"), nil, "input without that of the cache"},
	{"output_tokens", number, from("output_tokens"), nil, "output"},
	{"cache_read_tokens", number, from("cache_read_tokens"), nil, "input that was read from the cache"},
	{"cache_creation_tokens", number, from("cache_creation_tokens"), nil, "input that was written to the cache"},
	{"cost_usd", double, from("cost_usd"), nil, "the cost of the request, estimated by the client or from your prices"},
	{"duration_ms", number, from("duration_ms", "total_duration_ms", "cowork.prompt.duration_ms"), nil, "how long it took"},

	{"tool_name", text, nil, toolName, "the tool; `mcp_tool` or `mcp__server__tool` for one of a connector; of an alert, the tool of its group"},
	{"tool_use_id", text, from("tool_use_id"), nil, "the call of the tool, which its decision and its result share"},
	{"connector", text, nil, dimension("connector"), "the MCP server"},
	{"connector_tool", text, nil, connectorTool, "the tool of the connector"},
	{"connector_call", text, nil, connectorCall, "the MCP server and its tool, such as `mail/send_message`"},
	{"connector_scope", text, from("mcp_server_scope", "server_scope"), nil, "where the connector is configured: claudeai, dynamic, project, local or user"},
	{"connector_of_plugin", flag, from("is_plugin"), nil, "of a connection: whether a plugin brought the connector"},
	{"success", flag, nil, nil, "whether it succeeded, if the event reports it; false for a rejected tool"},
	{"decision", text, from("decision"), nil, "accept or reject"},
	{"decision_source", text, from("source", "decision_source"), nil, "who decided: config, hook, user_permanent, user_reject"},
	{"permission_mode", text, from("permission_mode", "to_mode"), nil, "the permission mode, after a change of it"},
	{"permission_mode_before", text, from("from_mode"), nil, "the permission mode before a change"},
	{"permission_mode_after", text, from("to_mode"), nil, "the permission mode after a change, of a change only"},
	{"command", text, nil, argument(cowork.CommandOf), "the shell command"},
	{"file_path", text, nil, argument(cowork.FilePathOf), "the file or folder, with slashes for backslashes"},
	{"file_read", text, nil, argument(cowork.FileReadOf), "the file that a tool reads, of the client or of a connector"},
	{"file_written", text, nil, argument(cowork.FileWrittenOf), "the file that a tool writes, likewise"},
	{"url", text, nil, argument(cowork.URLOf), "the URL that the tool requests"},
	{"url_host", text, nil, argument(schema.HostOf), "its host, in lower case"},
	{"input_bytes", number, from("tool_input_size_bytes"), nil, "the size of the tool's input"},
	{"result_bytes", number, from("tool_result_size_bytes"), nil, "the size of its result"},
	{"tool_input", text, from("tool_input"), nil, "the input of the tool as JSON, its values cut by the client at 512 characters"},
	{"tool_parameters", text, from("tool_parameters"), nil, "what the tool was called with, as JSON"},
	{"tool_definition", text, nil, toolDefinition, "of a `tool`: its name, description and schema as JSON"},
	{"tool_hash", text, from("tool_hash"), nil, "of a `tool`: a hash of its definition"},

	{"egress_verdict", text, from("cowork.egress.verdict"), nil, "the worst verdict on a host: disabled, unlisted, allowed or local"},
	{"egress_host", text, from("cowork.egress.host"), nil, "the first host with this verdict"},
	{"egress_disabled", text, from("cowork.egress.disabled"), list("cowork.egress.disabled"), "the disabled hosts, with spaces between them"},
	{"egress_unlisted", text, from("cowork.egress.unlisted"), list("cowork.egress.unlisted"), "the hosts on no list, with spaces between them"},
	{"connector_verdict", text, from("cowork.connector.verdict"), nil, "the verdict on the connector"},
	{"plugin_verdict", text, from("cowork.plugin.verdict"), nil, "the verdict on the plugin"},

	{"skill", text, nil, dimension("skill"), "the skill"},
	{"plugin", text, nil, dimension("plugin"), "the plugin"},
	{"plugin_scope", text, from("plugin.scope"), nil, "official, org, user-local or default-bundle"},
	{"plugin_has_hooks", flag, from("has_hooks"), nil, "whether the plugin has hooks"},
	{"marketplace", text, from("marketplace.name"), nil, "where the plugin is from"},
	{"marketplace_official", flag, from("marketplace.is_official"), nil, "whether it is Anthropic's"},
	{"agent", text, nil, dimension("agent"), "the subagent"},
	{"hook_event", text, from("hook_event"), nil, "the event of a hook"},
	{"hooks_blocking", number, from("num_blocking"), nil, "how many hooks blocked"},
	{"action", text, from("action", "trigger", "install.trigger"), nil, "login or logout; what caused a change or an installation"},
	{"status", text, from("status"), nil, "of a connector: connected, failed or disconnected"},

	{"error_type", text, from("error_type", "error.type", "error_name", "error_category"), nil, "the class of the failure"},
	{"error_code", text, from("error_code"), nil, "its code, such as ENOENT"},
	{"error_message", text, from("error"), nil, "its text, as redaction left it"},
	{"status_code", number, from("status_code"), nil, "the HTTP status"},
	{"attempts", number, from("attempt", "total_attempts"), nil, "attempts of a request"},
	{"error_count", number, from("error_count"), nil, "files that a removal of old files failed to delete"},

	{"prompt", text, from("prompt", "prompt_text"), nil, "what the user wrote, if the client sends it and redaction keeps it"},
	{"response", text, from("response"), nil, "what the model answered, likewise"},
	{"api_body", text, from("body"), nil, "a request to the model or its response as JSON, likewise"},
	{"system_prompt", text, from("system_prompt"), nil, "the system prompt, likewise"},

	{"alert_name", text, from("alert.name"), nil, "the rule"},
	{"severity", text, from("alert.severity"), nil, "info, warning or critical"},
	{"alert_status", text, from("alert.status"), nil, "firing or resolved"},
	{"alert_message", text, from("alert.message"), nil, "what, who and how much"},
	{"alert_action", text, from("alert.action"), nil, "what to do"},
	{"alert_tags", text, from("alert.tags"), list("alert.tags"), "tags of the rule with spaces between them, such as `attack.t1059.004 owasp.llm06-2026`"},
	{"alert_id", text, from("alert.fingerprint"), nil, "the rule and its group: firing and resolved have the same"},
	{"alert_value", double, from("alert.value"), nil, "what was measured"},
	{"alert_threshold", double, from("alert.threshold"), nil, "the threshold"},
	{"alert_starts_at", text, nil, alertTime("alert.starts_at"), "when it began to fire"},
	{"alert_ends_at", text, nil, alertTime("alert.ends_at"), "when it was resolved"},
}
