package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A sample is a number in a bucket.
type sample struct {
	bucket int64
	value  float64
}

var samples = rapid.SliceOf(rapid.Custom(func(t *rapid.T) sample {
	return sample{rapid.Int64Range(1000, 1050).Draw(t, "bucket"), float64(rapid.IntRange(-9, 9).Draw(t, "value"))}
}))

const second = int64(time.Second)

func at(bucket int64) int64 { return bucket*second + 1 }

func fill(as []sample) window {
	var w window
	for _, a := range as {
		w.addAt(sums{a.value, 1}, at(a.bucket), second)
	}
	return w
}

// within adds up the samples in the window that ends with a bucket.
func within(as []sample, last int64) sums {
	var total sums
	for _, a := range as {
		if a.bucket > last-buckets && a.bucket <= last {
			total.sum += a.value
			total.count++
		}
	}
	return total
}

// TestWindowOrder checks that the sums of a window do not depend on the order of the
// numbers.
func TestWindowOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		as := samples.Draw(t, "samples")
		w := fill(as)
		last := max(w.newest, rapid.Int64Range(1050, 1070).Draw(t, "last"))
		require.Equal(t, within(as, last), w.total(at(last), second))
	})
}

func TestWindowTooLate(t *testing.T) {
	w := fill([]sample{{1020, 1}})
	require.True(t, w.addAt(sums{1, 1}, at(1020-buckets+1), second))
	require.False(t, w.addAt(sums{1, 1}, at(1020-buckets), second))
	require.Equal(t, sums{2, 2}, w.total(at(1020), second))
}
