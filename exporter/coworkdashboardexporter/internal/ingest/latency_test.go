package ingest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestBuckets checks the bound of the error of every duration, that longer durations are
// not in earlier buckets, and that buckets have different representatives.
func TestBuckets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		us := rapid.Int64Range(0, maxMicros).Draw(t, "duration") >> rapid.IntRange(0, 40).Draw(t, "shift")
		n := bucketOf(us)
		require.LessOrEqual(t, math.Abs(float64(bucketMicros(n)-us)), bucketError*float64(us), "%d", us)
		require.LessOrEqual(t, n, bucketOf(us+1))
	})
	for n := 1; n < len(buckets); n++ {
		require.Greater(t, bucketMicros(uint32(n)), bucketMicros(uint32(n-1)))
		require.EqualValues(t, n, bucketOf(buckets[n].representative))
		require.EqualValues(t, n, bucketOf(min(buckets[n].upper, maxMicros)))
	}
	require.EqualValues(t, len(buckets)-1, bucketOf(math.MaxInt64), "a duration beyond the last bucket")
	require.Zero(t, bucketOf(-1))
}
