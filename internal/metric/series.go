package metric

import (
	"unique"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A series is what a metric adds up to for one set of attributes. What it is never
// changes, so that this can be read without a lock.
type series struct {
	row    *row
	start  pcommon.Timestamp
	values []unique.Handle[string] // of the dimensions and the labels; nil if it takes what finds no room
	amount
	shown bool // as nothing, before it is shown with what it has
	idle  uint8
}

// An amount is what was added up.
type amount struct {
	n    uint64 // observations
	sum  float64
	dist buckets // of a histogram, else nil
}

// Buckets say how many numbers there were of each size.
type buckets interface {
	// add counts a number.
	add(n float64)
	// merge adds what others of the same metric counted.
	merge(other buckets)
	// clone returns a copy.
	clone() buckets
	// reset forgets all numbers.
	reset()
}

func (a *amount) add(n, per float64) {
	a.n++
	a.sum += n
	if a.dist != nil {
		a.dist.add(n / per)
	}
}

func (a *amount) merge(b *amount) {
	a.n += b.n
	a.sum += b.sum
	if a.dist != nil {
		a.dist.merge(b.dist)
	}
}

func (a *amount) clone() amount {
	c := *a
	if a.dist != nil {
		c.dist = a.dist.clone()
	}
	return c
}

func (a *amount) reset() {
	a.n, a.sum = 0, 0
	if a.dist != nil {
		a.dist.reset()
	}
}
