package synthetic

import (
	"encoding/hex"
	"math"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// random is a source of random values. Each seat has its own, so that an
// additional seat does not change the others.
type random struct{ *rand.Rand }

func newRandom(seed, stream uint64) random {
	return random{rand.New(rand.NewPCG(seed, stream))}
}

// chance returns true with probability p.
func (r random) chance(p float64) bool { return r.Float64() < p }

// between returns a number from lo to hi, both included.
func (r random) between(lo, hi int) int { return lo + r.IntN(hi-lo+1) }

// logNormal returns a log-normally distributed number, like durations and sizes:
// half of them are below the median, a few are far above.
func (r random) logNormal(median, spread float64) float64 {
	return median * math.Exp(spread*r.NormFloat64())
}

// duration returns a log-normally distributed duration of at least one
// millisecond, the resolution of the clients.
func (r random) duration(median time.Duration, spread float64) time.Duration {
	ms := r.logNormal(float64(median.Milliseconds()), spread)
	return time.Duration(max(1, math.Round(ms))) * time.Millisecond
}

// millisBetween returns a duration from lo to hi milliseconds.
func (r random) millisBetween(lo, hi int) time.Duration {
	return time.Duration(r.between(lo, hi)) * time.Millisecond
}

func (r random) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func (r random) hex(n int) string { return hex.EncodeToString(r.bytes((n + 1) / 2))[:n] }

// uuid returns a random UUID, version 4.
func (r random) uuid() string {
	id := uuid.UUID(r.bytes(16))
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return id.String()
}

// spanID returns a span id. Callers draw one whether or not spans are exported,
// so that the traces beta does not change the events.
func (r random) spanID() pcommon.SpanID { return pcommon.SpanID(r.bytes(8)) }

const (
	base58   = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	base62   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	base32up = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

// token returns n characters of an alphabet.
func (r random) token(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

// pick returns one of the choices with equal probability.
func pick[T any](r random, choices []T) T { return choices[r.IntN(len(choices))] }

// A weighted value is a row of a probability table.
type weighted[T any] struct {
	weight float64
	value  T
}

// pickWeighted returns the value of one row, with a probability by weight.
func pickWeighted[T any](r random, table []weighted[T]) T {
	var sum float64
	for _, row := range table {
		sum += row.weight
	}
	at := r.Float64() * sum
	for _, row := range table {
		if at -= row.weight; at < 0 {
			return row.value
		}
	}
	return table[len(table)-1].value
}
