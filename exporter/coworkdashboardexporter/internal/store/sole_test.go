package store

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestSoleIsEach checks that what is added up a column at a time is what comes of adding
// each cell, users and the bound of sums included.
func TestSoleIsEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, how := range []string{"total", "at"} {
			needs := rapid.Int64Range(0, 2*needsUsers-1).Draw(t, "needs")
			all, each := newFold(how, needs), newFold(how, needs)
			for at := range int64(rapid.IntRange(1, 4).Draw(t, "blobs")) {
				blk, err := reparse(spend, drawCells(t, spend))
				require.NoError(t, err)
				require.True(t, all.isSole())
				require.NoError(t, all.addAll(&blk, all.groups[all.finder(at)(cellKey{})]))
				require.NoError(t, each.addEach(&blk, at))
			}
			require.Equal(t, told(t, each), told(t, all))
		}
	})
}

func newFold(how string, needs int64) *fold {
	return &fold{family: spend, how: how, needs: needs, pairs: map[groupKey]int32{}}
}

func told(t *rapid.T, f *fold) string {
	rows, err := f.WindowValue(nil)
	require.NoError(t, err)
	return rows.(string)
}
