package prompt

import (
	"math"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Count is one of the numbers that a prompt adds up to.
type Count uint8

// The counts. Those up to ClientTraced count events, the others add up what
// api_request events measure.
const (
	Events Count = iota
	APIRequests
	APIErrors
	APIRefusals
	ToolDecisions
	Tools
	ToolFailures
	ToolRejects
	ClientTraced
	CostMicros
	InputTokens
	OutputTokens
	CacheReadTokens
	CacheCreationTokens
	counts // how many there are
)

// Counts holds a number for each [Count].
type Counts [counts]int64

// maxMeasure is the largest number that is believed of one event: a billion dollars
// in millionths, and more tokens than there are.
const maxMeasure int64 = 1e15

// add adds a number of one event, unless it is absurd or would overflow the sum.
func (c *Counts) add(to Count, n int64) bool {
	if n < 0 || n > maxMeasure || c[to] > math.MaxInt64-n {
		return false
	}
	c[to] += n
	return true
}

// measures are the numbers of an api_request besides its cost.
var measures = [...]struct {
	count   Count
	measure Measure
}{
	{InputTokens, InputMeasure},
	{OutputTokens, OutputMeasure},
	{CacheReadTokens, CacheReadMeasure},
	{CacheCreationTokens, CacheCreationMeasure},
}

// addMeasures adds what an API request used and cost.
func (t *Tracker) addMeasures(to *Counts, r cowork.APIRequest) {
	micros, ok := r.CostMicros()
	if !ok {
		ok = !has(r.Event, "cost_usd_micros") && !has(r.Event, "cost_usd")
	} else {
		ok = to.add(CostMicros, micros)
	}
	t.valid(CostMeasure, ok)
	for _, m := range measures {
		key := m.measure.String()
		if n, ok := r.Int(key); ok {
			t.valid(m.measure, to.add(m.count, n))
		} else {
			t.valid(m.measure, !has(r.Event, key))
		}
	}
}

func has(e cowork.Event, key string) bool {
	_, ok := e.Value(key)
	return ok
}

func (t *Tracker) valid(m Measure, ok bool) {
	if !ok {
		t.stats.Invalid[m]++
	}
}
