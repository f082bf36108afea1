package lookup

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestPrompt checks a prompt with a failed request, a failed tool and a rejected tool,
// and its steps in order.
func TestPrompt(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		_, _, err := p.Prompt(t.Context(), "p1")
		require.ErrorIs(t, err, report.ErrNotFound)
		p.add(t,
			event("user_prompt", 1, map[string]any{"prompt": "[REDACTED_PROMPT]", "prompt_length": 12}),
			event("tool_result", 5000, map[string]any{"tool_name": "Bash", "success": "false", "error_type": "ShellError", "error": "secret", "duration_ms": 2000, "request_id": "r1"}),
			event("api_request", 4000, map[string]any{
				"model": "opus", "cost_usd_micros": 1500, "duration_ms": 3000, "request_id": `r"1\é`,
				"input_tokens": 10, "output_tokens": 20, "cache_read_tokens": 30, "cache_creation_tokens": 40,
			}),
			event("tool_decision", 6000, map[string]any{"tool_name": "Write", "decision": "reject", "source": "user_reject"}),
			event("api_request", 6100, map[string]any{"model": "haiku"}))
		p.add(t, event("api_error", 7000, map[string]any{"model": "opus", "status_code": 529, "error": "secret", "duration_ms": 500}))
		prompt, steps, err := p.Prompt(t.Context(), "p1")
		require.NoError(t, err)
		begin := noon.Add(-time.Minute)
		require.Equal(t, report.Prompt{
			ID: "p1", Session: "s1", User: "alice", Organization: "acme", Start: begin.Add(time.Millisecond), Duration: 6999 * time.Millisecond,
			CostUSD: 0.0015, InputTokens: 10, OutputTokens: 20, CacheRead: 30, CacheCreated: 40, Requests: 2, Unpriced: 1,
			Errors: 1, Tools: 1, ToolFailures: 1, ToolRejects: 1, Models: []string{"opus", "haiku"}, ContentsRefused: 2,
		}, prompt)
		events := map[string]bool{}
		for i := range steps {
			events[steps[i].Event] = true
			steps[i].Event = ""
		}
		require.Len(t, events, len(steps), "each step has the id of its event")
		require.False(t, events[""])
		at := func(ms int) time.Time { return begin.Add(time.Duration(ms) * time.Millisecond) }
		require.Equal(t, []report.Step{
			{Start: at(1), Kind: "user_prompt", Details: []report.Detail{{Name: "prompt_length", Value: "12"}}},
			{Start: at(1000), Duration: 3 * time.Second, ID: `request:r"1\é`, Kind: "api_request", Name: "opus", Details: []report.Detail{
				{Name: "input_tokens", Value: "10"},
				{Name: "output_tokens", Value: "20"},
				{Name: "cache_read_tokens", Value: "30"},
				{Name: "cache_creation_tokens", Value: "40"},
				{Name: "request_id", Value: `r"1\é`},
			}},
			{Start: at(3000), Duration: 2 * time.Second, Kind: "tool_result", Parent: "request:r1", Name: "Bash", Failed: true, Why: "ShellError", Details: []report.Detail{{Name: "request_id", Value: "r1"}}},
			{Start: at(6000), Kind: "tool_decision", Name: "Write", Failed: true, Why: "rejected by user_reject", Details: []report.Detail{{Name: "source", Value: "user_reject"}}},
			{Start: at(6100), Kind: "api_request", Name: "haiku"},
			{Start: at(6500), Duration: 500 * time.Millisecond, Kind: "api_error", Name: "opus", Failed: true, Why: "status 529", Details: []report.Detail{{Name: "status_code", Value: "529"}}},
		}, steps)
	})
}

// TestDetailsOf reads objects that are not as this program writes them.
func TestDetailsOf(t *testing.T) {
	require.Equal(t, []report.Detail{{Name: "b", Value: "1"}, {Name: "a", Value: "2"}}, detailsOf(`{"b":"1","n":3,"a":"2"}`))
	for _, text := range []string{"", "null", "[1]", "{"} {
		require.Empty(t, detailsOf(text), text)
	}
	require.Len(t, detailsOf(`{"a":"1","b":`), 1)
}
