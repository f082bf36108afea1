package store

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// A sketch is a mergeable distribution of durations. It returns any quantile with a
// relative error of at most 2 %: like DDSketch, it has buckets whose bounds grow by a
// constant factor. Only nonempty buckets are stored.
type sketch map[int]int64

// growth is the ratio between the bounds of a bucket. The middle of a bucket differs from
// its values by at most accuracy.
const (
	accuracy = 0.02
	growth   = (1 + accuracy) / (1 - accuracy)
)

// least is the upper bound of the first bucket, in milliseconds.
const least = 0.01

var logGrowth = math.Log(growth)

// addDuration adds a duration in milliseconds.
func (s sketch) addDuration(ms float64) {
	bucket := 0
	if ms > least {
		bucket = max(1, int(math.Ceil(math.Log(ms/least)/logGrowth)))
	}
	s[bucket]++
}

// encode encodes pairs of a bucket's distance from the previous one and its count.
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

// maxBucket is greater than the bucket of the longest accepted duration.
const maxBucket = 1024

// merge adds an encoded sketch.
func (s sketch) merge(b []byte) error {
	return buckets(b, func(bucket int, n int64) { s[bucket] = plus(s[bucket], n) })
}

// buckets calls visit for each bucket of an encoded sketch.
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

// A distribution is a merged sketch with an array of buckets, which is faster to add to
// than a map but larger.
type distribution [maxBucket + 1]int64

func (d *distribution) merge(b []byte) error {
	return buckets(b, func(bucket int, n int64) { d[bucket] = plus(d[bucket], n) })
}

// quantile returns the q-quantile in milliseconds, false if there are no durations.
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
