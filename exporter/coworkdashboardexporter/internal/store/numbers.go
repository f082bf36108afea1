package store

import "github.com/cowork-otel/collector/internal/cowork"

// The functions here read an event's numbers as internal/metric does: what is absent
// is nothing, what is negative, absurd or no number is nothing and is counted.

var tokenMeasures = [...]struct {
	at  int
	key string
}{
	{atInput, "input_tokens"},
	{atOutput, "output_tokens"},
	{atCacheRead, "cache_read_tokens"},
	{atCacheCreation, "cache_creation_tokens"},
}

// tokens reads how many tokens an event tells, and reports whether it tells any.
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

// A reading is a number of the event at hand that several ask for, so that it is read,
// and counted where it is none, once.
type reading struct {
	done, ok bool
	value    float64
}

// cost reads what a request cost, in millionths of a dollar.
func (in *intake) cost(e cowork.Event) int64 {
	if in.costs.done {
		return int64(in.costs.value)
	}
	r, _ := cowork.APIRequestOf(e)
	micros, known := r.CostMicros()
	if !in.valid(e, float64(micros), known, maxNumber, "cost_usd_micros", "cost_usd") {
		micros = 0
	}
	in.costs = reading{done: true, value: float64(micros)} // exact, being at most maxNumber
	return micros
}

// milliseconds reads how long what an event tells took.
func (in *intake) milliseconds(e cowork.Event) (float64, bool) {
	const key = "duration_ms"
	if !in.took.done {
		ms, known := e.Float(key)
		in.took = reading{done: true, value: ms, ok: in.valid(e, ms, known, maxMilliseconds, key)}
	}
	return in.took.value, in.took.ok
}

// valid says whether a number that was read under one of the keys is one.
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

// maxSum is where sums stop: far above what is real, and far enough below the end of
// an int64 that two can be added.
const maxSum = 1<<62 - 1

// plus adds numbers that are not negative.
func plus(a, b int64) int64 { return min(a+b, maxSum) }
