package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestClockPutBack checks that rules still fire and resolve after a clock was months ahead
// for a moment, as the clocks of virtual machines can be.
func TestClockPutBack(t *testing.T) {
	for _, spec := range []Spec{
		{},
		{Window: time.Hour, Count: &CountSpec{Above: 1}},
		{Window: time.Hour, Distinct: &DistinctSpec{Attribute: "tool_use_id", Above: 1}},
		{Budget: &BudgetSpec{Amount: Amount{Attribute: "cost_usd"}, Above: 2, Period: "day"}},
	} {
		r := newRig(t, spec)
		ahead := 100 * 24 * time.Hour
		r.now = r.now.Add(ahead)
		r.send("x", 0, attributes{"cost_usd": 1, "tool_use_id": "a"})
		r.send("x", 0, attributes{"cost_usd": 1, "tool_use_id": "b"})
		r.pass(0)
		require.Equal(t, int64(1), r.e.Stats().Firing)

		r.pass(-ahead)
		r.pass(25 * time.Hour)
		require.Zero(t, r.e.Stats().Firing, "the alert ends")
		out := r.send("x", 0, attributes{"cost_usd": 1, "tool_use_id": "a"})
		out = append(out, r.send("x", 0, attributes{"cost_usd": 1, "tool_use_id": "b"})...)
		require.Len(t, out, 1, "and fires again")
		require.Zero(t, r.e.Stats().Late)
	}
}

// TestClockPutBackALittle checks that a small step back loses no events, even at
// midnight.
func TestClockPutBackALittle(t *testing.T) {
	r := newRig(t, Spec{Budget: &BudgetSpec{Amount: Amount{Attribute: "cost_usd"}, Above: 2, Period: "day"}})
	r.to(1, "00:00")
	r.silent("x", attributes{"cost_usd": 1})
	require.Empty(t, r.pass(-time.Second))
	r.pass(time.Second)
	r.one("x", attributes{"cost_usd": 1})
}

// TestSilenceAfterClockPutBack checks that an absence fires in time after a step back.
func TestSilenceAfterClockPutBack(t *testing.T) {
	r := newRig(t, Spec{Absent: time.Hour})
	r.now = r.now.Add(24 * time.Hour)
	r.silent("x", nil)
	r.pass(-24 * time.Hour)
	require.Len(t, r.pass(time.Hour), 1)
}
