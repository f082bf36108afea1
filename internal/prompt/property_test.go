package prompt

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestSumsAreThoseOfTheEvents generates prompts, 100 in each of rapid's 100 runs, and
// sends their events shuffled, some of them several times. Between batches prompts
// become idle, are evicted, and the collector restarts. The summaries of a prompt's
// parts always add up to its events.
func TestSumsAreThoseOfTheEvents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := Settings{Durable: true, MaxOpen: rapid.IntRange(1, 200).Draw(t, "max_open"), MaxClosed: 1000, Remember: 1000 * time.Hour, MaxDigests: 1 << 20}
		r := run{t: t, set: set, tracker: tracker(set), disk: disk{}, got: map[string]*total{}, parts: map[string]int{}}
		want := newNaive()
		for _, f := range deliveries(t) {
			want.addEvent(f)
			r.tracker.Add(r.now(), f.view(t))
			r.pause()
		}
		r.tracker.Flush(Shutdown)
		r.deliver()
		require.Len(t, r.got, len(want.totals))
		for prompt, total := range want.totals {
			require.Equal(t, total.withoutZeros(), r.got[prompt].withoutZeros(), "%s", prompt)
		}
		for _, part := range r.parts {
			require.Equal(t, 1, part, "each part is summarised once")
		}
	})
}

// A run is a tracker with its storage and its summaries.
type run struct {
	t       *rapid.T
	set     Settings
	tracker *Tracker
	disk    disk
	seconds int
	waiting []Trace
	got     map[string]*total
	parts   map[string]int
}

func (r *run) now() time.Time { return noon.Add(time.Duration(r.seconds) * time.Second) }

// pauses are the steps between two events; most are none.
var pauses = append(make([]string, 40), "silence", "delivery", "restart")

// pause takes a step after some events.
func (r *run) pause() {
	switch rapid.SampledFrom(pauses).Draw(r.t, "then") {
	case "silence":
		r.seconds += 10
		r.tracker.Expire(r.now())
		r.tracker.consistent(r.t)
	case "delivery":
		r.deliver()
	case "restart":
		r.waiting = r.tracker.Take(r.waiting)
		r.disk.checkpoint(r.tracker, r.waiting)
		r.waiting = nil // is on the disk
		r.tracker = r.disk.restored(r.t, r.set, r.now())
	}
}

// deliver adds up the summaries that are waiting.
func (r *run) deliver() {
	r.waiting = r.tracker.Take(r.waiting)
	for e := range cowork.Events(Summaries(r.waiting, func(pcommon.InstrumentationScope) {})) {
		prompt := promptOf(e.PromptID(), e.SessionID())
		part, _ := e.Int(attrPart)
		r.parts[fmt.Sprint(prompt, " part ", part)]++
		if r.got[prompt] == nil {
			r.got[prompt] = newTotal()
		}
		r.got[prompt].sum(totalOf(e))
	}
	r.disk.apply(dropAll(r.waiting))
	r.waiting = nil
}

// totalOf reads a summary.
func totalOf(e cowork.Event) *total {
	t := newTotal()
	for _, key := range []string{
		"event_count", "api_request_count", "api_error_count", "api_refusal_count", "input_tokens", "output_tokens",
		"cache_read_tokens", "cache_creation_tokens", "tool_count", "tool_failure_count", "tool_reject_count",
	} {
		t.sums[key], _ = e.Int("cowork.prompt." + key)
	}
	usd, _ := e.Float("cowork.prompt.cost_usd")
	t.sums["micros"] = int64(math.Round(usd * 1e6))
	for _, list := range []string{"models", "tools", "skills", "subagents"} {
		names, _ := e.Value("cowork.prompt." + list)
		for _, name := range names.Slice().All() {
			t.addName(list, name.Str())
		}
	}
	start, _ := e.Str("cowork.prompt.start")
	at, _ := time.Parse(time.RFC3339Nano, start)
	t.start, t.end = pcommon.NewTimestampFromTime(at), e.Record().Timestamp()
	t.complete, _ = e.Bool("cowork.prompt.complete")
	t.origin, _ = e.Str("cowork.prompt.origin")
	return t
}

