package ingest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// story is a prompt with a failed request, a failed tool and a rejected tool.
func story() []eventtest.Event {
	return []eventtest.Event{
		eventOf("user_prompt", 1, map[string]any{"prompt": "[REDACTED_PROMPT]", "prompt_length": 12}),
		eventOf("tool_result", 5000, map[string]any{"tool_name": "Bash", "success": "false", "error_type": "ShellError", "error": "secret", "duration_ms": 2000, "request_id": "r1"}),
		eventOf("api_request", 4000, map[string]any{
			"model": "opus", "cost_usd_micros": 1500, "duration_ms": 3000, "request_id": "r1",
			"input_tokens": 10, "output_tokens": 20, "cache_read_tokens": 30, "cache_creation_tokens": 40,
		}),
		eventOf("tool_decision", 6000, map[string]any{"tool_name": "Write", "decision": "reject", "source": "user_reject"}),
		eventOf("tool_decision", 2500, map[string]any{"tool_name": "Bash", "decision": "accept", "source": "config"}),
		eventOf("api_error", 7000, map[string]any{"model": "opus", "status_code": 529, "error": "secret", "duration_ms": 500}),
	}
}

func summary(part, sequence int) eventtest.Event {
	return eventOf("cowork.prompt_summary", sequence, map[string]any{
		"cowork.prompt.part": part, "cowork.prompt.cost_usd": 0.25, "cowork.prompt.duration_ms": 9000,
		"cowork.prompt.api_request_count": 3, "cowork.prompt.models": []any{"opus", "haiku"},
	})
}

const (
	promptQuery = `select prompts.id, session_id, u.name, o.name, (end_ns - start_ns) / 1000000, cost_micros, input, output, cache_read, cache_creation,
		requests, unpriced, errors, tools, tool_failures, tool_rejections, models, closed, steps, cut
		from prompts left join names u on u.id = user_id left join names o on o.id = organization_id order by prompts.id`
	stepQuery = `select kind, name, duration_ns / 1000000, failed, reason, details from steps order by start_ns`
)

// TestPrompt checks the sums and steps of a prompt over several commits.
func TestPrompt(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		for _, e := range story() {
			add(t, in, e)
		}
		want := "p1, s1, alice, acme, 6999, 1500, 10, 20, 30, 40, 1, 0, 1, 1, 1, 1, opus, "
		require.Equal(t, []string{want + "0, 6, 0"}, rows(t, in, promptQuery))
		require.Equal(t, []string{
			`user_prompt, , 0, 0, , {"prompt_length":"12"}`,
			`api_request, opus, 3000, 0, , {"input_tokens":"10","output_tokens":"20","cache_read_tokens":"30","cache_creation_tokens":"40","request_id":"r1"}`,
			`tool_decision, Bash, 0, 0, , {"source":"config"}`,
			`tool_result, Bash, 2000, 1, ShellError, {"request_id":"r1"}`,
			`tool_decision, Write, 0, 1, rejected by user_reject, {"source":"user_reject"}`,
			`api_error, opus, 500, 1, status 529, {"status_code":"529"}`,
		}, rows(t, in, stepQuery))
		require.Equal(t, []string{"s1, alice, acme, 6, 1"}, rows(t, in, `select sessions.id, u.name, o.name, events, prompts from sessions
			left join names u on u.id = user_id left join names o on o.id = organization_id`))
		add(t, in, summary(0, 8000), summary(0, 8000))
		add(t, in, story()...)
		require.Equal(t, []string{"p1, s1, alice, acme, 9000, 1500, 10, 20, 30, 40, 1, 0, 1, 1, 1, 1, opus, 1, 6, 0"}, rows(t, in, promptQuery))
		require.Equal(t, []string{"1"}, rows(t, in, "select sessions from activity_day"))
	})
}

// TestOrderOfArrival checks that a prompt has the same sums for any order of its events,
// and for any number of commits.
func TestOrderOfArrival(t *testing.T) {
	events := append(story(), summary(0, 8000))
	whole := inMemory(t, DefaultSettings())
	add(t, whole, events...)
	for i := range len(events) {
		in := inMemory(t, DefaultSettings())
		turned := slices.Concat(events[i:], events[:i])
		if i%2 == 1 {
			slices.Reverse(turned)
		}
		add(t, in, turned[:i]...)
		add(t, in, turned[i:]...)
		require.Equal(t, rows(t, whole, promptQuery), rows(t, in, promptQuery))
		require.Equal(t, rows(t, whole, stepQuery), rows(t, in, stepQuery))
	}
}

// TestTwoWriters checks that two collectors add to the same prompts and sessions.
func TestTwoWriters(t *testing.T) {
	name := postgresDatabase(t)
	set := DefaultSettings()
	set.MaxSteps = 30
	writers := []*Ingest{open(t, name, set), open(t, name, set)}
	const events, prompts = 200, 5
	done := make(chan error, len(writers))
	for w, in := range writers {
		go func() {
			for i := range events {
				e := eventOf("api_request", w*events+i, map[string]any{
					"prompt.id": fmt.Sprintf("p%d", i%prompts), "session.id": fmt.Sprintf("s%d", i%prompts),
					"model": fmt.Sprintf("model %d", w), "cost_usd_micros": 1, "input_tokens": 1,
				})
				in.Add(noon, eventtest.Logs(e))
				if i%7 == 0 {
					if err := in.Flush(t.Context()); err != nil {
						done <- err
						return
					}
				}
			}
			done <- in.Flush(t.Context())
		}()
	}
	for range writers {
		require.NoError(t, <-done)
	}
	in := writers[0]
	require.Equal(t, []string{"5, 400, 400, 400, 150, 250"}, rows(t, in, "select count(*), sum(requests), sum(cost_micros), sum(input), sum(steps), sum(cut) from prompts"))
	require.Equal(t, []string{"5, 30, 30"}, rows(t, in, "select count(*), min(n), max(n) from (select count(*) as n from steps group by prompt_id) as counted"))
	require.Equal(t, []string{"5, 400"}, rows(t, in, "select count(*), sum(events) from sessions"))
	require.Equal(t, []string{"5"}, rows(t, in, "select sum(sessions) from activity_day"))
	require.Equal(t, []string{"250"}, []string{fmt.Sprint(writers[0].TakeStats().StepsDropped + writers[1].TakeStats().StepsDropped)})
}
