package coworktracesconnector

import (
	"bytes"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/semconv"
)

// everyAttribute has each attribute that a mapping reads.
var everyAttribute = attrs{
	"request_id": "req_1", "agent_id": "a1", "parent_agent_id": "a0", "agent.name": "general-purpose", "service.version": "2.1.332",
	"model": "claude-opus-5-5", "tool_name": "Bash", "tool_use_id": "toolu_1", "decision": "reject", "source": "user_reject",
	"input_tokens": 321, "output_tokens": 45, "cache_read_tokens": 15000, "cache_creation_tokens": 2000,
	"cache_creation_5m_tokens": 1500, "cache_creation_1h_tokens": 500, "cost_usd": 0.5, "ttft_ms": 412, "effort": "high",
	"duration_ms": 900, "status_code": 529, "status": "failed", "success": false, "error_type": "ShellError",
	"cowork.prompt.part": 0, "cowork.prompt.duration_ms": 5000, "cowork.prompt.input_tokens": 642, "cowork.prompt.output_tokens": 90,
	"cowork.prompt.cache_read_tokens": 30000, "cowork.prompt.cache_creation_tokens": 4000,
	"cowork.prompt.api_request_count": 0, "cowork.prompt.api_error_count": 2,
}

// everyKind returns an event of each kind that has a span.
func everyKind() (batches []plog.Logs) {
	for _, s := range specs {
		ld := event(s.event, nil)
		for _, key := range slices.Sorted(maps.Keys(everyAttribute)) { // spans have the order of their records
			_ = record(ld).Attributes().PutEmpty(key).FromRaw(everyAttribute[key])
		}
		if s.name == "late_events" {
			record(ld).Attributes().PutInt("cowork.prompt.part", 1)
		}
		batches = append(batches, ld)
	}
	return batches
}

// TestV141 checks that the spans of v1.41 are those of the file, byte for byte: queries
// that users have written depend on them.
func TestV141(t *testing.T) {
	const file = "testdata/v1.41.jsonl"
	var got bytes.Buffer
	out, _ := run(t, defaults, everyKind()...)
	require.Len(t, out, len(specs))
	for _, td := range out {
		data, err := (&ptrace.JSONMarshaler{}).MarshalTraces(td)
		require.NoError(t, err)
		got.Write(append(data, '\n'))
	}
	if *update {
		require.NoError(t, os.WriteFile(file, got.Bytes(), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String())
}

// TestVersions checks the attributes whose names differ between the versions.
func TestVersions(t *testing.T) {
	const creation, write = "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens"
	for _, test := range []struct {
		event   string
		version semconv.Version
		want    map[string]any
		absent  []string
	}{
		{
			"api_request", semconv.V141,
			map[string]any{creation: int64(2000), "gen_ai.agent.id": "a1"},
			[]string{write, "gen_ai.request.reasoning.level"},
		},
		{
			"api_request", semconv.GenAI0,
			map[string]any{
				write: int64(2000), "gen_ai.usage.input_tokens": int64(17321), "agent_id": "a1",
				"gen_ai.response.time_to_first_chunk": 0.412, "gen_ai.request.reasoning.level": "high", "gen_ai.provider.name": "anthropic",
			},
			[]string{creation, "gen_ai.agent.id"},
		},
		{"api_request", semconv.Both, map[string]any{
			creation: int64(2000), write: int64(2000), "gen_ai.usage.input_tokens": int64(17321),
			"gen_ai.agent.id": "a1", "gen_ai.response.time_to_first_chunk": 0.412,
		}, nil},
		{"prompt_summary", semconv.V141, map[string]any{
			creation: int64(4000), "gen_ai.usage.cache_read.input_tokens": int64(30000),
			"gen_ai.provider.name": "anthropic", "gen_ai.agent.version": "2.1.332",
		}, []string{write}},
		{
			"prompt_summary", semconv.GenAI0,
			map[string]any{"gen_ai.usage.input_tokens": int64(34642), "gen_ai.usage.output_tokens": int64(90)},
			[]string{creation, write, "gen_ai.usage.cache_read.input_tokens", "gen_ai.provider.name", "gen_ai.agent.version", "gen_ai.agent.id"},
		},
		{"prompt_summary", semconv.Both, map[string]any{creation: int64(4000), "gen_ai.usage.input_tokens": int64(34642)}, []string{write}},
	} {
		span := only(t, func(c *Config) { c.Semconv = test.version }, event(test.event, everyAttribute))
		got := span.Attributes().AsRaw()
		for key, value := range test.want {
			require.Equal(t, value, got[key], "%s %s %s", test.event, test.version, key)
		}
		for _, key := range test.absent {
			require.NotContains(t, got, key, "%s %s", test.event, test.version)
		}
	}
}

// TestSchemaURL checks that spans name the schema of v1.41 only if they have its names.
func TestSchemaURL(t *testing.T) {
	for version, want := range map[semconv.Version]string{semconv.V141: schemaURL, semconv.Both: schemaURL, semconv.GenAI0: ""} {
		out, _ := run(t, func(c *Config) { c.Semconv = version }, event("api_request", everyAttribute))
		require.Equal(t, want, out[0].ResourceSpans().At(0).ScopeSpans().At(0).SchemaUrl())
	}
}

// TestFirstChunk checks that a time that cannot be is not written.
func TestFirstChunk(t *testing.T) {
	for _, ms := range []any{-1, "soon", math.NaN(), math.Inf(1), 1e12} {
		span := only(t, func(c *Config) { c.Semconv = semconv.GenAI0 }, event("api_request", attrs{"ttft_ms": ms}))
		require.NotContains(t, span.Attributes().AsRaw(), "gen_ai.response.time_to_first_chunk", "%v", ms)
	}
}
