package alert

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// tool returns the attributes of a tool call of a user.
func tool(name, user string) attributes { return attributes{"tool_name": name, "user.id": user} }

func TestDistinct(t *testing.T) {
	r := newRig(t, Spec{Distinct: &DistinctSpec{Attribute: "user", Above: 2}, Window: 12 * time.Minute, GroupBy: []string{"tool"}})
	for _, user := range []string{"a", "b", "a", "b", ""} {
		r.silent("x", tool("Bash", user))
	}
	r.silent("x", tool("Read", "c"))
	require.Equal(t, 3.0, r.one("x", tool("Bash", "c")).Value)
	r.now = r.now.Add(6 * time.Minute)
	r.silent("x", tool("Bash", "a"))
	require.Equal(t, 1.0, r.resolved(6*time.Minute).Value, "only the value a is in the window")
}

// TestDistinctIsBounded checks the bound of the values of a group.
func TestDistinctIsBounded(t *testing.T) {
	r := newRig(t, Spec{Distinct: &DistinctSpec{Attribute: "user", Above: maxDistinct - 1}, Window: time.Hour})
	var out []Alert
	for i := range maxDistinct + 5 {
		out = append(out, r.send("x", 0, tool("", fmt.Sprint(i)))...)
	}
	require.Len(t, out, 1)
	require.EqualValues(t, maxDistinct, out[0].Value)
	require.EqualValues(t, 5, r.e.Stats().Saturated)
}

func TestPeers(t *testing.T) {
	r := newRig(t, Spec{
		RatioToPeers: &PeersSpec{Amount: Amount{Attribute: "cost_usd"}, Above: 10, AtLeast: 4, Least: 50}, Window: time.Hour,
		GroupBy: []string{"user"}, Message: "{user} {value}",
	})
	spend := func(user string, cost float64) {
		r.silent("api_request", attributes{"user.id": user, "cost_usd": cost})
	}
	spend("a", 100)
	spend("b", 2)
	spend("c", 4)
	require.Empty(t, r.pass(time.Second), "the groups are too few")
	spend("d", 0)
	require.Empty(t, r.pass(time.Second), "a group with the sum 0 does not count")
	spend("d", 6)
	out := r.pass(time.Second)
	require.Len(t, out, 1)
	require.Equal(t, "a 20", out[0].Message, "the median is 5")
	spend("b", 11)
	spend("c", 10)
	r.resolved(time.Second)
}

// TestPeersInCloud checks that cloud sessions without a name, which are one user, are not
// compared with people.
func TestPeersInCloud(t *testing.T) {
	r := newRig(t, Spec{RatioToPeers: &PeersSpec{Above: 2, AtLeast: 2}, Window: time.Hour, GroupBy: []string{"user"}, Message: "{user}"})
	for range 9 {
		r.silent("x", attributes{"user.id": "b", "cowork.surface": "remote"})
	}
	r.silent("x", attributes{"user.id": "a"})
	require.Empty(t, r.pass(0), "there is one peer")
	r.silent("x", attributes{"user.id": "c"})
	require.Empty(t, r.pass(0))
	r.silent("x", attributes{"user.id": "a"})
	require.Equal(t, "a", r.one("x", attributes{"user.id": "a"}).Message)
}

func TestPeersLeast(t *testing.T) {
	r := newRig(t, Spec{RatioToPeers: &PeersSpec{Above: 1, Least: 5}, Window: time.Hour, GroupBy: []string{"user"}})
	for range 4 {
		r.silent("x", tool("", "a"))
	}
	r.silent("x", tool("", "b"))
	require.Empty(t, r.pass(0), "four is below five")
	r.one("x", tool("", "a"))
}

func TestSpike(t *testing.T) {
	r := newRig(t, Spec{Spike: &SpikeSpec{Above: 3, Baseline: 12 * time.Hour, Least: 15}, Window: time.Hour})
	burst := func(n int) (out []Alert) {
		for range n {
			out = append(out, r.send("x", 0, nil)...)
		}
		return out
	}
	require.Empty(t, burst(100), "there is no baseline yet")
	for range 14 {
		require.Empty(t, r.pass(time.Hour))
		require.Empty(t, burst(4))
	}
	require.Empty(t, burst(8), "three times the mean is not above")
	out := burst(10)
	require.Len(t, out, 1)
	require.Greater(t, out[0].Value, 3.0)
	require.Less(t, out[0].Value, 5.0)
	require.Len(t, r.pass(time.Hour), 1)
	require.Empty(t, burst(14), "below least")
}

