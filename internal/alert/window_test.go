package alert

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// An arrival is a number and the part of time it belongs to.
type arrival struct {
	part  int64
	value float64
}

var arrivals = rapid.SliceOf(rapid.Custom(func(t *rapid.T) arrival {
	return arrival{rapid.Int64Range(1000, 1050).Draw(t, "part"), float64(rapid.IntRange(-9, 9).Draw(t, "value"))}
}))

const second = int64(time.Second)

func at(part int64) int64 { return part*second + 1 }

func fill(as []arrival) window {
	var w window
	for _, a := range as {
		w.add(pair{a.value, 1}, at(a.part), second)
	}
	return w
}

// within adds up what a list has in the window that ends with a part.
func within(as []arrival, last int64) pair {
	var sum pair
	for _, a := range as {
		if a.part > last-parts && a.part <= last {
			sum.part += a.value
			sum.whole++
		}
	}
	return sum
}

// TestWindowOrder checks that a window has what it should, in whichever order the
// numbers came.
func TestWindowOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		as := arrivals.Draw(t, "arrivals")
		w := fill(as)
		last := max(w.newest, rapid.Int64Range(1050, 1070).Draw(t, "last"))
		require.Equal(t, within(as, last), w.total(at(last), second))
	})
}

// TestWindowMerge checks that two windows merged are the window of both.
func TestWindowMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		as, bs := arrivals.Draw(t, "a"), arrivals.Draw(t, "b")
		a, b := fill(as), fill(bs)
		a.merge(b)
		both := slices.Concat(as, bs)
		require.Equal(t, within(both, 1050), a.total(at(1050), second))
	})
}

func TestWindowTooLate(t *testing.T) {
	w := fill([]arrival{{1020, 1}})
	require.True(t, w.add(pair{1, 1}, at(1020-parts+1), second))
	require.False(t, w.add(pair{1, 1}, at(1020-parts), second))
	require.Equal(t, pair{2, 2}, w.total(at(1020), second))
}
