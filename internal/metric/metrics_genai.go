package metric

import (
	"slices"

	"github.com/cowork-otel/collector/internal/semconv"
)

// The bounds of buckets that the GenAI conventions specify.
var (
	genAITokens       = []float64{1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864}
	genAISeconds      = []float64{0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92}
	genAIAgentSeconds = []float64{0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6}
)

// The attributes that are the same on all points.
var (
	// chat holds the operation and the provider of requests.
	chat = [][2]string{{"gen_ai.operation.name", "chat"}, {"gen_ai.provider.name", "anthropic"}}
	// tokens holds those of a counter of tokens too. Clients do not send the modality.
	tokens = append(slices.Clip(chat), [2]string{"gen_ai.token.modality", "unknown"})
)

// The labels of requests.
var (
	requestModel      = []string{"gen_ai.request.model"}
	requestModelError = []string{"gen_ai.request.model", "error.type"}
)

// genAIMetrics holds the metrics of the GenAI conventions: those of v1.41, then those of
// their new repository. Settings select the version.
var genAIMetrics = []Metric{
	{
		Name: "gen_ai.client.token.usage", Unit: "{token}", Type: Histogram, per: ones, bounds: genAITokens, genAI: semconv.V141, fixed: chat,
		Doc:    "Number of input and output tokens used. Input includes the tokens of the cache.",
		Labels: []string{"gen_ai.request.model", "gen_ai.token.type"},
		sources: []source{
			{"api_request", allInputTokens, []field{model, typeInput}},
			{"api_request", outputTokens, []field{model, typeOutput}},
		},
	},
	{
		Name: "gen_ai.client.operation.duration", Unit: "s", Type: Histogram, per: micro, bounds: genAISeconds, genAI: semconv.V141, fixed: chat,
		Doc:     "Duration of API requests.",
		Labels:  requestModel,
		sources: []source{{"api_request", duration, []field{model}}},
	},
	{
		Name: "gen_ai.client.operation.time_to_first_chunk", Unit: "s", Type: Histogram, per: micro, bounds: genAISeconds, genAI: semconv.V141, fixed: chat,
		Doc:     "Time from an API request to the first part of its answer.",
		Labels:  requestModel,
		sources: []source{{"api_request", firstChunk, []field{model}}},
	},
	{
		Name: "gen_ai.client.inference.usage.input_tokens", Unit: "{token}", per: ones, genAI: semconv.GenAI0, fixed: tokens,
		Doc:     "Number of input tokens used. It includes the tokens of the cache.",
		Labels:  requestModel,
		sources: []source{{"api_request", allInputTokens, []field{model}}},
	},
	{
		Name: "gen_ai.client.inference.usage.output_tokens", Unit: "{token}", per: ones, genAI: semconv.GenAI0, fixed: tokens,
		Doc:     "Number of output tokens used.",
		Labels:  requestModel,
		sources: []source{{"api_request", outputTokens, []field{model}}},
	},
	{
		Name: "gen_ai.client.inference.usage.cache_read.input_tokens", Unit: "{token}", per: ones, genAI: semconv.GenAI0, fixed: tokens,
		Doc:     "Number of input tokens read from the cache. They are part of the input tokens.",
		Labels:  requestModel,
		sources: []source{{"api_request", cacheReadTokens, []field{model}}},
	},
	{
		Name: "gen_ai.client.inference.usage.cache_write.input_tokens", Unit: "{token}", per: ones, genAI: semconv.GenAI0, fixed: tokens,
		Doc:     "Number of input tokens written to the cache. They are part of the input tokens.",
		Labels:  requestModel,
		sources: []source{{"api_request", cacheCreationTokens, []field{model}}},
	},
	{
		Name: "gen_ai.client.inference.operation.input_tokens", Unit: "{token}", Type: Histogram, per: ones, bounds: genAITokens, genAI: semconv.GenAI0, fixed: chat,
		Doc:     "Input tokens of requests. They include the tokens of the cache.",
		Labels:  requestModel,
		sources: []source{{"api_request", allInputTokens, []field{model}}},
	},
	{
		Name: "gen_ai.client.inference.operation.output_tokens", Unit: "{token}", Type: Histogram, per: ones, bounds: genAITokens, genAI: semconv.GenAI0, fixed: chat,
		Doc:     "Output tokens of requests.",
		Labels:  requestModel,
		sources: []source{{"api_request", outputTokens, []field{model}}},
	},
	{
		Name: "gen_ai.client.inference.duration", Unit: "s", Type: Histogram, per: micro, bounds: genAISeconds, genAI: semconv.GenAI0, fixed: chat,
		Doc:    "Duration of API requests, including those that failed.",
		Labels: requestModelError,
		sources: []source{
			{"api_request", duration, []field{model, noError}},
			{"api_error", duration, []field{model, requestError}},
		},
	},
	{
		Name: "gen_ai.client.inference.time_to_first_chunk", Unit: "s", Type: Histogram, per: micro, bounds: genAISeconds, genAI: semconv.GenAI0, fixed: chat,
		Doc:     "Time from an API request to the first part of its answer.",
		Labels:  requestModel,
		sources: []source{{"api_request", firstChunk, []field{model}}},
	},
	{
		Name: "gen_ai.invoke_agent.duration", Unit: "s", Type: Histogram, per: micro, bounds: genAIAgentSeconds, genAI: semconv.GenAI0,
		Doc:    "Duration of prompts, without their late events, and of the runs of subagents.",
		Labels: []string{"gen_ai.agent.name", "error.type"},
		sources: []source{
			{summary, firstPartDuration, []field{runAgent, promptError}},
			{"subagent_completed", duration, []field{runAgent, noError}},
		},
	},
	{
		Name: "gen_ai.execute_tool.duration", Unit: "s", Type: Histogram, per: micro, bounds: genAISeconds, genAI: semconv.GenAI0,
		Doc:     "Duration of tool calls.",
		Labels:  []string{"gen_ai.tool.name", "gen_ai.tool.type", "error.type"},
		sources: []source{{"tool_result", duration, []field{tool, toolType, toolError}}},
	},
}
