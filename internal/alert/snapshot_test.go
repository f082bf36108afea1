package alert

import (
	"fmt"
	"hash/crc32"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// zoo has a rule of each kind.
func zoo() []Spec {
	by, week := []string{"user"}, []string{"mon", "tue", "wed", "thu", "fri"}
	cost, w := Amount{Attribute: "cost_usd"}, time.Hour
	specs := []Spec{
		{GroupBy: by, Message: "{tool} {value}"},
		{Count: &CountSpec{Above: 3}, Window: w, GroupBy: by, For: time.Minute, Message: "{tool}"},
		{Ratio: &RatioSpec{Above: 0.3, Of: "true", AtLeast: 3}, Condition: "success=false", Window: w},
		{Sum: &SumSpec{Amount: cost, Above: 4}, Window: w, GroupBy: by},
		{Budget: &BudgetSpec{Amount: cost, Above: 6, Period: "day", Steps: []float64{0.5, 1}}, GroupBy: by},
		{Distinct: &DistinctSpec{Attribute: "tool", Above: 2}, Window: w, GroupBy: by},
		{Absent: 30 * time.Minute, GroupBy: by},
		{RatioToPeers: &PeersSpec{Amount: cost, Above: 2}, Window: w, GroupBy: by},
		{Spike: &SpikeSpec{Above: 2, Baseline: 3 * w}, Window: w, GroupBy: by},
		{NewTerm: &NewTermSpec{Attribute: "tool", Learn: time.Minute}, GroupBy: by},
		{Schedule: &ScheduleSpec{Days: week, From: "07:00", To: "20:00", Above: 2}, GroupBy: by},
		{List: &ListSpec{Attribute: "tool", Allowed: []string{"Bash"}}, GroupBy: by},
		{Sequence: &SequenceSpec{By: "prompt.id", Steps: []string{"tool_name=Read", "tool_name=Bash"}}, Window: w, GroupBy: by},
	}
	for i := range specs {
		specs[i].Name = fmt.Sprintf("rule_%d", i)
	}
	return specs
}

// randomAttributes draws the attributes of an event of a few users, tools and prompts.
func randomAttributes(t *rapid.T) attributes {
	return attributes{
		"session.id": "s", "event.sequence": rapid.IntRange(0, 99).Draw(t, "sequence"),
		"user.id":   rapid.SampledFrom([]string{"a", "b", "c", ""}).Draw(t, "user"),
		"tool_name": rapid.SampledFrom([]string{"Bash", "Read", "Write"}).Draw(t, "tool"),
		"prompt.id": rapid.SampledFrom([]string{"p", "q"}).Draw(t, "prompt"),
		"cost_usd":  float64(rapid.IntRange(0, 3).Draw(t, "cost")),
		"success":   rapid.Bool().Draw(t, "success"),
	}
}

// sendRandom sends a number of random events, with some time between them.
func sendRandom(t *rapid.T, r *rig, n int) (out []Alert) {
	for range n {
		ago := time.Duration(rapid.IntRange(0, 700).Draw(t, "ago")) * time.Second
		out = append(out, r.send("tool_result", ago, randomAttributes(t))...)
		out = append(out, r.pass(time.Duration(rapid.IntRange(0, 400).Draw(t, "pass"))*time.Second)...)
	}
	return out
}

// TestRestore checks that a restored evaluator returns the same alerts as the original, with
// every kind of rule and random events before.
func TestRestore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		specs := zoo()
		specs[6] = Spec{Name: "no_absence"} // its silence restarts
		one := bounded(t, settings, specs...)
		sendRandom(t, one, rapid.IntRange(0, 30).Draw(t, "before"))
		two := bounded(t, settings, specs...)
		state := one.e.Snapshot([]byte("head"))[4:]
		require.NoError(t, two.e.Restore(state, one.now))
		two.now = one.now
		require.Equal(t, one.e.Stats().Firing, two.e.Stats().Firing)
		require.Equal(t, one.e.Stats().Groups, two.e.Stats().Groups)
		for range 20 {
			attrs, pass := randomAttributes(t), time.Duration(rapid.IntRange(0, 2000).Draw(t, "pass"))*time.Second
			require.Equal(t, withoutRules(one.send("tool_result", 0, attrs)), withoutRules(two.send("tool_result", 0, attrs)))
			require.Equal(t, withoutRules(one.pass(pass)), withoutRules(two.pass(pass)))
		}
	})
}