func TestNewTerm(t *testing.T) {
	r := newRig(t, Spec{NewTerm: &NewTermSpec{Attribute: "tool", Learn: time.Hour}, GroupBy: []string{"user"}, Message: "{user}: {tool}"})
	r.silent("x", tool("Bash", "a"))
	r.pass(time.Hour)
	r.silent("x", tool("Bash", "a"))
	r.silent("x", tool("Read", "b")) // a new group, which learns first
	r.silent("x", tool("[REDACTED]", "a"))
	r.silent("x", tool("", "a"))
	one, other := r.one("x", tool("Read", "a")), r.one("x", tool("Write", "a"))
	require.Equal(t, "a: Read", one.Message)
	require.Equal(t, []string{"user", "tool"}, one.Names)
	require.NotEqual(t, one.Fingerprint, other.Fingerprint, "two terms are two alerts")
	require.Len(t, r.pass(5*time.Minute), 2)
	r.silent("x", tool("Read", "a"))
}

// TestNewTermIsBounded checks the bounds of terms and of groups.
func TestNewTermIsBounded(t *testing.T) {
	set := settings
	set.MaxGroups = 2
	r := bounded(t, set, Spec{NewTerm: &NewTermSpec{Attribute: "tool", Learn: 1}, GroupBy: []string{"user"}})
	for i := range maxTerms {
		r.silent("x", tool(fmt.Sprint(i), "a"))
	}
	r.now = r.now.Add(time.Minute)
	r.silent("x", tool("one more", "a"))
	require.EqualValues(t, 1, r.e.Stats().Saturated)
	r.silent("x", tool("Bash", "b"))
	r.silent("x", tool("Bash", "c"))
	require.EqualValues(t, 1, r.e.Stats().Evicted)
}

func TestSequence(t *testing.T) {
	r := newRig(t, Spec{Sequence: &SequenceSpec{By: "prompt.id", Steps: []string{"tool_name=Read", "tool_name=Bash"}}, Window: 5 * time.Minute})
	step := func(prompt, name string, ago time.Duration) []Alert {
		return r.send("tool_result", ago, attributes{"prompt.id": prompt, "tool_name": name})
	}
	require.Empty(t, step("a", "Bash", 0), "the last step first")
	require.Empty(t, step("b", "Read", 0), "another prompt")
	require.Empty(t, step("", "Read", 0), "no prompt")
	r.now = r.now.Add(time.Second)
	require.Empty(t, step("a", "Read", 0), "after the last")
	require.Len(t, step("a", "Read", 2*time.Second), 1, "it comes late, and its own time is earlier")
	require.Empty(t, step("a", "Bash", 0), "a complete sequence starts again")
	r.pass(6 * time.Minute)
	require.Empty(t, step("b", "Bash", 0), "too long after")
	r.pass(time.Hour)
	require.Zero(t, r.e.states[0].aggregator.(*sequenceAggregator).known.len(), "the progress is removed")
}

// TestSequenceOfOne checks that one event matches one step only.
func TestSequenceOfOne(t *testing.T) {
	r := newRig(t, Spec{Sequence: &SequenceSpec{By: "prompt.id", Steps: []string{"true", "true", "true"}}, Window: time.Minute})
	r.silent("x", attributes{"prompt.id": "a"})
	r.silent("x", attributes{"prompt.id": "a"})
	r.one("x", attributes{"prompt.id": "a"})
}

// TestSequenceIsBounded checks that matches beyond the bound replace the oldest, and that
// prompts beyond the bound evict the one that has been idle longest.
func TestSequenceIsBounded(t *testing.T) {
	set := settings
	set.MaxGroups = 1
	r := bounded(t, set, Spec{Sequence: &SequenceSpec{By: "prompt.id", Steps: []string{"tool_name=Read", "tool_name=Bash"}}, Window: time.Minute})
	for i := range maxMatches + 3 {
		r.now = r.now.Add(time.Duration(i))
		r.silent("x", attributes{"prompt.id": "a", "tool_name": "Read"})
	}
	g := r.e.states[0].aggregator.(*sequenceAggregator)
	require.Len(t, g.known.order.oldest().value.value.steps[0], maxMatches)
	r.silent("x", attributes{"prompt.id": "b", "tool_name": "Read"})
	require.Equal(t, 1, g.known.len())
	require.EqualValues(t, 1, r.e.Stats().Evicted)
}
