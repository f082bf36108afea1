package prompt

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A total holds the sums over the events of one prompt.
type total struct {
	sums       map[string]int64 // by attribute of the summary
	lists      map[string][]string
	start, end pcommon.Timestamp
	complete   bool
	origin     string
}

func newTotal() *total { return &total{sums: map[string]int64{}, lists: map[string][]string{}} }

// addName adds a name to a list that lacks it, and keeps the list in order.
func (t *total) addName(list, name string) {
	if !slices.Contains(t.lists[list], name) {
		t.lists[list] = append(t.lists[list], name)
		slices.Sort(t.lists[list])
	}
}

// A naive adds events up in the simplest way: it keeps everything and has no parts.
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

// ownID returns the id by which an event counts once, nil if it has none.
func ownID(f fixture) any {
	switch f["event.name"] {
	case "user_prompt":
		return f["prompt.id"]
	case "api_request":
		return f["request_id"]
	case "tool_decision", "tool_result":
		return f["tool_use_id"]
	}
	return nil
}

// addEvent counts an event in the order of arrival.
func (n naive) addEvent(f fixture) {
	prompt, id := promptOf(f["prompt.id"], f["session.id"]), ownID(f)
	kind, session, stamp := f["event.name"], f["session.id"], f["event.timestamp"].(string)
	isKnown := f["event.sequence"] != nil || id != nil
	if isKnown && !n.once("record", prompt, session, kind, f["event.sequence"], stamp, id) {
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
	if id != nil && !n.once("counted", prompt, session, kind, id) {
		return
	}
	switch kind {
	case "user_prompt":
		t.complete = true
		t.origin, _ = f["cowork.prompt.origin"].(string)
	case "api_error":
		t.sums["api_error_count"]++
	case "api_refusal":
		t.sums["api_refusal_count"]++
	case "api_request":
		t.addRequest(f)
	case "tool_decision":
		if f["decision"] == "reject" {
			t.sums["tool_reject_count"]++
		}
	case "tool_result":
		t.sums["tool_count"]++
		if f["success"] == "false" {
			t.sums["tool_failure_count"]++
		}
		t.addName("tools", f["tool_name"].(string))
	case "skill_activated":
		t.addName("skills", f["skill.name"].(string))
	case "subagent_completed":
		t.addName("subagents", f["agent_type"].(string))
	}
}

func (t *total) addRequest(f fixture) {
	t.sums["api_request_count"]++
	t.addName("models", f["model"].(string))
	for _, key := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
		if n, ok := valid(f[key]); ok {
			t.sums[key] += n
		}
	}
	micros := f["cost_usd_micros"]
	if usd, ok := f["cost_usd"].(float64); ok && (micros == nil || micros == "none") {
		micros = int64(math.Round(usd * 1e6))
	}
	if n, ok := valid(micros); ok {
		t.sums["micros"] += n
	}
}

// valid returns a number if it is valid.
func valid(value any) (int64, bool) {
	n, ok := value.(int64)
	return n, ok && n >= 0 && n <= 1e15
}

// promptOf names a prompt, with its session where a prompt.id has several sessions.
func promptOf(promptID, sessionID any) string {
	if id := promptID.(string); id[0] == 's' {
		return fmt.Sprint(id, " of ", sessionID)
	}
	return promptID.(string)
}

// sum adds the total of a part to the total of its prompt.
func (t *total) sum(part *total) {
	for key, n := range part.sums {
		t.sums[key] += n
	}
	for list, names := range part.lists {
		for _, name := range names {
			t.addName(list, name)
		}
	}
	if t.start == 0 || part.start < t.start {
		t.start = part.start
	}
	t.end = max(t.end, part.end)
	t.complete = t.complete || part.complete
	if t.origin == "" {
		t.origin = part.origin
	}
}

// withoutZeros removes the sums that are 0.
func (t *total) withoutZeros() *total {
	maps.DeleteFunc(t.sums, func(_ string, n int64) bool { return n == 0 })
	return t
}
