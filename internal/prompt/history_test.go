package prompt

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
)

const otherPrompt = "7c5f4e9a-1111-4222-8333-444455556666"

// TestHistories checks that a prompt has its events, each once and in order, and that
// its sums are those of a tracker.
func TestHistories(t *testing.T) {
	fixtures := []fixture{
		eventOf("user_prompt", 1, nil),
		eventOf("tool_decision", 2, attributes{"tool_use_id": "t1", "tool_name": "Bash", "decision": "accept"}),
		request(3, "r1", nil),
		eventOf("tool_result", 4, attributes{"tool_use_id": "t1", "tool_name": "Bash", "success": "false"}),
		eventOf("api_error", 5, nil),
		eventOf("tool_result", 5, attributes{"event.sequence": int64(6), "tool_name": "Read", "success": true}),
		request(7, "r2", nil),
	}
	var events []cowork.Event
	for _, n := range rand.New(rand.NewPCG(1, 2)).Perm(len(fixtures)) {
		events = append(events, fixtures[n].view(t), fixtures[n].view(t))
	}
	events = append(events,
		eventOf("user_prompt", 0, attributes{"prompt.id": otherPrompt}).view(t),
		eventOf("plugin_loaded", 1, attributes{"prompt.id": nil}).view(t),
		eventOf("prompt_summary", 9, attributes{"cowork.prompt.cost_usd": 99.0}).view(t))

	histories := Histories(noon.Add(time.Hour), events)
	require.Len(t, histories, 2)
	require.Equal(t, otherPrompt, histories[0].PromptID, "ordered by start")
	h := histories[1]
	require.Equal(t, onePrompt, h.PromptID)
	require.Len(t, h.Events, len(fixtures))
	for n, f := range fixtures {
		require.Equal(t, f["event.name"], h.Events[n].Name())
	}
	require.Equal(t, Counts{
		Events: 7, APIRequests: 2, APIErrors: 1, ToolDecisions: 1, Tools: 2, ToolFailures: 1,
		CostMicros: 3000, InputTokens: 20, OutputTokens: 40, CacheReadTokens: 60, CacheCreationTokens: 80,
	}, h.Sums)
	require.InDelta(t, 0.003, h.CostUSD(), 1e-12)
}

// TestHistoriesOfSessions checks that two sessions with one prompt.id stay two, and
// that an event without a session joins the first.
func TestHistoriesOfSessions(t *testing.T) {
	histories := Histories(noon, []cowork.Event{
		eventOf("user_prompt", 1, nil).view(t),
		eventOf("user_prompt", 2, attributes{"session.id": "another"}).view(t),
		eventOf("api_error", 3, attributes{"session.id": nil}).view(t),
	})
	require.Len(t, histories, 2)
	require.Equal(t, oneSession, histories[0].SessionID)
	require.Len(t, histories[0].Events, 2)
	require.Len(t, histories[1].Events, 1)
	require.Equal(t, "user_prompt", histories[1].Events[0].Name())
	require.Empty(t, Histories(noon, nil))
}
