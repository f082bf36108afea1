package metric

import (
	"unique"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/digest"
)

// A series is the sum of a metric for one set of attributes. Its row, start and values
// never change, so they are read without a lock.
type series struct {
	row    *row
	start  pcommon.Timestamp
	values []unique.Handle[string] // of the dimensions and the labels; nil for the overflow
	amount
	announced bool // with the value 0, before its first value
	idle      uint8
	evicted   bool // is not in the accumulator any more

	// id, older and newer are its place in the order of updates.
	id           digest.Digest
	older, newer *series
	// taken and settled are the observations in the last cumulative point and in the last
	// one that was delivered.
	taken, settled uint64
}

// An amount is a sum of observations.
type amount struct {
	n    uint64 // observations
	sum  float64
	dist buckets // of a histogram, else nil
}

// Buckets count the numbers of each size.
type buckets interface {
	// observe counts a number.
	observe(n float64)
	// merge adds the counts of other buckets of the same metric.
	merge(other buckets)
	// clone returns a copy.
	clone() buckets
	// reset sets all counts to 0.
	reset()
}

func (a *amount) observe(n, per float64) {
	a.n++
	a.sum += n
	if a.dist != nil {
		a.dist.observe(n / per)
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
