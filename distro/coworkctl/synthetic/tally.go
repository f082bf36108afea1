package synthetic

import (
	"math"
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A Tally counts the records in batches, of every client version. The zero value
// is empty. It is not safe for concurrent use.
type Tally struct {
	// Events is the number of records.
	Events int
	// Kinds is the number of records of each kind.
	Kinds map[string]int
	// Prompts is the number of records of each prompt, by prompt.id.
	Prompts map[string]int
	// Sessions is the number of records of each session, by session.id.
	Sessions map[string]int
	// Failed is the number of tool results with success false.
	Failed int
	// Micros is the cost of all API requests in millionths of a dollar.
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
				t.countRecord(rec.Attributes())
			}
		}
	}
}

func (t *Tally) countRecord(a pcommon.Map) {
	kind := stringOf(a, "event.name")
	t.Events++
	t.Kinds[kind]++
	t.Sessions[stringOf(a, "session.id")]++
	if id := stringOf(a, "prompt.id"); id != "" {
		t.Prompts[id]++
	}
	switch kind {
	case "tool_result":
		if stringOf(a, "success") == "false" {
			t.Failed++
		}
	case "api_request":
		t.Micros += int64(math.Round(numberOf(a, "cost_usd") * 1e6))
		t.Input += int64(numberOf(a, "input_tokens"))
		t.Output += int64(numberOf(a, "output_tokens"))
		t.CacheRead += int64(numberOf(a, "cache_read_tokens"))
		t.CacheCreation += int64(numberOf(a, "cache_creation_tokens"))
	}
}

// stringOf returns an attribute as a string, empty if it is missing.
func stringOf(a pcommon.Map, key string) string {
	v, ok := a.Get(key)
	if !ok {
		return ""
	}
	return v.AsString()
}

// numberOf returns a numeric attribute of every type, 0 if it is missing.
func numberOf(a pcommon.Map, key string) float64 {
	f, err := strconv.ParseFloat(stringOf(a, key), 64)
	if err != nil {
		return 0
	}
	return f
}
