package prompt

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

func request(second int, id string, more attributes) fixture {
	return eventOf("api_request", second, attributes{
		"request_id": id, "model": "claude-opus-5-5", "cost_usd_micros": 1500, "input_tokens": 10, "output_tokens": 20,
		"cache_read_tokens": 30, "cache_creation_tokens": 40,
	}).with(more)
}

func TestPromptAddsUp(t *testing.T) {
	tr := tracker(Settings{})
	tr.addAll(t, noon,
		eventOf("tool_result", 4, attributes{"tool_use_id": "t1", "tool_name": "Bash", "success": "false"}),
		eventOf("tool_decision", 3, attributes{"tool_use_id": "t1", "tool_name": "Bash", "decision": "accept"}),
		request(5, "r1", nil),
		eventOf("user_prompt", 1, nil),
		eventOf("tool_decision", 6, attributes{"tool_use_id": "t2", "tool_name": "Write", "decision": "reject"}),
		eventOf("tool_result", 7, attributes{"tool_use_id": "t3", "tool_name": "mcp__crm__send", "success": true}),
		eventOf("tool_result", 8, attributes{"tool_use_id": "t4", "tool_name": "Skill", "tool_parameters": `{"skill_name":"pdf"}`}),
		eventOf("api_error", 9, nil),
		eventOf("api_refusal", 10, nil),
		eventOf("skill_activated", 11, attributes{"skill.name": "docx"}),
		eventOf("subagent_completed", 12, attributes{"agent_type": "Explore"}),
		request(13, "r2", attributes{"model": "claude-haiku-5"}),
		eventOf("brand_new", 14, nil),
	)
	tr.consistent(t)
	traces := tr.closeAll()
	require.Len(t, traces, 1)
	got := traces[0]
	require.Equal(t, Counts{
		Events: 13, APIRequests: 2, APIErrors: 1, APIRefusals: 1, ToolDecisions: 2, Tools: 3, ToolFailures: 1, ToolRejects: 1,
		CostMicros: 3000, InputTokens: 20, OutputTokens: 40, CacheReadTokens: 60, CacheCreationTokens: 80,
	}, got.Sums)
	require.Equal(t, onePrompt, got.PromptID)
	require.Equal(t, oneSession, got.SessionID)
	require.Equal(t, TraceID(onePrompt), got.ID)
	require.True(t, got.Complete)
	require.Equal(t, noon.Add(time.Second), got.Start.AsTime())
	require.Equal(t, noon.Add(14*time.Second), got.End.AsTime())
	require.Equal(t, []string{"claude-haiku-5", "claude-opus-5-5"}, got.Models)
	require.Equal(t, []string{"Bash", "Skill", "send"}, got.Tools)
	require.Equal(t, []string{"crm"}, got.Connectors)
	require.Equal(t, []string{"docx", "pdf"}, got.Skills)
	require.Equal(t, []string{"Explore"}, got.Subagents)
	require.InDelta(t, 0.003, got.CostUSD(), 0)
	tr.consistent(t)
}

func TestNoPrompt(t *testing.T) {
	tr := tracker(Settings{})
	for _, id := range []any{nil, "", "undefined"} {
		require.Equal(t, []Verdict{NoPrompt}, tr.addAll(t, noon, request(1, "r", attributes{"prompt.id": id})))
	}
	require.Zero(t, tr.Stats().Open)
}

func TestDuplicates(t *testing.T) {
	tr := tracker(Settings{})
	one := request(1, "r1", nil)
	require.Equal(t, []Verdict{Counted, Duplicate}, tr.addAll(t, noon, one, one))
	for name, other := range map[string]fixture{
		"another sequence": one.with(attributes{"event.sequence": 2}),
		"another time":     one.with(attributes{"event.timestamp": "2026-11-21T12:00:09Z"}),
		"another name":     one.with(attributes{"event.name": "api_error"}),
		"no sequence":      one.with(attributes{"event.sequence": nil}),
		"no time":          one.with(attributes{"event.timestamp": nil}),
		"another session":  one.with(attributes{"session.id": "other"}),
	} {
		require.Equal(t, []Verdict{Counted}, tr.addAll(t, noon, other), name)
	}
	require.Equal(t, []Verdict{Duplicate}, tr.addAll(t, noon, one.with(attributes{"event.sequence": nil})), "has an id of its own")
	require.Equal(t, int64(2), tr.Stats().Duplicates)
	without := one.with(attributes{"event.sequence": nil, "request_id": nil})
	require.Equal(t, []Verdict{Counted, Counted}, tr.addAll(t, noon, without, without), "cannot be recognised")
}

