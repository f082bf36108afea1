package lookup

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
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
			Errors: 1, Tools: 1, ToolFailures: 1, ToolRejects: 1, Models: []string{"opus", "haiku"},
		}, prompt)
		at := func(ms int) time.Time { return begin.Add(time.Duration(ms) * time.Millisecond) }
		require.Equal(t, []report.Step{
			{Start: at(1), Kind: "user_prompt", Details: []report.Detail{{Name: "prompt_length", Value: "12"}}},
			{Start: at(1000), Duration: 3 * time.Second, Kind: "api_request", Name: "opus", Details: []report.Detail{
				{Name: "input_tokens", Value: "10"},
				{Name: "output_tokens", Value: "20"},
				{Name: "cache_read_tokens", Value: "30"},
				{Name: "cache_creation_tokens", Value: "40"},
				{Name: "request_id", Value: `r"1\é`},
			}},
			{Start: at(3000), Duration: 2 * time.Second, Kind: "tool_result", Name: "Bash", Depth: 1, Failed: true, Why: "ShellError"},
			{Start: at(6000), Kind: "tool_decision", Name: "Write", Failed: true, Why: "rejected by user_reject", Details: []report.Detail{{Name: "source", Value: "user_reject"}}},
			{Start: at(6100), Kind: "api_request", Name: "haiku"},
			{Start: at(6500), Duration: 500 * time.Millisecond, Kind: "api_error", Name: "opus", Failed: true, Why: "status 529", Details: []report.Detail{{Name: "status_code", Value: "529"}}},
		}, steps)
	})
}

// TestPromptsWithinAFilter checks the filter's names and the pages of a list.
func TestPromptsWithinAFilter(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		for i := range 6 {
			p.add(t, event("api_request", 1000*i, map[string]any{
				"prompt.id": fmt.Sprintf("p%d", i), "model": []string{"opus", "opus-mini"}[i%2],
				"user.account_uuid": []string{"ada", "bob", "cy"}[i%3], "organization.id": "acme", "cost_usd": 1,
			}))
		}
		check := func(f report.Filter, before time.Time, limit int, want ...string) {
			t.Helper()
			f.From, f.To = lastDay.From, lastDay.To
			prompts, err := p.Prompts(t.Context(), f, before, limit)
			require.NoError(t, err)
			ids := []string{}
			for _, p := range prompts {
				ids = append(ids, p.ID)
			}
			require.Equal(t, want, ids)
		}
		check(report.Filter{}, time.Time{}, 10, "p5", "p4", "p3", "p2", "p1", "p0")
		check(report.Filter{}, time.Time{}, 2, "p5", "p4")
		check(report.Filter{}, noon.Add(-time.Minute+3*time.Second), 2, "p2", "p1")
		check(report.Filter{Model: "opus"}, time.Time{}, 10, "p4", "p2", "p0")
		check(report.Filter{User: "ada"}, time.Time{}, 10, "p3", "p0")
		check(report.Filter{User: "ada", Organization: "acme", Model: "opus-mini"}, time.Time{}, 10, "p3")
		check(report.Filter{Organization: "unknown to us"}, time.Time{}, 10, []string{}...)
		check(report.Filter{Model: "opus%"}, time.Time{}, 10, []string{}...)
	})
}

// TestPromptLimit checks that one prompt more than a page of five hundred can be read,
// which reports that there is another page.
func TestPromptLimit(t *testing.T) {
	p := open(t, "")
	var all []eventtest.Event
	for i := range 501 {
		all = append(all, event("user_prompt", i, map[string]any{"prompt.id": fmt.Sprintf("p%d", i)}))
	}
	p.add(t, all...)
	prompts, err := p.Prompts(t.Context(), lastDay, time.Time{}, 501)
	require.NoError(t, err)
	require.Equal(t, 501, len(prompts)) //nolint:testifylint // quiet about five hundred prompts
}

// TestDetailsOf reads objects that are not as this program writes them.
func TestDetailsOf(t *testing.T) {
	require.Equal(t, []report.Detail{{Name: "b", Value: "1"}, {Name: "a", Value: "2"}}, detailsOf(`{"b":"1","n":3,"a":"2"}`))
	for _, text := range []string{"", "null", "[1]", "{"} {
		require.Empty(t, detailsOf(text), text)
	}
	require.Len(t, detailsOf(`{"a":"1","b":`), 1)
}
