package secret

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWeights checks that the table has each feature once, with finite and small weights.
func TestWeights(t *testing.T) {
	const most = 8
	lines := strings.Split(strings.TrimSuffix(weightTable, "\n"), "\n")
	require.Equal(t, "feature\tstart\tweight", lines[0])
	var names []string
	for _, line := range lines[1:] {
		row := strings.Split(line, "\t")
		require.Len(t, row, 3, line)
		names = append(names, row[0])
		for _, column := range row[1:] {
			weight, err := strconv.ParseFloat(column, 64)
			require.NoError(t, err, line)
			require.LessOrEqual(t, math.Abs(weight), float64(most), line) // false for NaN
		}
	}
	want := slices.DeleteFunc(slices.Clone(featureNames[:]), func(name string) bool { return name == "noun: none" })
	require.ElementsMatch(t, want, names)
}

func TestReadWeights(t *testing.T) {
	all := readWeights("feature\tstart\tweight\nbias\t-2\t-1.5\na UUID\t0\t3\n")
	require.InDelta(t, -1.5, all[featureBias], 1e-6)
	require.InDelta(t, 3, all[uuid], 1e-6)
	require.Zero(t, all[random])
	require.Panics(t, func() { readWeights("feature\tstart\tweight\nother\t1\t1\n") })
	require.Panics(t, func() { readWeights("feature\tstart\tweight\nbias\t1\tone\n") })
}
