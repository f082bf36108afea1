package metric

// from returns the sources of a measure in some kinds of events, without labels.
func from(m *measure, kinds ...string) (sources []source) {
	for _, kind := range kinds {
		sources = append(sources, source{kind: kind, measure: m})
	}
	return sources
}

// labelled returns sources with the fields of their labels.
func labelled(unlabelled []source, labels ...field) (sources []source) {
	for _, s := range unlabelled {
		sources = append(sources, source{s.kind, s.measure, labels})
	}
	return sources
}

// The sources that metrics and facts share, so that their sums are equal.
var (
	requestCosts    = from(cost, "api_request")
	inputs          = from(inputTokens, "api_request", "user_prompt")
	outputs         = from(outputTokens, "api_request", "user_prompt")
	cacheReads      = from(cacheReadTokens, "api_request", "user_prompt")
	cacheCreations  = from(cacheCreationTokens, "api_request", "user_prompt")
	failedRequests  = from(one, "api_error")
	refusedRequests = from(one, "api_refusal")
	toolResults     = from(one, "tool_result")
	toolDurations   = from(duration, "tool_result")
	toolDecisions   = from(one, "tool_decision")
	connections     = from(one, "mcp_server_connection")
	activations     = from(one, "skill_activated")
	loads           = from(one, "plugin_loaded")

	requestDurations = []source{
		{"api_request", duration, []field{model, outcomeOK}},
		{"api_error", duration, []field{model, outcomeError}},
	}
	connectorErrors = []source{
		{"tool_result", failedTool, []field{connector, errorType}},
		{"mcp_server_connection", failedConnection, []field{connector, errorCode}},
		{"api_error", failedRequest, []field{connector, statusCode}},
	}
)

// timed returns sources that count the valid durations of others.
func timed(durations []source) (counts []source) {
	for _, s := range durations {
		counts = append(counts, source{s.kind, hasDuration, s.fields})
	}
	return counts
}
