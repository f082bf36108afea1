package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/internal/cowork"
)

// story is a prompt with a failed request, a failed tool and a rejected tool.
func story() []eventtest.Event {
	return []eventtest.Event{
		event("user_prompt", 1, map[string]any{"prompt": "[REDACTED_PROMPT]", "prompt_length": 12}),
		event("tool_result", 5000, map[string]any{"tool_name": "Bash", "success": "false", "error_type": "ShellError", "error": "secret", "duration_ms": 2000, "request_id": "r1"}),
		event("api_request", 4000, map[string]any{
			"model": "opus", "cost_usd_micros": 1500, "duration_ms": 3000, "request_id": "r1", "input_tokens": 10, "output_tokens": 20,
		}),
		event("tool_decision", 6000, map[string]any{"tool_name": "Write", "decision": "reject", "source": "user_reject"}),
		event("tool_decision", 2500, map[string]any{"tool_name": "Bash", "decision": "accept", "source": "config"}),
		event("api_error", 7000, map[string]any{"model": "opus", "status_code": 529, "error": "secret", "duration_ms": 500}),
	}
}

// TestPromptWithoutSummary checks a prompt before its summary arrives, over several commits, and
// the order of its steps.
func TestPromptWithoutSummary(t *testing.T) {
	s := openStore(t, inFile(t))
	for _, e := range story() {
		add(t, s, e)
	}
	p, steps, err := s.Prompt(t.Context(), "p1")
	require.NoError(t, err)
	parseArguments := noon.Add(-time.Minute)
	require.Equal(t, report.Prompt{
		ID: "p1", Session: "s1", User: "alice", Organization: "acme", Start: parseArguments.Add(time.Millisecond), Duration: 6999 * time.Millisecond,
		CostUSD: 0.0015, InputTokens: 10, OutputTokens: 20, Requests: 1, Errors: 1, Tools: 1, ToolFailures: 1, ToolRejects: 1, Models: []string{"opus"},
	}, p)
	require.Equal(t, []report.Step{
		{Start: parseArguments.Add(1 * time.Millisecond), Kind: "user_prompt", Details: []report.Detail{{Name: "prompt_length", Value: "12"}}},
		{Start: parseArguments.Add(1000 * time.Millisecond), Duration: 3 * time.Second, Kind: "api_request", Name: "opus", Details: []report.Detail{
			{Name: "input_tokens", Value: "10"}, {Name: "output_tokens", Value: "20"}, {Name: "request_id", Value: "r1"},
		}},
		{Start: parseArguments.Add(3000 * time.Millisecond), Duration: 2 * time.Second, Kind: "tool_result", Name: "Bash", Depth: 1, Failed: true, Why: "ShellError"},
		{Start: parseArguments.Add(6000 * time.Millisecond), Kind: "tool_decision", Name: "Write", Failed: true, Why: "rejected by user_reject", Details: []report.Detail{{Name: "source", Value: "user_reject"}}},
		{Start: parseArguments.Add(6500 * time.Millisecond), Duration: 500 * time.Millisecond, Kind: "api_error", Name: "opus", Failed: true, Why: "status 529", Details: []report.Detail{{Name: "status_code", Value: "529"}}},
	}, steps)
}

// TestSummaries checks that the summaries of a prompt replace the sums of its
// events, and that each part counts once.
func TestSummaries(t *testing.T) {
	s := openStore(t, inFile(t))
	add(t, s, story()...)
	summary := func(part, sequence int) eventtest.Event {
		return event("cowork.prompt_summary", sequence, map[string]any{
			"cowork.prompt.part": part, "cowork.prompt.cost_usd": 0.25, "cowork.prompt.duration_ms": 4000, "cowork.prompt.api_request_count": 3,
			"cowork.prompt.api_error_count": 1, "cowork.prompt.tool_count": 2, "cowork.prompt.tool_failure_count": 1,
			"cowork.prompt.tool_reject_count": 1, "cowork.prompt.input_tokens": 100, "cowork.prompt.output_tokens": 200,
			"cowork.prompt.models": []any{"opus", "haiku"},
		})
	}
	add(t, s, summary(0, 8000), summary(0, 8000))
	add(t, s, summary(1, 20000))
	p, _, err := s.Prompt(t.Context(), "p1")
	require.NoError(t, err)
	require.True(t, p.Closed)
	parseArguments := noon.Add(-time.Minute)
	require.Equal(t, parseArguments.Add(4*time.Second), p.Start)
	require.Equal(t, 16*time.Second, p.Duration)
	require.Equal(t, []any{0.5, int64(6), int64(2), int64(4), int64(200), int64(400)}, []any{p.CostUSD, p.Requests, p.Errors, p.Tools, p.InputTokens, p.OutputTokens})
	require.Equal(t, []string{"opus", "haiku"}, p.Models)
	require.Equal(t, int64(1500), cell(t, s, "select cost from spend_total"), "only requests carry money")
}