// TestRequestsOfOneMoment sends two requests that differ in their id only. Both count.
func TestRequestsOfOneMoment(t *testing.T) {
	tr := tracker(Settings{})
	require.Equal(t, []Verdict{Counted, Counted}, tr.addAll(t, noon, request(1, "r1", nil), request(1, "r2", nil)))
	got := tr.closeAll()[0].Sums
	require.Equal(t, int64(2), got[APIRequests])
	require.Equal(t, int64(3000), got[CostMicros])
}

// TestDecisionCountsOnce sends two decisions about one tool. The first one counts, as
// in the metrics and on the page.
func TestDecisionCountsOnce(t *testing.T) {
	tr := tracker(Settings{})
	decision := func(second int, decision string) fixture {
		return eventOf("tool_decision", second, attributes{"tool_use_id": "t1", "tool_name": "Bash", "decision": decision})
	}
	tr.addAll(t, noon, decision(1, "accept"), decision(2, "reject"))
	got := tr.closeAll()[0].Sums
	require.Equal(t, int64(1), got[ToolDecisions])
	require.Zero(t, got[ToolRejects])
	require.Equal(t, int64(2), got[Events])
}

// TestRequestCountsOnce sends one request in records that are no duplicates.
func TestRequestCountsOnce(t *testing.T) {
	tr := tracker(Settings{})
	tr.addAll(t, noon, request(1, "r1", nil), request(2, "r1", nil), request(3, "", nil), request(4, "", nil),
		request(5, "", attributes{"client_request_id": "c1"}), request(6, "", attributes{"client_request_id": "c1"}))
	got := tr.closeAll()[0].Sums
	require.Equal(t, int64(4), got[APIRequests])
	require.Equal(t, int64(6000), got[CostMicros])
	require.Equal(t, int64(6), got[Events])
}

func TestDuplicateOfAClosedPrompt(t *testing.T) {
	tr := tracker(Settings{})
	tr.addAll(t, noon, request(1, "r1", nil))
	tr.closeAll()
	require.Equal(t, []Verdict{Duplicate}, tr.addAll(t, noon, request(1, "r1", nil)))
	require.Zero(t, tr.Stats().Open, "a duplicate opens nothing")
}

func TestLateEventsMakeParts(t *testing.T) {
	tr := tracker(Settings{})
	for part := range 3 {
		tr.addAll(t, noon, request(part, "r1", attributes{"cost_usd_micros": 7}), eventOf("tool_result", 100+part, nil))
		if part == 0 {
			tr.addAll(t, noon, eventOf("user_prompt", 50, nil))
		}
		traces := tr.closeAll()
		require.Len(t, traces, 1)
		require.Equal(t, part, traces[0].Part)
		require.Equal(t, noon.Add(time.Duration(part)*time.Second), traces[0].Start.AsTime())
		require.Equal(t, onePrompt, traces[0].PromptID)
		require.True(t, traces[0].Complete)
		require.Equal(t, int64(1), traces[0].Sums[Tools])
		require.Equal(t, map[bool]int64{true: 7}[part == 0], traces[0].Sums[CostMicros], "one request")
		tr.consistent(t)
	}
	require.Equal(t, int64(4), tr.Stats().Late)
}

