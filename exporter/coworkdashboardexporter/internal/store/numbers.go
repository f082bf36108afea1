package store

import "github.com/cowork-otel/collector/internal/cowork"

// The functions in this file read numbers as internal/metric does: an absent number is 0;
// a negative, excessive or non-numeric one is 0 and counts as invalid.

var tokenMeasures = [...]struct {
	at  int
	key string
}{
	{atInput, "input_tokens"},
	{atOutput, "output_tokens"},
	{atCacheRead, "cache_read_tokens"},
	{atCacheCreation, "cache_creation_tokens"},
}

// tokens reads the tokens of an event, and reports whether it has any.
func (in *intake) tokens(e cowork.Event, s *sums) (found bool) {
	for _, t := range tokenMeasures {
		n, known := e.Int(t.key)
		if in.valid(e, float64(n), known, maxNumber, t.key) {
			s[t.at] = n
			s[atTokens] = plus(s[atTokens], n)
			found = found || n > 0
		}
	}
	return found
}

// A reading caches a number of the current event, so that several sums can read it and an
// invalid one is counted once.
type reading struct {
	done, ok bool
	value    float64
}

// cost returns the cost of a request in micro-dollars.
func (in *intake) cost(e cowork.Event) int64 {
	if in.costs.done {
		return int64(in.costs.value)
	}
	r, _ := cowork.APIRequestOf(e)
	micros, known := r.CostMicros()
	if !in.valid(e, float64(micros), known, maxNumber, "cost_usd_micros", "cost_usd") {
		micros = 0
	}
	in.costs = reading{done: true, value: float64(micros)} // exact up to maxNumber
	return micros
}

// milliseconds returns the duration of an event.
func (in *intake) milliseconds(e cowork.Event) (float64, bool) {
	const key = "duration_ms"
	if !in.took.done {
		ms, known := e.Float(key)
		in.took = reading{done: true, value: ms, ok: in.valid(e, ms, known, maxMilliseconds, key)}
	}
	return in.took.value, in.took.ok
}

// valid reports whether a number is valid, and counts an invalid one. The keys are its
// attributes.
func (in *intake) valid(e cowork.Event, n float64, known bool, limit float64, keys ...string) bool {
	if known && n >= 0 && n <= limit {
		return true
	}
	for _, key := range keys {
		if _, there := e.Value(key); known || there {
			in.stats.Invalid++
			return false
		}
	}
	return false
}

// maxSum is the largest sum. Two of them can be added without an overflow.
const maxSum = 1<<62 - 1

// plus adds two nonnegative numbers, up to maxSum.
func plus(a, b int64) int64 { return min(a+b, maxSum) }
