package alert

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// everyKind has a rule of each kind that stores a number or a time of events.
func everyKind() []Spec {
	cost := Amount{Attribute: "cost_usd"}
	return []Spec{
		{Name: "each"},
		{Name: "count", Window: time.Hour, Count: &CountSpec{Above: 1}},
		{Name: "sum", Window: time.Hour, Sum: &SumSpec{Amount: cost, Above: 1}},
		{Name: "budget", Budget: &BudgetSpec{Amount: cost, Above: 1, Period: "month"}},
		{Name: "distinct", Window: time.Hour, Distinct: &DistinctSpec{Attribute: "tool_name", Above: 1}},
		{Name: "peers", Window: time.Hour, GroupBy: []string{"user"}, RatioToPeers: &PeersSpec{Amount: cost, Above: 1}},
		{Name: "spike", Window: time.Hour, Spike: &SpikeSpec{Amount: cost, Above: 1, Baseline: 24 * time.Hour}},
		{Name: "sequence", Window: time.Hour, Sequence: &SequenceSpec{By: "session.id", Steps: []string{"tool_name=a", "tool_name=b"}}},
		{Name: "schedule", Schedule: &ScheduleSpec{Days: []string{"mon"}, From: "07:00", To: "20:00"}},
		{Name: "terms", NewTerm: &NewTermSpec{Attribute: "tool", Learn: time.Hour}},
		{Name: "absent", Absent: time.Hour},
	}
}

// TestOddTimes checks that no time of an event leads to a state that cannot be restored.
func TestOddTimes(t *testing.T) {
	for _, at := range []pcommon.Timestamp{1, math.MaxInt64, math.MaxInt64 + 1, math.MaxUint64 - 1e18, math.MaxUint64} {
		r := newRig(t, everyKind()...)
		ev := event("x", start, attributes{"cost_usd": 2.0, "tool_name": "a", "session.id": "s"})
		ev.Record().SetTimestamp(at)
		r.e.Add(ev, r.now, nil)
		r.pass(time.Second)
		again := newRig(t, everyKind()...)
		require.NoError(t, again.e.Restore(r.e.Snapshot(nil), r.now), at)
	}
}

// TestOddNumbers checks the same for the numbers of events.
func TestOddNumbers(t *testing.T) {
	for _, cost := range []any{math.MaxFloat64, -math.MaxFloat64, math.Inf(1), math.NaN(), "1e308", "-1e308", "inf"} {
		r := newRig(t, everyKind()...)
		for range 3 {
			r.send("x", 0, attributes{"cost_usd": cost, "tool_name": "a"})
		}
		r.pass(time.Second)
		again := newRig(t, everyKind()...)
		require.NoError(t, again.e.Restore(r.e.Snapshot(nil), r.now), cost)
	}
}

// TestValuesOfAllGroups checks the bound of the values of all groups of a rule, and that
// values that leave their windows make room.
func TestValuesOfAllGroups(t *testing.T) {
	r := newRig(t, Spec{Window: time.Hour, Distinct: &DistinctSpec{Attribute: "tool_use_id", Above: 1}, GroupBy: []string{"user"}})
	r.silent("x", attributes{"user.id": "a", "tool_use_id": "1"})
	g := r.e.states[0].aggregator.(*distinctAggregator)
	require.Equal(t, 1, g.values)
	g.values = maxValues
	r.silent("x", attributes{"user.id": "a", "tool_use_id": "2"})
	require.Equal(t, int64(1), r.e.Stats().Saturated)
	r.pass(time.Second)
	r.one("x", attributes{"user.id": "a", "tool_use_id": "2"})
	require.Equal(t, 2, g.values)
	r.pass(2 * time.Hour)
	require.Zero(t, g.values)
}

func TestTermsOfAllGroups(t *testing.T) {
	r := newRig(t, Spec{NewTerm: &NewTermSpec{Attribute: "tool", Learn: time.Second}, GroupBy: []string{"user"}})
	r.silent("x", attributes{"user.id": "a", "tool_name": "1"})
	r.pass(time.Minute)
	g := r.e.states[0].aggregator.(*newTermAggregator)
	g.terms = maxValues
	r.silent("x", attributes{"user.id": "a", "tool_name": "2"})
	require.Equal(t, int64(1), r.e.Stats().Saturated)
	r.pass(time.Second)
	r.one("x", attributes{"user.id": "a", "tool_name": "2"})
	require.Equal(t, 2, g.terms)
}