func TestPromptsWithinAFilter(t *testing.T) {
	s := openStore(t, inFile(t))
	for i := range 6 {
		e := request(1000*i, 1)
		e.Attrs["prompt.id"], e.Attrs["model"] = fmt.Sprintf("p%d", i), []string{"opus", "opus-mini"}[i%2]
		e.Attrs["user.account_uuid"], e.Attrs["organization.id"] = []string{"ada", "bob", "cy"}[i%3], "acme"
		add(t, s, e)
	}
	check := func(f report.Filter, before time.Time, limit int, want ...string) {
		t.Helper()
		f.From, f.To = lastDay.From, lastDay.To
		prompts, err := s.Prompts(t.Context(), f, before, limit)
		require.NoError(t, err)
		ids := []string{}
		for _, p := range prompts {
			ids = append(ids, p.ID)
		}
		require.Equal(t, want, ids)
	}
	check(report.Filter{}, time.Time{}, 10, "p5", "p4", "p3", "p2", "p1", "p0")
	check(report.Filter{}, time.Time{}, 2, "p5", "p4")
	check(report.Filter{}, noon.Add(-time.Minute+3*time.Second), 2, "p3", "p2")
	check(report.Filter{Model: "opus"}, time.Time{}, 10, "p4", "p2", "p0")
	check(report.Filter{User: "ada"}, time.Time{}, 10, "p3", "p0")
	check(report.Filter{User: "ada", Organization: "acme", Model: "opus-mini"}, time.Time{}, 10, "p3")
	check(report.Filter{Organization: "nobody"}, time.Time{}, 10, []string{}...)
}

// TestStepsContainNoContent compares the table of steps with the schema: no detail is
// content.
func TestStepsContainNoContent(t *testing.T) {
	dimensions := []string{"model", "tool", "connector", "skill", "plugin", "agent"}
	for kind, k := range steps {
		require.NotNil(t, cowork.KindOf(kind), "%s is a kind", kind)
		for _, name := range append([]string{k.name}, k.details...) {
			if name == "" || slices.Contains(dimensions, name) {
				continue
			}
			attribute := cowork.AttributeOf(name)
			require.NotNil(t, attribute, "%s: %s is no attribute of the schema", kind, name)
			require.NotEqual(t, cowork.Content, attribute.Class, "%s: %s", kind, name)
			require.NotEqual(t, cowork.Personal, attribute.Class, "%s: %s", kind, name)
		}
	}
	for kind, keys := range contentOf {
		for _, key := range keys {
			require.Equal(t, cowork.Content, cowork.AttributeOf(key).Class, "%s: %s", kind, key)
		}
	}
}

// TestPromptLimit checks that one prompt more than a page of five hundred can be
// read, which reports that there is another page.
func TestPromptLimit(t *testing.T) {
	s := openStore(t, DefaultSettings())
	var all []eventtest.Event
	for i := range 501 {
		e := event("user_prompt", i, nil)
		e.Attrs["prompt.id"] = fmt.Sprintf("p%d", i)
		all = append(all, e)
	}
	add(t, s, all...)
	prompts, err := s.Prompts(t.Context(), lastDay, time.Time{}, 501)
	require.NoError(t, err)
	require.Equal(t, 501, len(prompts)) //nolint:testifylint // quiet about five hundred prompts
}