// withoutRules replaces the rules of alerts, whose pointers differ between evaluators.
func withoutRules(alerts []Alert) []Alert {
	for i := range alerts {
		alerts[i].Rule = &Rule{Name: alerts[i].Rule.Name}
	}
	return alerts
}

// TestRestoreAbsent checks that the time without a collector does not count as absence.
func TestRestoreAbsent(t *testing.T) {
	spec := Spec{Absent: 30 * time.Minute, GroupBy: []string{"user"}}
	one := newRig(t, spec)
	one.silent("x", attributes{"user.id": "gone"})
	one.now = one.now.Add(25 * time.Minute)
	one.silent("x", attributes{"user.id": "there"})
	require.Len(t, one.pass(5*time.Minute), 1)

	two := newRig(t, spec)
	two.now = one.now.Add(2 * time.Hour)
	require.NoError(t, two.e.Restore(one.e.Snapshot(nil), two.now))
	require.Empty(t, two.pass(29*time.Minute), "the silence restarts")
	out := two.pass(time.Minute)
	require.Len(t, out, 1)
	require.Equal(t, []string{"there"}, out[0].Group)
	require.Equal(t, Resolved, two.one("x", attributes{"user.id": "gone"}).Status, "an alert that fired before still fires")
}

// TestRestoreSpike checks that events after a night without a collector are no spike, and
// that the baseline is restored.
func TestRestoreSpike(t *testing.T) {
	spec := Spec{Spike: &SpikeSpec{Above: 3, Baseline: 12 * time.Hour}, Window: time.Hour}
	one := newRig(t, spec)
	for range 15 {
		require.Empty(t, one.pass(time.Hour))
		for range 4 {
			one.silent("x", nil)
		}
	}
	two := newRig(t, spec)
	two.now = one.now.Add(11 * time.Hour)
	require.NoError(t, two.e.Restore(one.e.Snapshot(nil), two.now))
	for range 4 {
		two.silent("x", nil)
	}
	var out []Alert
	for range 20 {
		out = append(out, two.send("x", 0, nil)...)
	}
	require.Len(t, out, 1, "a spike still fires")
}

// TestRestoreChanged checks that a rule with a changed definition starts empty, and that one
// with changed texts does not.
func TestRestoreChanged(t *testing.T) {
	same := Spec{Name: "same", Count: &CountSpec{Above: 1}, Window: time.Hour}
	changed := Spec{Name: "changed", Count: &CountSpec{Above: 1}, Window: time.Hour}
	gone := Spec{Name: "gone"}
	one := newRig(t, same, changed, gone)
	one.send("x", 0, nil)
	same.Description, same.Severity = "now with a description", "critical"
	changed.Window = 2 * time.Hour
	two := newRig(t, Spec{Name: "fresh", Count: &CountSpec{Above: 1}, Window: time.Hour}, changed, same)
	require.NoError(t, two.e.Restore(one.e.Snapshot(nil), one.now))
	require.Equal(t, []string{"same"}, ruleNames(two.send("x", 0, nil))[1:], "after the resolutions")
}

