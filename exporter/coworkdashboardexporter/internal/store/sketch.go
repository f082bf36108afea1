package store

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// A sketch is a distribution of durations that can be merged with others and tells
// any quantile to within two hundredths of its value: buckets whose bounds grow by a
// constant factor, as DDSketch has them. Only buckets that hold something are kept.
type sketch map[int]int64

// growth is between a bucket's bounds. The middle of a bucket is then at most accuracy
// away from anything in it.
const (
	accuracy = 0.02
	growth   = (1 + accuracy) / (1 - accuracy)
)

// least is the shortest duration that is told apart from none, in milliseconds. There
// is a bucket of its own below.
const least = 0.01

var logGrowth = math.Log(growth)

// add counts a duration in milliseconds.
func (s sketch) addDuration(ms float64) {
	bucket := 0
	if ms > least {
		bucket = max(1, int(math.Ceil(math.Log(ms/least)/logGrowth)))
	}
	s[bucket]++
}

// encode writes pairs of a bucket's distance from the one before and what it holds.
func (s sketch) encode() []byte {
	var b []byte
	before := 0
	for _, bucket := range slices.Sorted(maps.Keys(s)) {
		b = binary.AppendUvarint(b, uint64(bucket-before))
		b = binary.AppendUvarint(b, uint64(s[bucket]))
		before = bucket
	}
	return b
}

var errSketch = errors.New("a sketch is damaged")

// maxBucket is more than the longest duration that is believed has.
const maxBucket = 1024

// merge adds what was encoded.
func (s sketch) merge(b []byte) error {
	return buckets(b, func(bucket int, n int64) { s[bucket] = plus(s[bucket], n) })
}

// buckets tells what is in what was encoded.
func buckets(b []byte, visit func(bucket int, n int64)) error {
	bucket := uint64(0)
	for len(b) > 0 {
		step, m := binary.Uvarint(b)
		if m <= 0 || step > maxBucket {
			return errSketch
		}
		n, k := binary.Uvarint(b[m:])
		if bucket += step; k <= 0 || n > maxSum || bucket > maxBucket {
			return errSketch
		}
		visit(int(bucket), int64(n))
		b = b[m+k:]
	}
	return nil
}

// A distribution is many sketches, merged: a bucket in each place, which is faster to
// add to and takes more room.
type distribution [maxBucket + 1]int64

func (d *distribution) merge(b []byte) error {
	return buckets(b, func(bucket int, n int64) { d[bucket] = plus(d[bucket], n) })
}

// quantile returns the duration in milliseconds that a share q of all are not longer
// than, false if there are none.
func (d *distribution) quantile(q float64) (ms float64, ok bool) {
	var total int64
	for _, n := range d {
		total = plus(total, n)
	}
	rank := max(1, int64(math.Ceil(q*float64(total))))
	for bucket, n := range d {
		if rank -= n; rank <= 0 {
			return middle(bucket), true
		}
	}
	return 0, false
}

func middle(bucket int) float64 {
	if bucket == 0 {
		return 0
	}
	return least * math.Exp(float64(bucket)*logGrowth) * 2 / (1 + growth)
}
