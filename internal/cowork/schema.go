package cowork

// The rows of this table are the attributes of the five core events and of all events
// that share them. To add an attribute, add a row and regenerate schema.md with
//
//	go test ./internal/cowork -run TestSchemaPage -update
//
// The other tables of the schema: schema_envelope.go holds the attributes of every event
// and resource, schema_lifecycle.go those of the rarer events, schema_span.go those of
// metrics and spans, schema_own.go those that this collector writes.
//
//nolint:lll // one row, one line
var eventTable = []Attribute{
	// Conversation.
	{"prompt", Content, String, "", UserPrompts, "live CCDOC", "what the user wrote, or <REDACTED>"},
	{"prompt_text", Content, String, "", UserPrompts, "live CCDOC-Oct", "the same text a second time"},
	{"prompt_length", Measure, Int, "{character}", None, "live CCDOC", "length of the prompt; a string on the wire"},
	{"command_name", Label, String, "", None, "CCDOC", "slash command; custom or mcp unless tool details are let out"},
	{"command_source", Label, String, "", None, "CCDOC", "builtin, custom or mcp"},
	{"response", Content, String, "", AssistantResponses, "live CCDOC", "what the model answered, or <REDACTED>; also a survey's answer"},
	{"response_length", Measure, Int, "{character}", None, "live CCDOC", "length of the response"},

	// Calls to the API.
	{"model", Label, String, "", None, "live CCDOC", "the model asked, perhaps with a suffix such as [1m]"},
	{"cost_usd", Measure, Double, "USD", None, "live CCDOC", "the client's estimate from list prices"},
	{"cost_usd_micros", Measure, Int, "{microdollar}", None, "live CCDOC", "the same in millionths: what to add up"},
	{CostSourceAttribute, Label, String, "", None, "own", "computed where this collector computed the cost from its price table"},
	{"duration_ms", Measure, Int, "ms", None, "live CCDOC", "how long the step took"},
	{"ttft_ms", Measure, Int, "ms", None, "live", "time to the first token"},
	{"input_tokens", Measure, Int, "{token}", None, "live CCDOC", "input tokens, without those of the cache"},
	{"output_tokens", Measure, Int, "{token}", None, "live CCDOC", "output tokens"},
	{"cache_read_tokens", Measure, Int, "{token}", None, "live CCDOC", "input tokens read from the cache"},
	{"cache_creation_tokens", Measure, Int, "{token}", None, "live CCDOC", "input tokens written to the cache"},
	{"cache_creation_5m_tokens", Measure, Int, "{token}", None, "live", "of these, kept for five minutes"},
	{"cache_creation_1h_tokens", Measure, Int, "{token}", None, "live", "of these, kept for an hour"},
	{"request_id", Identifier, String, "", None, "live CCDOC", "the API request, req_…; on tool events the request that asked for the tool"},
	{"client_request_id", Identifier, String, "", None, "CCDOC CCOTEL", "the client's own id of the request"},
	{"request_body_id", Identifier, String, "", None, "live CCDOC-Oct", "joins a request body with its request"},
	{"speed", Label, String, "", None, "live CCDOC", "normal or fast"},
	{"effort", Label, String, "", None, "live CCDOC", "low to max; absent where the model has none"},
	{"query_source", Label, String, "", None, "live CCOTEL", "what asked: sdk, repl_main_thread, agent:…, compact, …"},
	{"status_code", Label, Int, "", None, "live CCDOC", "HTTP status; absent or \"undefined\" where there was none"},
	{"attempt", Measure, Int, "{attempt}", None, "live CCDOC", "attempts made; 0 occurs"},
	{"total_attempts", Measure, Int, "{attempt}", None, "live CCDOC", "attempts made until the client gave up"},
	{"total_retry_duration_ms", Measure, Int, "ms", None, "live CCDOC", "time spent on retries"},
	{"error", Content, String, "", ToolDetails, "live CCDOC", "what went wrong in its own words; can quote anything, and API errors are not gated"},
	{"error_type", Label, String, "", None, "live CCDOC", "ShellError, McpToolCallError, …"},
	{"error_code", Label, String, "", None, "live CCDOC", "ENOENT, EUNKNOWN, -32000: a word, also where it looks like a number"},
	{"error_name", Label, String, "", None, "CCDOC", "class of an internal error, perhaps minified"},
	{"error.type", Label, String, "", None, "live CCDOC-Oct", "class of an error, as the conventions name it"},
	{"server_fallback_hop", Measure, Bool, "", None, "live CCDOC", "whether another model had already been tried"},
	{"has_category", Measure, Bool, "", None, "live CCDOC", "whether the refusal has a category"},
	{"has_explanation", Measure, Bool, "", None, "live CCDOC", "whether the refusal has an explanation"},
	{"category", Label, String, "", ToolDetails, "CCDOC", "category of the refusal"},
	{"body", Content, JSON, "", RawAPIBodies, "live CCDOC", "a whole request or response, cut at 60 KB"},
	{"body_ref", Content, String, "", RawAPIBodies, "CCDOC", "path of a file that holds the body"},
	{"body_length", Measure, Int, "By", None, "live CCDOC", "length of the body"},
	{"body_truncated", Measure, Bool, "", None, "live CCDOC", "whether the body was cut"},

	// Attribution: on whose behalf a request was made.
	{"agent.name", Label, String, "", None, "live CCDOC", "the subagent; custom unless official"},
	{"agent_id", Identifier, String, "", None, "live", "one run of a subagent"},
	{"parent_agent_id", Identifier, String, "", None, "CCDOC", "the run that started it"},
	{"skill.name", Label, String, "", None, "live CCDOC", "the skill; custom_skill unless tool details are let out"},
	{"plugin.name", Label, String, "", None, "live CCDOC", "the plugin; third-party unless official"},
	{"marketplace.name", Label, String, "", None, "live CCDOC", "where the plugin is from"},
	{"mcp_server.name", Label, String, "", None, "live CCDOC", "the connector; before 2.1.222 it stuck to later requests"},
	{"mcp_tool.name", Label, String, "", None, "live CCDOC", "the connector's tool"},

	// Tools.
	{"tool_name", Label, String, "", None, "live CCDOC", "Bash, Read, …; mcp_tool or mcp__server__tool for a connector's"},
	{"tool_use_id", Identifier, String, "", None, "live CCDOC", "joins a decision with its result, toolu_…"},
	{"tool_source", Label, String, "", None, "live CCDOC", "builtin, mcp or sdk_host_builtin_mcp"},
	{"success", Measure, Bool, "", None, "live CCDOC", "whether it worked; \"true\" or \"false\" on the wire"},
	{"decision", Label, String, "", None, "live CCDOC", "accept or reject"},
	{"source", Label, String, "", None, "live CCDOC", "who decided: config, hook, user_permanent, user_reject, …"},
	{"decision_type", Label, String, "", None, "CCDOC", "on results always accept: never count rejections from it"},
	{"decision_source", Label, String, "", None, "CCDOC", "as source, on interactive results"},
	{"permission_mode", Label, String, "", None, "live", "default, acceptEdits, plan, bypassPermissions, …"},
	{"tool_parameters", Content, JSON, "", ToolDetails, "live CCDOC", "what the tool was called with; builtin connectors' names come ungated"},
	{"tool_input", Content, JSON, "", ToolDetails, "live CCDOC", "the tool's input, its values cut at 512 characters"},
	{"tool_input_size_bytes", Measure, Int, "By", None, "live CCDOC", "size of the input"},
	{"tool_result_size_bytes", Measure, Int, "By", None, "live CCDOC", "size of the result; absent on failure"},
	{"mcp_server_scope", Label, String, "", None, "live CCDOC", "dynamic, project, claudeai or user"},

	// Inside tool_parameters, and on spans.
	{"bash_command", Content, String, "", ToolDetails, "live CCDOC", "first word of a command, or all of it"},
	{"full_command", Content, String, "", ToolDetails, "live CCDOC", "a command, never cut"},
	{"timeout", Measure, Int, "ms", ToolDetails, "CCDOC", "time a command was given"},
	{"description", Content, String, "", ToolDetails, "live CCDOC", "what a command is for, in the model's words"},
	{"dangerouslyDisableSandbox", Measure, Bool, "", ToolDetails, "CCDOC", "whether a command left the sandbox"},
	{"git_commit_id", Identifier, String, "", ToolDetails, "CCDOC", "the commit that a command made"},
	{"mcp_server_name", Label, String, "", None, "live CCDOC", "the connector"},
	{"mcp_tool_name", Label, String, "", None, "live CCDOC", "the connector's tool"},
	{"skill_name", Label, String, "", None, "live CCDOC", "the skill"},
	{"subagent_type", Label, String, "", None, "live CCDOC", "the subagent"},
	{"file_path", Content, String, "", ToolDetails, "CCDOC", "the file that a tool worked on"},
}
