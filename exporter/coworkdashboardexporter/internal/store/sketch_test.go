package store

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestQuantilesAreNear checks that a quantile is within the accuracy of the duration of
// its rank, also after encoding and merging.
func TestQuantilesAreNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Float64Range(0, maxMilliseconds), 1, 200).Draw(t, "durations")
		a, b := sketch{}, sketch{}
		for i, ms := range all {
			[]sketch{a, b}[i%2].addDuration(ms)
		}
		var merged distribution
		require.NoError(t, merged.merge(a.encode()))
		require.NoError(t, merged.merge(b.encode()))
		both := sketch{}
		require.NoError(t, both.merge(a.encode()))
		require.NoError(t, both.merge(b.encode()))
		var again distribution
		require.NoError(t, again.merge(both.encode()))
		require.Equal(t, merged, again)
		slices.Sort(all)
		q := rapid.Float64Range(0.01, 1).Draw(t, "q")
		want := all[int(math.Ceil(q*float64(len(all))))-1]
		got, ok := merged.quantile(q)
		require.True(t, ok)
		require.InDelta(t, want, got, want*accuracy*1.0001+least)
	})
}

func TestNoQuantileOfNothing(t *testing.T) {
	_, ok := new(distribution).quantile(0.5)
	require.False(t, ok)
}

func TestDamagedSketchIsRefused(t *testing.T) {
	s := sketch{}
	s.addDuration(100)
	b := s.encode()
	require.ErrorIs(t, sketch{}.merge(b[:len(b)-1]), errSketch)
	for _, b := range [][]byte{
		{255, 255, 255, 255, 255, 255, 1, 1}, // a bucket beyond the last
		binary.AppendUvarint([]byte{1}, maxSum+1),
		slices.Repeat([]byte{100, 1}, 11),
	} {
		require.ErrorIs(t, sketch{}.merge(b), errSketch)
		require.ErrorIs(t, new(distribution).merge(b), errSketch)
	}
}
