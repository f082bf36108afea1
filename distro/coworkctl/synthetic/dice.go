package synthetic

import (
	"encoding/hex"
	"math"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// dice are one source of chance. Each seat has its own, so that one more seat
// changes nothing about the others.
type dice struct{ *rand.Rand }

func newDice(seed, stream uint64) dice {
	return dice{rand.New(rand.NewPCG(seed, stream))}
}

func (d dice) chance(p float64) bool { return d.Float64() < p }

// between returns a number from lo to hi, both included.
func (d dice) between(lo, hi int) int { return lo + d.IntN(hi-lo+1) }

// around returns a log-normal number: half of them lie below the median, and a
// few lie far above it, as durations and sizes do.
func (d dice) around(median, spread float64) float64 {
	return median * math.Exp(spread*d.NormFloat64())
}

// wait returns a duration around the median, in whole milliseconds and never
// zero, since that is how finely the clients measure.
func (d dice) wait(median time.Duration, spread float64) time.Duration {
	ms := d.around(float64(median.Milliseconds()), spread)
	return time.Duration(max(1, math.Round(ms))) * time.Millisecond
}

func (d dice) millis(lo, hi int) time.Duration {
	return time.Duration(d.between(lo, hi)) * time.Millisecond
}

func (d dice) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(d.Uint32())
	}
	return b
}

func (d dice) hex(n int) string { return hex.EncodeToString(d.bytes((n + 1) / 2))[:n] }

// uuid returns a random UUID, version 4.
func (d dice) uuid() string {
	id := uuid.UUID(d.bytes(16))
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return id.String()
}

const (
	base58   = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	base62   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	base32up = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

// token returns n characters of an alphabet.
func (d dice) token(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[d.IntN(len(alphabet))]
	}
	return string(b)
}

// pick returns one of the choices, each as likely as the others.
func pick[T any](d dice, choices []T) T { return choices[d.IntN(len(choices))] }

// A share is one row of a table of chances: how often, and what.
type share[T any] struct {
	weight float64
	what   T
}

// draw returns one row's value, each as likely as its weight says.
func draw[T any](d dice, table []share[T]) T {
	var sum float64
	for _, row := range table {
		sum += row.weight
	}
	at := d.Float64() * sum
	for _, row := range table {
		if at -= row.weight; at < 0 {
			return row.what
		}
	}
	return table[len(table)-1].what
}
