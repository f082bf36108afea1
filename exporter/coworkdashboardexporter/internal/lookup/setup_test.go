package lookup

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestSetup checks the input of the setup check: core kinds without events, shares of
// attributes, rejections, and content.
func TestSetup(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		wrong := event("user_prompt", 3, map[string]any{
			"prompt.id": "p3", "prompt": "plain text of a person",
			"cowork.validation.errors": []any{"prompt_length: missing", "prompt_length: alice@example.com", "made.up: missing"},
		})
		p.add(t,
			event("user_prompt", 1, map[string]any{"prompt.id": "p1", "prompt": "[REDACTED_PROMPT]", "prompt_length": 3, "service.name": "cowork"}),
			event("user_prompt", 2, map[string]any{"prompt.id": "p2", "prompt_length": 3, "service.name": "cowork"}), wrong,
			event("tool_result", 4, map[string]any{"tool_name": "Bash", "tool_parameters": `{"full_command":"mail [REDACTED_EMAIL] [REDACTED_PHONE]"}`}),
			event("compaction", 5, map[string]any{"cowork.redaction.unknown_attributes": []any{"summary_text", "other", "jane doe <jane@example.com>", 3}}))
		p.add(t,
			event("at_mention", 8, map[string]any{"cowork.redaction.unknown_attributes": []any{"summary_text"}, "summary_text": "[REDACTED_CONTENT]"}),
			event("compaction", 9, map[string]any{"cowork.redaction.unknown_attributes": "summary_text"}),
			event("compaction", 6, nil), event("at_mention", 7, nil),
			eventtest.Event{Kind: "made_up", At: noon})
		setup, err := p.Setup(t.Context())
		require.NoError(t, err)
		var names []string
		for _, k := range setup.Kinds {
			names = append(names, k.Name)
			require.Equal(t, k.Events > 0, !k.First.IsZero(), k.Name)
		}
		require.Equal(t, "user_prompt api_request api_error tool_decision tool_result compaction at_mention unknown", strings.Join(names, " "))
		prompts := setup.Kinds[0]
		require.True(t, prompts.Core)
		require.Equal(t, int64(3), prompts.Events)
		require.Equal(t, noon.Add(-time.Minute+time.Millisecond), prompts.First)
		require.Equal(t, []report.Version{{Name: "2.1.329", Events: 3, Last: prompts.Last}}, prompts.Versions)
		require.Contains(t, prompts.Attributes, report.Share{Name: "prompt_length", Share: 2.0 / 3})
		require.Contains(t, prompts.Attributes, report.Share{Name: "session.id", Share: 1})
		require.Contains(t, prompts.Attributes, report.Share{Name: "user.email", Share: 0})
		require.Equal(t, []report.Count{{Name: "prompt_length: missing", Events: 1}}, setup.Rejected, "a reason is one of ours, and an attribute one of the schema")
		require.Equal(t, report.Content{Absent: 1, Replaced: 1, Plain: 1, Findings: 2}, setup.Content)
		require.Equal(t, []report.Count{{Name: "", Events: 8}, {Name: "cowork", Events: 2}}, setup.Services)
		require.Equal(t, []report.Count{{Name: "summary_text", Events: 2}, {Name: "other", Events: 1}}, setup.Unknown, "a report has names only")
	})
}

// TestUnpriced counts requests whose cost is not known, which was shown as 0 USD.
func TestUnpriced(t *testing.T) {
	p := open(t, "")
	request := func(minute int, model string, cost any) eventtest.Event {
		return event("api_request", minute, map[string]any{"model": model, "input_tokens": 5, "output_tokens": 5, "duration_ms": 5, "cost_usd": cost})
	}
	p.add(t, request(1, "bedrock", ""), request(2, "bedrock", "undefined"), request(3, "opus", 0.5), request(4, "free", 0))
	setup, err := p.Setup(t.Context())
	require.NoError(t, err)
	require.Equal(t, []report.Count{{Name: "bedrock", Events: 2}}, setup.Unpriced)
}

