package prompt_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

func TestClientTrace(t *testing.T) {
	check := func(promptID string, trace pcommon.TraceID, want bool) {
		t.Helper()
		rec := plog.NewLogRecord()
		rec.SetTraceID(trace)
		rec.Attributes().PutStr("prompt.id", promptID)
		require.Equal(t, want, prompt.ClientTrace(cowork.EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec)))
	}
	const id = "550e8400-e29b-41d4-a716-446655440000"
	check(id, pcommon.TraceID{}, false)
	check(id, prompt.TraceID(id), false)
	check(id, pcommon.TraceID{1}, true)
	check("", pcommon.TraceID{1}, true)
	check("", pcommon.TraceID{}, false)
}

// TestDesktopCostIsNotAdded sends a request in the client's stream and again in the
// desktop app's own stream.
func TestDesktopCostIsNotAdded(t *testing.T) {
	ld := plog.NewLogs()
	for _, scope := range []string{"com.anthropic.claude_code.events", "claude-desktop.events"} {
		sl := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
		sl.Scope().SetName(scope)
		rec := sl.LogRecords().AppendEmpty()
		rec.SetEventName("api_request")
		rec.Attributes().PutStr("prompt.id", "p")
		rec.Attributes().PutInt("cost_usd_micros", 7)
	}
	tr := prompt.NewTracker(prompt.Settings{Idle: time.Minute, MaxOpen: 1})
	for e := range cowork.Events(ld) {
		tr.Add(time.Unix(1795262400, 0), e)
	}
	tr.Flush(prompt.Idle)
	sums := tr.Take(nil)[0].Sums
	require.Equal(t, int64(2), sums[prompt.Events])
	require.Equal(t, int64(7), sums[prompt.CostMicros])
}

// TestTokensOfPrompt is for tokens of a user_prompt, which metrics counted and summaries
// did not.
func TestTokensOfPrompt(t *testing.T) {
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, kind := range []string{"user_prompt", "api_request"} {
		rec := records.AppendEmpty()
		rec.SetEventName(kind)
		rec.Attributes().PutStr("prompt.id", "p")
		for i, key := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
			rec.Attributes().PutInt(key, int64(i+1))
		}
	}
	tr := prompt.NewTracker(prompt.Settings{Idle: time.Minute, MaxOpen: 1})
	for e := range cowork.Events(ld) {
		tr.Add(time.Unix(1795262400, 0), e)
	}
	tr.Flush(prompt.Idle)
	sums := tr.Take(nil)[0].Sums
	for i, count := range []prompt.Count{prompt.InputTokens, prompt.OutputTokens, prompt.CacheReadTokens, prompt.CacheCreationTokens} {
		require.Equal(t, int64(2*(i+1)), sums[count])
	}
}