// deliveries returns the events of a hundred prompts as they arrive.
func deliveries(t *rapid.T) (all []fixture) {
	for i := range 100 {
		for range rapid.IntRange(1, 8).Draw(t, "events") {
			f := anyEvent(t, i)
			for range rapid.SampledFrom([]int{1, 1, 1, 1, 2, 3}).Draw(t, "times") {
				all = append(all, f)
			}
		}
	}
	return rapid.Permutation(all).Draw(t, "order")
}

// anyEvent draws an event from few values, so that ids repeat. A prompt.id that begins
// with s is shared by two sessions, and each of its events has a session.
func anyEvent(t *rapid.T, prompt int) fixture {
	pick := func(what string, values ...any) any { return rapid.SampledFrom(values).Draw(t, what) }
	second := rapid.IntRange(1, 9).Draw(t, "second")
	f := eventOf(rapid.SampledFrom(anyKinds).Draw(t, "kind"), second, attributes{
		"prompt.id": fmt.Sprint("p", prompt), "session.id": pick("session", nil, "one", "one"),
		"event.sequence": pick("sequence", nil, int64(second), int64(second), int64(second+1)),
	})
	if prompt%5 == 0 {
		f = f.with(attributes{"prompt.id": fmt.Sprint("s", prompt), "session.id": pick("shared session", "one", "two")})
	}
	more := attributes{}
	if f["event.name"] == "user_prompt" {
		more["cowork.prompt.origin"] = []any{nil, "user", "task", "schedule", "agent"}[prompt/5%5]
	}
	for _, a := range anyAttributes[f["event.name"].(string)] {
		more[a.key] = pick(a.key, a.values...)
	}
	return f.with(more)
}

var anyKinds = []string{
	"user_prompt", "api_request", "api_request", "api_error", "api_refusal", "tool_decision", "tool_result", "skill_activated",
	"subagent_completed", "brand_new",
}

var anyTokens = []any{nil, int64(0), int64(7), int64(1e15), int64(1e15) + 1, int64(-3), "many"}

type choice struct {
	key    string
	values []any
}

var anyAttributes = map[string][]choice{
	"api_request": {
		{"request_id", []any{nil, "r1", "r2", "r3"}},
		{"model", []any{"opus", "haiku"}},
		{"cost_usd_micros", []any{nil, nil, int64(1), int64(15184), int64(-1), "none"}},
		{"cost_usd", []any{nil, 0.5, 0.0125, 1e-6}},
		{"input_tokens", anyTokens},
		{"output_tokens", anyTokens},
		{"cache_read_tokens", anyTokens},
		{"cache_creation_tokens", anyTokens},
	},
	"tool_decision":      {{"tool_use_id", []any{nil, "t1", "t2"}}, {"decision", []any{"accept", "reject"}}},
	"tool_result":        {{"tool_use_id", []any{nil, "t1", "t2"}}, {"success", []any{nil, "true", "false"}}, {"tool_name", []any{"Bash", "Read"}}},
	"skill_activated":    {{"skill.name", []any{"pdf", "docx"}}},
	"subagent_completed": {{"agent_type", []any{"Explore", "Plan"}}},
}

// TestNaiveHasAllAttributes checks that the property covers every sum.
func TestNaiveHasAllAttributes(t *testing.T) {
	tr := tracker(Settings{})
	tr.addAll(t, noon, request(1, "r", nil))
	for e := range cowork.Events(Summaries(tr.closeAll(), func(pcommon.InstrumentationScope) {})) {
		got := totalOf(e).sums
		for _, c := range countAttributes {
			if c.count != ClientTraced {
				require.Contains(t, got, c.key[len("cowork.prompt."):])
			}
		}
	}
}
