package synthetic

import (
	"math"
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A Tally counts what is in batches of records, whatever form of the wire they
// are in. The zero value is empty. It is not safe for concurrent use.
type Tally struct {
	// Events is the number of records.
	Events int
	// Kinds is the number of records of each kind.
	Kinds map[string]int
	// Prompts is the number of records of each prompt, by prompt.id.
	Prompts map[string]int
	// Sessions is the number of records of each session, by session.id.
	Sessions map[string]int
	// Failed is the number of tool results that say success is false.
	Failed int
	// Micros is what all API requests cost, in millionths of a dollar.
	Micros int64
	// Input, Output, CacheRead and CacheCreation are the tokens of all API requests.
	Input, Output, CacheRead, CacheCreation int64
}

// Add counts a batch.
func (t *Tally) Add(ld plog.Logs) {
	if t.Kinds == nil {
		t.Kinds, t.Prompts, t.Sessions = map[string]int{}, map[string]int{}, map[string]int{}
	}
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				t.add(rec.Attributes())
			}
		}
	}
}

func (t *Tally) add(a pcommon.Map) {
	kind := text(a, "event.name")
	t.Events++
	t.Kinds[kind]++
	t.Sessions[text(a, "session.id")]++
	if id := text(a, "prompt.id"); id != "" {
		t.Prompts[id]++
	}
	switch kind {
	case "tool_result":
		if text(a, "success") == "false" {
			t.Failed++
		}
	case "api_request":
		t.Micros += int64(math.Round(number(a, "cost_usd") * 1e6))
		t.Input += int64(number(a, "input_tokens"))
		t.Output += int64(number(a, "output_tokens"))
		t.CacheRead += int64(number(a, "cache_read_tokens"))
		t.CacheCreation += int64(number(a, "cache_creation_tokens"))
	}
}

// text returns an attribute as a string; absent is empty.
func text(a pcommon.Map, key string) string {
	v, ok := a.Get(key)
	if !ok {
		return ""
	}
	return v.AsString()
}

// number returns an attribute as a number, in whichever type it came; absent is
// zero.
func number(a pcommon.Map, key string) float64 {
	f, err := strconv.ParseFloat(text(a, key), 64)
	if err != nil {
		return 0
	}
	return f
}