// TestClocks counts the sessions with wrong clocks and late events, each once a day.
func TestClocks(t *testing.T) {
	p := open(t, "")
	at := func(session string, minute int, mark string, value any) eventtest.Event {
		return event("compaction", minute, map[string]any{"session.id": session, mark: value})
	}
	const skew, delay, source = "cowork.clock_skew_ms", "cowork.delivery_delay_ms", "cowork.time_source"
	p.add(t, at("fast", 1, skew, -90_000), at("fast", 2, skew, -90_000), at("slow", 3, skew, 90_000), at("other", 4, skew, 90_000),
		at("late", 5, delay, 90_000), at("slow", 6, delay, 90_000), at("none", 7, source, "arrival"), at("right", 8, "note", 1))
	p.add(t, at("fast", 9, skew, -90_000))
	setup, err := p.Setup(t.Context())
	require.NoError(t, err)
	require.Equal(t, report.Clocks{Ahead: 1, Behind: 2, Late: 2, Missing: 1}, setup.Clocks)
}

// TestSetupWithoutEvents checks that the core kinds are listed without events.
func TestSetupWithoutEvents(t *testing.T) {
	setup, err := open(t, "").Setup(t.Context())
	require.NoError(t, err)
	require.Len(t, setup.Kinds, 5)
}

// TestSetupOfTheLastDays checks that kinds have the events of all days, and everything else
// those of the last seven.
func TestSetupOfTheLastDays(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		for days := range 9 {
			e := event("compaction", days, map[string]any{"service.name": fmt.Sprintf("service %d", days)})
			e.At = noon.AddDate(0, 0, -days)
			p.add(t, e)
		}
		setup, err := p.Setup(t.Context())
		require.NoError(t, err)
		require.Equal(t, int64(9), setup.Kinds[5].Events)
		require.Len(t, setup.Services, 7)
	})
}

// TestChoices checks that the names of a filter are those with the most cost or events, in
// the latest weeks of the range.
func TestChoices(t *testing.T) {
	onBoth(t, func(t *testing.T, p *page) {
		t.Helper()
		var all []eventtest.Event
		for i := range 3 {
			for days := range 40 {
				e := event("api_request", 100*i+days, map[string]any{
					"organization.id": fmt.Sprintf("org %d", i), "user.account_uuid": fmt.Sprintf("user %d", i),
					"model": fmt.Sprintf("model %d", i), "cost_usd": i + 1, "cowork.team": []string{"", "team a", "team b"}[i],
				})
				if e.At = noon.AddDate(0, 0, -days); i == 2 { // the most expensive was here last week
					e.At = e.At.AddDate(0, 0, -3)
				}
				all = append(all, e)
			}
		}
		for i, tool := range []string{"Read", "mcp__crm__find", "mcp__crm__find", "mcp__wiki__find"} {
			all = append(all, event("tool_result", 800+i, map[string]any{"tool_name": tool, "user.account_uuid": "user 0", "organization.id": ""}))
		}
		p.add(t, append(all, event("api_request", 900, map[string]any{"user.account_uuid": "", "organization.id": "", "model": "model 0", "cost_usd": 1000}))...)
		teams, tools, connectors := []string{"team a", "team b"}, []string{"find", "Read"}, []string{"crm", "wiki"}
		check := func(from, to time.Time, want report.Choices) {
			t.Helper()
			c, err := p.Choices(t.Context(), report.Filter{From: from, To: to, User: "user 1"})
			require.NoError(t, err)
			require.Equal(t, want, c)
		}
		users, models := []string{"user 2", "user 1", "user 0"}, []string{"model 0", "model 2", "model 1"}
		check(noon.AddDate(0, 0, -90), noon, report.Choices{Organizations: []string{"org 0", "org 1", "org 2"}, Teams: teams, Users: users, Models: models, Tools: tools, Connectors: connectors})
		check(noon.AddDate(0, 0, -1), noon, report.Choices{Organizations: []string{"org 0", "org 1"}, Users: []string{"user 1", "user 2", "user 0"}, Models: []string{"model 0", "model 1"}, Teams: teams, Tools: tools, Connectors: connectors})
		check(noon.AddDate(-1, 0, 0), noon.AddDate(0, 0, -100), report.Choices{Teams: teams})
	})
}