func TestSessions(t *testing.T) {
	tr := tracker(Settings{})
	other := attributes{"session.id": "other"}
	none := attributes{"session.id": nil}
	tr.addAll(t, noon, request(1, "r1", none), request(2, "r2", nil), request(3, "r2", other), request(4, "r4", none), request(5, "r5", other))
	traces := tr.closeAll()
	require.Len(t, traces, 2, "a prompt.id that two sessions share is two prompts")
	byID := map[string]Counts{}
	for _, trace := range traces {
		byID[trace.SessionID] = trace.Sums
	}
	require.Equal(t, int64(3), byID[oneSession][APIRequests], "its own and those without a session")
	require.Equal(t, int64(2), byID["other"][APIRequests])
	require.Equal(t, []Verdict{Duplicate, Duplicate, Duplicate},
		tr.addAll(t, noon, request(4, "r4", none), request(5, "r5", other), request(2, "r2", nil)))
	tr.consistent(t)
}

func TestExpire(t *testing.T) {
	tr := tracker(Settings{Idle: time.Minute, Remember: time.Hour})
	first, second := attributes{"prompt.id": "first"}, attributes{"prompt.id": "second"}
	tr.addAll(t, noon, request(1, "r", first))
	tr.addAll(t, noon.Add(30*time.Second), request(1, "r", second))
	tr.addAll(t, noon.Add(40*time.Second), request(2, "r", first))
	tr.Expire(noon.Add(89 * time.Second))
	require.Empty(t, tr.Take(nil))
	tr.Expire(noon.Add(90 * time.Second))
	traces := tr.Take(nil)
	require.Len(t, traces, 1)
	require.Equal(t, "second", traces[0].PromptID)
	require.Equal(t, Idle, traces[0].Reason)
	require.Equal(t, Stats{Open: 1, Remembered: 1, Closed: [Reasons]int64{Idle: 1}}, tr.Stats())
	tr.Expire(noon) // the clock was set back: nothing opens or closes
	require.Equal(t, 1, tr.Stats().Open)
	tr.Expire(noon.Add(2 * time.Hour))
	tr.Expire(noon.Add(4 * time.Hour))
	require.Equal(t, Stats{Closed: [Reasons]int64{Idle: 2}}, tr.Stats())
	require.Empty(t, tr.entries)
	require.Empty(t, tr.texts.senders)
	tr.consistent(t)
}

func TestPromptIDs(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	tr := tracker(Settings{})
	tr.addAll(t, noon, request(1, "r", attributes{"prompt.id": long, "session.id": long}), request(1, "r", attributes{"prompt.id": "no uuid"}))
	traces := tr.closeAll()
	require.Len(t, traces, 2)
	require.Equal(t, "8f990ba0-b577-b51c-f009-ea049368c16b", traces[0].PromptID)
	require.Equal(t, TraceID(long), TraceID(traces[0].PromptID), "the replaced id has the same trace id")
	require.Equal(t, traces[0].PromptID, traces[0].SessionID)
	require.Equal(t, "no uuid", traces[1].PromptID)
	require.Equal(t, int64(2), tr.Stats().Cut[IDText])
}

func TestTimes(t *testing.T) {
	tr := tracker(Settings{})
	check := func(wantStart, wantEnd time.Time, invalid int64, stamps ...any) {
		t.Helper()
		tr := tracker(Settings{})
		for i, stamp := range stamps {
			tr.addAll(t, noon, eventOf("hook_execution_start", i, attributes{"event.timestamp": stamp}))
		}
		got := tr.closeAll()[0]
		require.Equal(t, wantStart, got.Start.AsTime())
		require.Equal(t, wantEnd, got.End.AsTime())
		require.Equal(t, invalid, tr.Stats().Invalid[TimeMeasure])
	}
	hour := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }
	text := func(at time.Time) string { return at.Format(time.RFC3339Nano) }
	check(noon, noon, 1, nil)
	check(noon, noon, 1, "1970-01-01T00:00:00Z")
	check(noon, noon, 1, "2200-01-01T00:00:00Z")
	check(noon, noon, 1, "not a time")
	check(hour(-1), hour(20), 0, text(noon), text(hour(20)), text(hour(-1)))
	check(noon, noon, 1, text(hour(25)))

	e := eventOf("user_prompt", 1, nil).view(t)
	e.Record().SetTimestamp(pcommon.Timestamp(1<<64 - 1))
	tr.Add(noon, e)
	require.Equal(t, noon, tr.closeAll()[0].End.AsTime())
}
