package synthetic

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// monday is a working day.
var monday = time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)

func generate(t *testing.T, set Settings) []Batch {
	t.Helper()
	f, err := New(set)
	require.NoError(t, err)
	return slices.Collect(f.Batches())
}

// crowd returns the batches of a fleet that is large enough to measure rates.
var crowd = sync.OnceValues(func() ([]Batch, error) {
	f, err := New(Settings{Seed: 7, Seats: 150, Start: monday, Every: 20 * time.Second, Prompts: 1800, Content: DefaultContent})
	if err != nil {
		return nil, err
	}
	return slices.Collect(f.Batches()), nil
})

func crowded(t *testing.T) []Batch {
	t.Helper()
	all, err := crowd()
	require.NoError(t, err)
	return all
}

// expectedMix is the profile's share of each kind of event. Kinds below 0.1 % are
// omitted.
var expectedMix = []struct {
	kind    string
	percent float64
}{
	{"tool_decision", 20.6},
	{"tool_result", 20.5},
	{"api_request", 19.2},
	{"hook_execution_complete", 12.9},
	{"hook_execution_start", 12.9},
	{"assistant_response", 8.6},
	{"user_prompt", 1.4},
	{"hook_registered", 1.1},
	{"plugin_loaded", 0.9},
	{"mcp_server_connection", 0.7},
	{"skill_activated", 0.3},
	{"subagent_completed", 0.3},
	{"api_error", 0.2},
	{"at_mention", 0.1},
	{"permission_mode_changed", 0.1},
}

// TestMix compares the shares of the kinds of events with the profile: frequent kinds
// within a fifth, rare ones within a half.
func TestMix(t *testing.T) {
	var sum Tally
	for _, b := range crowded(t) {
		sum.Add(b.Logs)
	}
	require.InEpsilon(t, EventsPerPrompt, float64(sum.Events)/float64(len(sum.Prompts)), 0.15, "events a prompt")
	for _, s := range expectedMix {
		got := 100 * float64(sum.Kinds[s.kind]) / float64(sum.Events)
		tolerance := 0.2
		if s.percent < 1 {
			tolerance = 0.5
		}
		require.InEpsilon(t, s.percent, got, tolerance, "%s: %.2f %% of events, is %.2f %%", s.kind, s.percent, got)
	}
	prompts := float64(sum.Kinds["user_prompt"])
	require.InEpsilon(t, 13.2, float64(sum.Kinds["api_request"])/prompts, 0.15, "API requests a prompt")
	require.InEpsilon(t, 14.1, float64(sum.Kinds["tool_result"])/prompts, 0.15, "tool results a prompt")
}

// TestRates checks the failure rates.
func TestRates(t *testing.T) {
	var sum Tally
	var blocked, connections, failed, pii int
	for _, b := range crowded(t) {
		sum.Add(b.Logs)
		for _, a := range records(b) {
			switch stringOf(a, "event.name") {
			case "hook_execution_complete":
				blocked += int(numberOf(a, "num_blocking"))
			case "mcp_server_connection":
				connections++
				if stringOf(a, "status") == "failed" {
					failed++
				}
			case "user_prompt":
				if sensitive.MatchString(stringOf(a, "prompt")) {
					pii++
				}
			}
		}
	}
	check := func(what string, want float64, part, whole int, tolerance float64) {
		t.Helper()
		require.InEpsilon(t, want, float64(part)/float64(whole), tolerance, "%s: %d of %d", what, part, whole)
	}
	check("api errors", 0.011, sum.Kinds["api_error"], sum.Kinds["api_request"], 0.2)
	check("retries exhausted", 0.11, sum.Kinds["api_retries_exhausted"], sum.Kinds["api_error"], 0.4)
	check("tool failures", 0.029, sum.Failed, sum.Kinds["tool_result"], 0.1)
	check("hook blocks", 0.001, blocked, sum.Kinds["hook_execution_complete"], 0.5)
	check("failed connections", 0.07, failed, connections, 0.3)
	check("prompts with PII", promptPII, pii, sum.Kinds["user_prompt"], 0.15)
	require.NotZero(t, sum.Kinds["api_refusal"])
}

func records(b Batch) []pcommon.Map {
	var list []pcommon.Map
	for _, rl := range b.Logs.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				list = append(list, rec.Attributes())
			}
		}
	}
	return list
}
