package store

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// TestSetup checks the input of the setup check: core kinds without events, shares of
// attributes, rejections, and content.
func TestSetup(t *testing.T) {
	s := openStore(t, inFile(t))
	wrong := event("user_prompt", 3, map[string]any{
		"prompt.id": "p3", "prompt": "plain text of a person",
		"cowork.validation.errors": []any{"prompt_length: missing", "prompt_length: alice@example.com", "made.up: missing"},
	})
	add(t, s,
		event("user_prompt", 1, map[string]any{"prompt.id": "p1", "prompt": "[REDACTED_PROMPT]", "prompt_length": 3, "service.name": "cowork"}),
		event("user_prompt", 2, map[string]any{"prompt.id": "p2", "prompt_length": 3, "service.name": "cowork"}), wrong,
		event("tool_result", 4, map[string]any{"tool_name": "Bash", "tool_parameters": `{"full_command":"mail [REDACTED_EMAIL] [REDACTED_PHONE]"}`}),
		event("compaction", 5, map[string]any{"cowork.redaction.unknown_attributes": []any{"summary_text", "other", "jane doe <jane@example.com>", 3}}),
		event("at_mention", 8, map[string]any{"cowork.redaction.unknown_attributes": []any{"summary_text"}, "summary_text": "[REDACTED_CONTENT]"}),
		event("compaction", 9, map[string]any{"cowork.redaction.unknown_attributes": "summary_text"}),
		event("compaction", 6, nil), event("at_mention", 7, nil),
		eventtest.Event{Kind: "made_up", At: noon})
	setup, err := s.Setup(t.Context())
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
	require.Equal(t, []report.Version{{Name: "2.1.329", Events: 3, Last: prompts.Last}}, prompts.Versions)
	require.Contains(t, prompts.Attributes, report.Share{Name: "prompt_length", Share: 2.0 / 3})
	require.Contains(t, prompts.Attributes, report.Share{Name: "session.id", Share: 1})
	require.Contains(t, prompts.Attributes, report.Share{Name: "user.email", Share: 0})
	require.Equal(t, []report.Count{{Name: "prompt_length: missing", Events: 1}}, setup.Rejected, "a reason is one of ours, and an attribute one of the schema")
	require.Equal(t, report.Content{Absent: 1, Replaced: 1, Plain: 1, Findings: 2}, setup.Content)
	require.Equal(t, []report.Count{{Name: "", Events: 8}, {Name: "cowork", Events: 2}}, setup.Services)
	require.Equal(t, []report.Count{{Name: "summary_text", Events: 2}, {Name: "other", Events: 1}}, setup.Unknown, "a report has names only")
}

// TestUnpriced counts requests whose cost is not known, which was shown as 0 USD.
func TestUnpriced(t *testing.T) {
	s := openStore(t, inFile(t))
	request := func(minute int, model string, cost any) eventtest.Event {
		return event("api_request", minute, map[string]any{"model": model, "input_tokens": 5, "output_tokens": 5, "duration_ms": 5, "cost_usd": cost})
	}
	add(t, s, request(1, "bedrock", ""), request(2, "bedrock", "undefined"), request(3, "opus", 0.5), request(4, "free", 0))
	setup, err := s.Setup(t.Context())
	require.NoError(t, err)
	require.Equal(t, []report.Count{{Name: "bedrock", Events: 2}}, setup.Unpriced)
}

// TestClocks counts the sessions with wrong clocks and late events, each once a day.
func TestClocks(t *testing.T) {
	s := openStore(t, inFile(t))
	at := func(session string, minute int, mark string, value any) eventtest.Event {
		return event("compaction", minute, map[string]any{"session.id": session, mark: value})
	}
	const skew, delay, source = "cowork.clock_skew_ms", "cowork.delivery_delay_ms", "cowork.time_source"
	add(t, s, at("fast", 1, skew, -90_000), at("fast", 2, skew, -90_000), at("slow", 3, skew, 90_000), at("other", 4, skew, 90_000),
		at("late", 5, delay, 90_000), at("slow", 6, delay, 90_000), at("none", 7, source, "arrival"), at("right", 8, "note", 1))
	add(t, s, at("fast", 9, skew, -90_000))
	setup, err := s.Setup(t.Context())
	require.NoError(t, err)
	require.Equal(t, report.Clocks{Ahead: 1, Behind: 2, Late: 2, Missing: 1}, setup.Clocks)
}

// TestSetupWithoutEvents checks that the core kinds are listed without events.
func TestSetupWithoutEvents(t *testing.T) {
	s := openStore(t, inFile(t))
	setup, err := s.Setup(t.Context())
	require.NoError(t, err)
	require.Len(t, setup.Kinds, 5)
}

// TestAlerts checks that the latest record of an alert counts in any order of arrival,
// and that its message, which can contain data, is not stored.
func TestAlerts(t *testing.T) {
	s := openStore(t, inFile(t))
	const query = `select name, severity, status, detail, starts, times from alerts`
	add(t, s, alert("f", "firing", 1))
	want := []any{"slow_tool", "warning", "firing", "connector crm", int64(1795261800), int64(1)}
	require.Equal(t, [][]any{want}, rows(t, s, query))
	add(t, s, alert("f", "resolved", 9), alert("f", "firing", 5))
	want[2], want[5] = "resolved", int64(3)
	require.Equal(t, [][]any{want}, rows(t, s, query))
	add(t, s, alert("f", "firing", 7))
	require.Equal(t, "resolved", rows(t, s, query)[0][2], "came late")
	add(t, s, alert("f", "firing", 11))
	require.Equal(t, "firing", rows(t, s, query)[0][2])
	require.Zero(t, cell(t, s, "select coalesce((select events from people_total), 0)"), "an alert is nothing that a user did")
}
