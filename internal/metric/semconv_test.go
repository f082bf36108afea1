package metric

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/semconv/v1.41.0/genaiconv"

	"github.com/cowork-otel/collector/internal/semconv"
)

// conventional returns the names of the metrics of the GenAI conventions in points.
func conventional(points []shown) []string {
	set := map[string]bool{}
	for _, p := range points {
		if strings.HasPrefix(p.name, "gen_ai.") {
			set[p.name] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// TestVersions checks the metrics of each version of the conventions.
func TestVersions(t *testing.T) {
	v141 := []string{"gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk", "gen_ai.client.token.usage"}
	v01 := []string{
		"gen_ai.client.inference.duration", "gen_ai.client.inference.operation.input_tokens", "gen_ai.client.inference.operation.output_tokens",
		"gen_ai.client.inference.time_to_first_chunk", "gen_ai.client.inference.usage.cache_read.input_tokens",
		"gen_ai.client.inference.usage.cache_write.input_tokens", "gen_ai.client.inference.usage.input_tokens", "gen_ai.client.inference.usage.output_tokens",
	}
	for version, want := range map[semconv.Version][]string{
		"": v141, semconv.V141: v141, semconv.GenAI0: v01, semconv.Both: slices.Sorted(slices.Values(append(slices.Clone(v141), v01...))),
	} {
		l := newLedger(Settings{GenAI: true, Semconv: version})
		l.add(request("req_1", attrs{"ttft_ms": 412}))
		require.Equal(t, want, conventional(l.all()), "%q", version)
		off := newLedger(Settings{Semconv: version})
		off.add(request("req_1", attrs{"ttft_ms": 412}))
		require.Empty(t, conventional(off.all()))
	}
}

// aliases are further names under which clients send the tokens that were written to the
// cache.
var aliases = attrs{
	"cache_creation_5m_tokens": 1500, "cache_creation_1h_tokens": 500,
	"gen_ai.usage.cache_write.input_tokens": 2000, "gen_ai.usage.cache_creation.input_tokens": 2000,
	"gen_ai.usage.input_tokens": 17321, "gen_ai.usage.cache_read.input_tokens": 15000, "gen_ai.usage.output_tokens": 45,
}

// TestTokensCountOnce checks that tokens that an event has under several names count once,
// in each metric and in the facts of the page.
func TestTokensCountOnce(t *testing.T) {
	for _, version := range []semconv.Version{semconv.V141, semconv.GenAI0, semconv.Both} {
		sums := func(own attrs) map[string]float64 {
			l := newLedger(Settings{GenAI: true, Semconv: version})
			l.add(request("req_1", own))
			byName := map[string]float64{}
			for _, p := range l.all() {
				byName[p.name] += p.value
			}
			return byName
		}
		got := sums(aliases)
		require.Equal(t, sums(nil), got, "%s", version)
		require.EqualValues(t, 321+45+15000+2000, got["cowork.token.usage"])
	}
	plain, _ := readFacts(NewFactReader(), request("req_1", nil))
	got, _ := readFacts(NewFactReader(), request("req_1", aliases))
	require.Equal(t, plain, got)
	require.EqualValues(t, 2000, got["usage[claude-opus-5-5 sdk].cache_creation"])
}

// TestAgentDuration checks that the late events of a prompt are no run of an agent.
func TestAgentDuration(t *testing.T) {
	l := newLedger(Settings{GenAI: true, Semconv: semconv.GenAI0})
	l.add(
		event("cowork.prompt_summary", attrs{"prompt.id": "p", "cowork.prompt.part": 0, "cowork.prompt.duration_ms": 5000, "cowork.prompt.api_error_count": 2, "cowork.prompt.api_request_count": 0}),
		event("cowork.prompt_summary", attrs{"prompt.id": "p", "cowork.prompt.part": 1, "cowork.prompt.duration_ms": 700}),
	)
	point := only(t, l.all(), "gen_ai.invoke_agent.duration", nil)
	require.InDelta(t, 5, point.value, 1e-9)
	require.Equal(t, map[string]any{"gen_ai.agent.name": "cowork", "error.type": "no_answer"}, point.labels)
}

// TestErrorTypes checks the class of errors, which is absent where nothing failed.
func TestErrorTypes(t *testing.T) {
	check := func(kind string, own attrs, metric string, labels map[string]any) {
		t.Helper()
		l := newLedger(Settings{GenAI: true, Semconv: semconv.GenAI0})
		l.add(event(kind, own))
		require.Equal(t, labels, only(t, l.all(), metric, nil).labels)
	}
	chat := func(own map[string]any) map[string]any {
		maps.Copy(own, map[string]any{"gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic"})
		return own
	}
	check("api_request", attrs{"duration_ms": 5}, "gen_ai.client.inference.duration", chat(map[string]any{}))
	check("api_error", attrs{"duration_ms": 5}, "gen_ai.client.inference.duration", chat(map[string]any{"error.type": "_OTHER"}))
	check("api_error", attrs{"duration_ms": 5, "status_code": "529", "model": "m"}, "gen_ai.client.inference.duration",
		chat(map[string]any{"error.type": "529", "gen_ai.request.model": "m"}))
	check("tool_result", attrs{"duration_ms": 5, "tool_name": "mcp__crm__find", "success": false}, "gen_ai.execute_tool.duration",
		map[string]any{"error.type": "tool_error", "gen_ai.tool.name": "find", "gen_ai.tool.type": "extension"})
	check("tool_result", attrs{"duration_ms": 5, "tool_name": "Bash", "success": true, "error_type": "E"}, "gen_ai.execute_tool.duration",
		map[string]any{"gen_ai.tool.name": "Bash", "gen_ai.tool.type": "function"})
}

// TestInvalidCountsOnce checks that a number that several metrics read counts as invalid
// once.
func TestInvalidCountsOnce(t *testing.T) {
	l := newLedger(Settings{GenAI: true, Semconv: semconv.Both})
	l.add(
		request("req_1", attrs{"duration_ms": -1, "input_tokens": -1, "ttft_ms": -1}),
		event("subagent_completed", attrs{"duration_ms": -1}),
		event("prompt_summary", attrs{"cowork.prompt.duration_ms": -1}),
	)
	require.Equal(t, map[string]int64{"duration_ms": 2, "input_tokens": 1, "ttft_ms": 1, "cowork.prompt.duration_ms": 1}, l.Stats().Invalid)
}

// TestNames checks that the metrics of v1.41 have the names and the units of the generated
// package of the conventions. The time to the first chunk was missing.
func TestNames(t *testing.T) {
	units := map[string]string{}
	for _, instrument := range []interface {
		Name() string
		Unit() string
	}{
		genaiconv.ClientTokenUsage{}, genaiconv.ClientOperationDuration{}, genaiconv.ClientOperationTimeToFirstChunk{},
	} {
		units[instrument.Name()] = instrument.Unit()
	}
	got := map[string]string{}
	for _, m := range genAIMetrics {
		if m.genAI == semconv.V141 {
			got[m.Name] = m.Unit
		}
	}
	require.Equal(t, units, got)
}
