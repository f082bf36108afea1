package metric

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// holds checks that buckets count numbers where these belong.
func (b *exponentialBuckets) holds(t require.TestingT, numbers []float64) {
	require.LessOrEqual(t, len(b.counts), maxBuckets)
	want := map[int32]uint64{}
	zeros := uint64(0)
	for _, n := range numbers {
		if n == 0 {
			zeros++
			continue
		}
		want[bucketOf(n, b.scale)]++
	}
	require.Equal(t, zeros, b.zeros)
	got := map[int32]uint64{}
	for i, n := range b.counts {
		if n > 0 {
			got[b.offset+int32(i)] = n
		}
	}
	require.Equal(t, want, got)
}

func drawNumbers(t *rapid.T, label string) []float64 {
	return rapid.SliceOfN(rapid.OneOf(
		rapid.Float64Range(0, 1), rapid.Float64Range(0, 1e9), rapid.Just(0.0), rapid.Just(1e-6),
		rapid.Map(rapid.IntRange(-20, 40), func(i int) float64 { return math.Ldexp(1, i) }),
	), 0, 300).Draw(t, label)
}

// TestExponential checks that numbers are counted in the right buckets, in any order and
// in any number of parts.
func TestExponential(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []float64
		sum := newExponential()
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			part := newExponential()
			numbers := drawNumbers(t, "numbers")
			for _, n := range numbers {
				part.observe(n)
			}
			part.holds(t, numbers)
			before := part.clone()
			sum.merge(part)
			require.Equal(t, before, part.clone(), "merging changes one only")
			all = append(all, numbers...)
			sum.holds(t, all)
			if rapid.Bool().Draw(t, "reset") {
				sum.reset()
				all = nil
			}
		}
	})
}

// TestBucketOf checks numbers against the bounds of their buckets.
func TestBucketOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Float64Range(1e-6, 1e10), rapid.Map(rapid.IntRange(-20, 40), func(i int) float64 { return math.Ldexp(1, i) })).Draw(t, "n")
		scale := rapid.Int32Range(-10, maxScale).Draw(t, "scale")
		i := float64(bucketOf(n, scale))
		width := math.Ldexp(1, -int(scale))
		log := math.Log2(n)
		slack := 1e-12 * max(1, math.Abs(log))
		require.Less(t, i*width, log+slack)
		require.GreaterOrEqual(t, (i+1)*width, log-slack)
		if scale > -10 {
			require.Equal(t, bucketOf(n, scale-1), bucketOf(n, scale)>>1, "two buckets become one")
		}
	})
}

// TestBuckets checks where numbers that are bounds are counted.
func TestBuckets(t *testing.T) {
	require.EqualValues(t, -1, bucketOf(1, 0))
	require.EqualValues(t, 0, bucketOf(2, 0))
	require.EqualValues(t, 0, bucketOf(1.5, 0))
	require.EqualValues(t, 1, bucketOf(2, 1))
	require.EqualValues(t, 0, bucketOf(4, -1))
	require.EqualValues(t, -1, bucketOf(1, -3))

	b := explicitBuckets{[]float64{1, 2}, make([]uint64, 3)}
	for _, n := range []float64{0, 1, 1.5, 2, 2.1} {
		b.observe(n)
	}
	require.Equal(t, []uint64{2, 2, 1}, b.counts)
}
