package prompt

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A total is what the events of one prompt add up to.
type total struct {
	sums       map[string]int64 // by attribute of the summary
	lists      map[string][]string
	start, end pcommon.Timestamp
	complete   bool
}

func newTotal() *total { return &total{sums: map[string]int64{}, lists: map[string][]string{}} }

// put adds a name to a list that does not have it, and keeps the list in order.
func (t *total) put(list, name string) {
	if !slices.Contains(t.lists[list], name) {
		t.lists[list] = append(t.lists[list], name)
		slices.Sort(t.lists[list])
	}
}

// A naive adds events up as one would with all of them at hand: it keeps everything
// and knows no parts.
type naive struct {
	totals map[string]*total
	seen   map[string]bool
}

func newNaive() naive { return naive{map[string]*total{}, map[string]bool{}} }

// once reports whether something happens for the first time.
func (n naive) once(what ...any) bool {
	key := fmt.Sprintf("%q", what)
	defer func() { n.seen[key] = true }()
	return !n.seen[key]
}

// add counts an event in its order of arrival.
func (n naive) add(f fixture) {
	prompt := promptOf(f["prompt.id"], f["session.id"])
	kind, sequence, stamp := f["event.name"], f["event.sequence"], f["event.timestamp"].(string)
	if sequence != nil && !n.once("event", prompt, kind, sequence, stamp) {
		return
	}
	t := n.totals[prompt]
	if t == nil {
		t = newTotal()
		n.totals[prompt] = t
	}
	t.sums["event_count"]++
	at, _ := time.Parse(time.RFC3339Nano, stamp)
	ts := pcommon.NewTimestampFromTime(at)
	if t.start == 0 || ts < t.start {
		t.start = ts
	}
	t.end = max(t.end, ts)
	switch kind {
	case "user_prompt":
		t.complete = true
	case "api_error":
		t.sums["api_error_count"]++
	case "api_refusal":
		t.sums["api_refusal_count"]++
	case "api_request":
		if n.first("request", prompt, f["request_id"]) {
			t.addRequest(f)
		}
	case "tool_decision":
		if f["decision"] == "reject" && n.first("reject", prompt, f["tool_use_id"]) {
			t.sums["tool_reject_count"]++
		}
	case "tool_result":
		if n.first("tool", prompt, f["tool_use_id"]) {
			t.sums["tool_count"]++
			if f["success"] == "false" {
				t.sums["tool_failure_count"]++
			}
			t.put("tools", f["tool_name"].(string))
		}
	case "skill_activated":
		t.put("skills", f["skill.name"].(string))
	case "subagent_completed":
		t.put("subagents", f["agent_type"].(string))
	}
}

// first is once for what has an id. What has none is never known again.
func (n naive) first(what, prompt string, id any) bool { return id == nil || n.once(what, prompt, id) }

func (t *total) addRequest(f fixture) {
	t.sums["api_request_count"]++
	t.put("models", f["model"].(string))
	for _, key := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
		if n, ok := believed(f[key]); ok {
			t.sums[key] += n
		}
	}
	micros := f["cost_usd_micros"]
	if usd, ok := f["cost_usd"].(float64); ok && (micros == nil || micros == "none") {
		micros = int64(math.Round(usd * 1e6))
	}
	if n, ok := believed(micros); ok {
		t.sums["micros"] += n
	}
}

// believed returns a number that can be.
func believed(value any) (int64, bool) {
	n, ok := value.(int64)
	return n, ok && n >= 0 && n <= 1e15
}

// promptOf tells prompts apart: by session, where it is known to have several.
func promptOf(promptID, sessionID any) string {
	if id := promptID.(string); id[0] == 's' {
		return fmt.Sprint(id, " of ", sessionID)
	}
	return promptID.(string)
}

// sum adds the total of a part to that of its prompt.
func (t *total) sum(part *total) {
	for key, n := range part.sums {
		t.sums[key] += n
	}
	for list, names := range part.lists {
		for _, name := range names {
			t.put(list, name)
		}
	}
	if t.start == 0 || part.start < t.start {
		t.start = part.start
	}
	t.end = max(t.end, part.end)
	t.complete = t.complete || part.complete
}

// withoutZeros leaves out what is not there.
func (t *total) withoutZeros() *total {
	maps.DeleteFunc(t.sums, func(_ string, n int64) bool { return n == 0 })
	return t
}