// TestOrphans checks that an alert of a rule that was removed or changed is resolved by the
// first call of the next run.
func TestOrphans(t *testing.T) {
	gone := Spec{Name: "gone", GroupBy: []string{"user"}, Severity: "critical"}
	changed := Spec{Name: "changed", Budget: &BudgetSpec{Amount: Amount{Attribute: "cost_usd"}, Above: 1, Period: "day", Steps: []float64{0.5}}}
	stays := Spec{Name: "stays"}
	one := newRig(t, gone, changed, stays)
	before := one.send("x", 0, attributes{"user.id": "a", "cost_usd": 0.5})
	require.Len(t, before, 3)
	changed.Budget.Above = 2
	for _, first := range []func(*rig) []Alert{
		func(r *rig) []Alert { return r.pass(time.Minute) },
		func(r *rig) []Alert { return r.send("y", 0, nil) },
	} {
		two := newRig(t, changed, stays)
		require.NoError(t, two.e.Restore(one.e.Snapshot(nil), one.now))
		out := first(two)
		require.Equal(t, []string{"gone", "changed"}, ruleNames(out))
		for i, a := range out {
			require.Equal(t, Resolved, a.Status)
			require.Equal(t, two.now, a.EndsAt)
			require.Equal(t, before[i].Fingerprint, a.Fingerprint)
			require.Equal(t, before[i].Names, a.Names)
			require.Equal(t, before[i].Group, a.Group)
			require.Equal(t, before[i].StartsAt, a.StartsAt)
			require.Equal(t, before[i].Rule.Severity, a.Rule.Severity)
		}
		require.Empty(t, two.pass(time.Minute), "resolved once")
	}
}

// ruleNames returns the names of the rules of alerts.
func ruleNames(alerts []Alert) (names []string) {
	for _, a := range alerts {
		names = append(names, a.Rule.Name)
	}
	return names
}

// TestRestoreFewer checks that a lower bound applies to a restored state.
func TestRestoreFewer(t *testing.T) {
	spec := Spec{GroupBy: []string{"user"}}
	one := newRig(t, spec)
	for i := range 50 {
		one.one("x", attributes{"user.id": fmt.Sprint(i)})
	}
	set := settings
	set.MaxGroups = 10
	two := bounded(t, set, spec)
	require.NoError(t, two.e.Restore(one.e.Snapshot(nil), one.now))
	s := two.e.Stats()
	require.EqualValues(t, 10, s.Groups)
	require.EqualValues(t, 10, s.Firing)
	require.EqualValues(t, 40, s.Evicted)
	require.Len(t, two.pass(time.Second), 40, "the evicted groups are resolved")
}

func TestRestoreErrors(t *testing.T) {
	one := newRig(t, zoo()...)
	one.send("tool_result", 0, attributes{"user.id": "a", "tool_name": "Read", "prompt.id": "p"})
	state := one.e.Snapshot(nil)
	two := newRig(t, zoo()...)
	for at := range state {
		bad := append([]byte{}, state...)
		bad[at] ^= 0x10
		require.ErrorIs(t, two.e.Restore(bad, start), errState)
		require.ErrorIs(t, two.e.Restore(state[:at], start), errState)
	}
	require.Zero(t, two.e.Stats().Groups)
	require.EqualError(t, two.e.Restore(state, start.Add(-time.Hour)), "state: was written 1h0m0s in the future (is the clock right?)")
	require.NoError(t, two.e.Restore(state, start))
}

// FuzzRestore restores random states with a valid checksum.
func FuzzRestore(f *testing.F) {
	specs := rules(f, zoo()...)
	e, err := New(specs, settings)
	require.NoError(f, err)
	f.Add(e.Snapshot(nil))
	r := &rig{f, e, start}
	for _, tool := range []string{"Read", "Bash", "Write"} {
		r.send("tool_result", 0, attributes{"user.id": "a", "tool_name": tool, "prompt.id": "p", "cost_usd": 9})
		r.now = r.now.Add(time.Hour)
	}
	f.Add(e.Snapshot(nil))
	f.Fuzz(func(t *testing.T, state []byte) {
		e, err := New(specs, settings)
		require.NoError(t, err)
		state = state[:max(0, len(state)-crc32.Size)]
		if err := e.Restore(appendChecksum(state, state), start); err != nil {
			require.Zero(t, e.Stats().Groups)
		}
		e.Add(event("tool_result", start, attributes{"user.id": "a", "tool_name": "Read", "prompt.id": "p"}), start, nil)
		e.Tick(start.Add(time.Hour), nil)
		require.NoError(t, e.Restore(e.Snapshot(nil), start.Add(time.Hour)), "the state after it can be restored")
	})
}
