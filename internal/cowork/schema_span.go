package cowork

// spanTable holds the attributes of clients' metrics and spans, with those of the GenAI
// conventions that this collector writes on its spans.
//
//nolint:lll // one row, one line
var spanTable = []Attribute{
	// Metrics.
	{"start_type", Label, String, "", None, "live CCDOC", "fresh, resume, continue or agents_view"},
	{"type", Label, String, "", None, "live CCDOC", "what is counted: input, cacheRead, added, cli, …"},
	{"language", Label, String, "", None, "CCDOC", "language of an edited file"},

	// Spans.
	{"span.type", Label, String, "", None, "live EL-CC", "interaction, llm_request, tool, …"},
	{"user_prompt", Content, String, "", UserPrompts, "live CCDOC", "what the user wrote"},
	{"user_prompt_length", Measure, Int, "{character}", None, "live CCDOC", "its length"},
	{"interaction.sequence", Measure, Int, "", None, "live CCDOC", "counts a session's interactions"},
	{"interaction.duration_ms", Measure, Int, "ms", None, "live CCDOC", "how long the interaction took"},
	{"parent.source", Label, String, "", None, "live", "where the span's parent is from: none, …"},
	{"queued_sends", Measure, Int, "{message}", None, "live", "messages that waited"},
	{"llm_request.context", Label, String, "", None, "live CCDOC", "interaction or tool"},
	{"query_source_safe", Label, String, "", None, "live EL-CC", "query_source without a user's words"},
	{"tool_name_safe", Label, String, "", None, "live EL-CC", "tool_name without a user's words"},
	{"first_content_ms", Measure, Int, "ms", None, "live EL-CC", "time to the first content"},
	{"stop_reason", Label, String, "", None, "live CCDOC", "end_turn, tool_use, …"},
	{"finish_reasons", Label, Strings, "", None, "CCDOC", "the same as a list"},
	{"result_tokens", Measure, Int, "{token}", None, "CCDOC", "size of a tool's result"},
	{"error_class", Label, String, "", None, "live", "class of a tool's error"},
	{"bash_command_class", Label, String, "", None, "live", "what a command does: file_search, …"},
	{"bash_argv0", Content, String, "", ToolDetails, "live", "the program that a command runs"},
	{"output", Content, String, "", ToolContent, "live CCDOC", "what a tool returned"},
	{"response.model_output", Content, String, "", AssistantResponses, "live CCDOC", "what the model answered"},
	{"response.has_tool_call", Measure, Bool, "", None, "live", "whether the model called a tool"},
	{"anthropic.mcp.server.name", Label, String, "", None, "live", "the connector"},

	// Detailed tracing. new_context repeats the complete prompt and is prompt content. What
	// the client adds to a request is content of API bodies: the system prompt, reminders
	// (which quote files), the definitions of tools. No user writes it, and a request's
	// body repeats it.
	{"new_context", Content, String, "", UserPrompts, "live CCDOC", "[USER PROMPT] with the prompt, or [TOOL RESULT: …] with a tool's complete output"},
	{"new_context_message_count", Measure, Int, "{message}", None, "live", "messages in new_context"},
	{"system_reminders", Content, String, "", RawAPIBodies, "live", "what the client adds to a prompt: files that it read, rules, notifications"},
	{"system_reminders_count", Measure, Int, "{reminder}", None, "live", "number of reminders"},
	{"system_prompt_preview", Content, String, "", RawAPIBodies, "live CCDOC", "start of the system prompt"},
	{"user_system_prompt", Content, String, "", UserPrompts, "CCDOC", "the user's own system prompt"},
	{"tools", Label, JSON, "", None, "live", "names and hashes of the tools of a request"},
	{"tools_count", Measure, Int, "{tool}", None, "live", "tools of a request"},

	// The GenAI conventions.
	{"gen_ai.system", Label, String, "", None, "live CCDOC", "anthropic; the old name of gen_ai.provider.name"},
	{"gen_ai.provider.name", Label, String, "", None, "live GENAI", "anthropic"},
	{"gen_ai.operation.name", Label, String, "", None, "live GENAI", "chat, execute_tool or invoke_agent"},
	{"gen_ai.request.model", Label, String, "", None, "live GENAI", "the model asked"},
	{"gen_ai.response.model", Label, String, "", None, "live GENAI", "the model that answered"},
	{"gen_ai.response.id", Identifier, String, "", None, "live GENAI", "the request"},
	{"gen_ai.response.finish_reasons", Label, Strings, "", None, "live GENAI", "why the model stopped"},
	{"gen_ai.conversation.id", Identifier, String, "", None, "live GENAI", "the session"},
	{"gen_ai.agent.id", Identifier, String, "", None, "GENAI", "one run of an agent"},
	{"gen_ai.agent.name", Label, String, "", None, "GENAI", "the agent"},
	{"gen_ai.tool.name", Label, String, "", None, "live GENAI", "the tool"},
	{"gen_ai.tool.type", Label, String, "", None, "GENAI", "function, extension or datastore"},
	{"gen_ai.tool.call.id", Identifier, String, "", None, "live GENAI", "the tool call"},
	{"gen_ai.tool.call.arguments", Content, JSON, "", ToolContent, "GENAI", "a tool's input"},
	{"gen_ai.tool.call.result", Content, JSON, "", ToolContent, "GENAI", "a tool's output"},
	{"gen_ai.input.messages", Content, JSON, "", UserPrompts, "GENAI", "what the model read"},
	{"gen_ai.output.messages", Content, JSON, "", AssistantResponses, "GENAI", "what the model wrote"},
	{"gen_ai.prompt", Content, JSON, "", UserPrompts, "GENAI", "the old name of gen_ai.input.messages"},
	{"gen_ai.completion", Content, JSON, "", AssistantResponses, "GENAI", "the old name of gen_ai.output.messages"},
	{"gen_ai.system_instructions", Content, JSON, "", RawAPIBodies, "GENAI", "the system prompt"},
	{"gen_ai.tool.definitions", Content, JSON, "", RawAPIBodies, "GENAI", "the tools of a request"},
	{"gen_ai.tool.description", Content, String, "", RawAPIBodies, "GENAI", "what a tool does, from its definition"},
	{"gen_ai.agent.description", Content, String, "", RawAPIBodies, "GENAI", "what an agent does, from its definition"},
	{"gen_ai.token.type", Label, String, "", None, "GENAI", "input or output"},
	{"gen_ai.usage.input_tokens", Measure, Int, "{token}", None, "live GENAI", "input tokens, those of the cache included"},
	{"gen_ai.usage.output_tokens", Measure, Int, "{token}", None, "live GENAI", "output tokens"},
	{"gen_ai.usage.cache_read.input_tokens", Measure, Int, "{token}", None, "live GENAI", "input tokens read from the cache"},
	{"gen_ai.usage.cache_write.input_tokens", Measure, Int, "{token}", None, "live", "the clients' name of gen_ai.usage.cache_creation.input_tokens"},
	{"gen_ai.usage.cache_creation.input_tokens", Measure, Int, "{token}", None, "GENAI", "input tokens written to the cache"},
}
