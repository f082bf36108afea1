package metric

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAlloc checks that events of existing series cost no allocation.
func TestAlloc(t *testing.T) {
	for _, set := range []Settings{who, {Dimensions: who.Dimensions, Exponential: true, Delta: true, GenAI: true}} {
		ids := 0
		ld := batchOf(fleet, 200, rand.New(rand.NewPCG(1, 2)))
		l := newLedger(set)
		for l.known.Slots() < 2*maxKnownSlots {
			renew(ld, &ids)
			l.add(ld)
		}
		require.Zero(t, testing.AllocsPerRun(20, func() { l.add(ld) }))
	}
}

// TestSeriesBytes checks the memory of a series.
func TestSeriesBytes(t *testing.T) {
	const limit = 600
	for _, exponential := range []bool{false, true} {
		bytes := seriesBytes(Settings{Dimensions: who.Dimensions, Exponential: exponential, GenAI: true, MaxSeries: 20000})
		require.Less(t, bytes, float64(limit), "exponential: %v", exponential)
	}
}

// TestReset checks that a reader that was reset holds nothing of its batch.
func TestReset(t *testing.T) {
	r := NewPlan(who).NewReader()
	r.Read(request("req_1", nil))
	require.NotEmpty(t, r.observations)
	observations, names := r.observations[:cap(r.observations)], r.who[:cap(r.who)]
	r.Reset()
	for _, o := range observations {
		require.Zero(t, o)
	}
	for _, name := range names {
		require.Empty(t, name)
	}
	for _, f := range r.fields {
		require.Zero(t, f)
	}
}
