package metric

import (
	"math"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A measure is a number that an event tells, in a metric's small unit.
type measure struct {
	name string // the attribute, by which numbers that are none are counted
	read func(cowork.Event) (float64, verdict)
}

// A verdict says what a number is.
type verdict uint8

// The verdicts. What is absent is no observation at all.
const (
	absent verdict = iota
	valid
	invalid
)

// What is believed of one event: a billion dollars in millionths, more tokens than
// there are, and a month. A prompt's summary believes as much.
const (
	maxNumber   = 1e15
	maxDuration = 30 * 24 * 3600 * micro
)

// The measures.
var (
	one                 = &measure{read: func(cowork.Event) (float64, verdict) { return 1, valid }}
	cost                = &measure{"cost_usd", costOf}
	inputTokens         = count("input_tokens")
	outputTokens        = count("output_tokens")
	cacheReadTokens     = count("cache_read_tokens")
	cacheCreationTokens = count("cache_creation_tokens")
	allInputTokens      = &measure{read: allInput}
	duration            = milliseconds("duration_ms")
	promptCost          = &measure{promptCostKey, promptCostOf}
	promptDuration      = milliseconds("cowork.prompt.duration_ms")
	promptTools         = count("cowork.prompt.tool_count")
	failedTool          = &measure{read: toolFailure}
	failedConnection    = &measure{read: connectionFailure}
	failedRequest       = &measure{read: hasConnector}
)

const promptCostKey = "cowork.prompt.cost_usd"

// count is a measure of whole numbers.
func count(key string) *measure {
	return &measure{key, func(e cowork.Event) (float64, verdict) {
		n, known := e.Int(key)
		return judge(e, float64(n), known, maxNumber, key)
	}}
}

// milliseconds is a measure of durations.
func milliseconds(key string) *measure {
	return &measure{key, func(e cowork.Event) (float64, verdict) {
		ms, known := e.Float(key)
		return judge(e, math.Round(ms*1000), known, maxDuration, key)
	}}
}

// judge says whether a number that was read under one of the keys is one.
func judge(e cowork.Event, n float64, known bool, limit float64, keys ...string) (float64, verdict) {
	if known && n >= 0 && n <= limit {
		return n, valid
	}
	if known || has(e, keys) {
		return 0, invalid
	}
	return 0, absent
}

func has(e cowork.Event, keys []string) bool {
	for _, key := range keys {
		if _, there := e.Value(key); there {
			return true
		}
	}
	return false
}

func costOf(e cowork.Event) (float64, verdict) {
	r, _ := cowork.APIRequestOf(e)
	micros, known := r.CostMicros()
	return judge(e, float64(micros), known, maxNumber, "cost_usd_micros", "cost_usd")
}

func promptCostOf(e cowork.Event) (float64, verdict) {
	usd, known := e.Float(promptCostKey)
	return judge(e, math.Round(usd*micro), known, maxNumber, promptCostKey)
}

// allInput adds the tokens that the cache had to the others, as the conventions want
// it. A number that is none was counted where it is a metric of its own.
func allInput(e cowork.Event) (sum float64, v verdict) {
	for _, m := range [...]*measure{inputTokens, cacheReadTokens, cacheCreationTokens} {
		if n, is := m.read(e); is == valid {
			sum, v = sum+n, valid
		}
	}
	return sum, v
}

func toolFailure(e cowork.Event) (float64, verdict) {
	if outcomeOf(e) != failed {
		return 0, absent
	}
	return hasConnector(e)
}

func connectionFailure(e cowork.Event) (float64, verdict) {
	if c, _ := cowork.MCPConnectionOf(e); c.Status() != "failed" {
		return 0, absent
	}
	return 1, valid
}

// hasConnector counts an event that is about a connector.
func hasConnector(e cowork.Event) (float64, verdict) {
	if readers[connector](e) == "" {
		return 0, absent
	}
	return 1, valid
}
