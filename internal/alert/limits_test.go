package alert

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestGroupsAreBounded checks the bound with groups that fire.
func TestGroupsAreBounded(t *testing.T) {
	set := settings
	set.MaxGroups = 3
	r := bounded(t, set, Spec{GroupBy: []string{"model"}})
	for _, model := range []string{"a", "b", "c", "a"} {
		r.send("api_error", 0, attributes{"model": model})
	}
	out := r.send("api_error", 0, attributes{"model": "d"})
	require.Len(t, out, 2)
	require.Equal(t, []string{"b"}, out[0].Group, "idle longest")
	require.Equal(t, Resolved, out[0].Status)
	require.Equal(t, Firing, out[1].Status)
	s := r.e.Stats()
	require.EqualValues(t, 1, s.Evicted)
	require.EqualValues(t, 3, s.Groups)
	require.EqualValues(t, 3, s.Firing)
}

// TestActiveAreBounded checks that alerts beyond the bound are suppressed.
func TestActiveAreBounded(t *testing.T) {
	set := settings
	set.MaxActive = 2
	r := bounded(t, set, Spec{GroupBy: []string{"model"}, ResolveAfter: time.Hour})
	send := func(model string) []Alert { return r.send("x", 0, attributes{"model": model}) }
	require.Len(t, send("a"), 1)
	require.Len(t, send("b"), 1)
	out := send("c")
	require.Len(t, out, 1)
	require.Equal(t, "rule: 1 more alerts fire than are sent (max_active is 2)", out[0].Message)
	require.Empty(t, out[0].Group)
	require.Equal(t, 3.0, out[0].Value)
	require.Empty(t, send("d"))
	require.EqualValues(t, 2, r.e.Stats().Suppressed)
	require.EqualValues(t, 4, r.e.Stats().Firing)
	r.now = r.now.Add(30 * time.Minute)
	require.Empty(t, send("b"), "it still fires")
	require.Empty(t, send("c"))
	require.Empty(t, send("d"))
	sent := r.pass(30 * time.Minute)
	require.Equal(t, []string{"resolved [a]", "firing [c]"}, summaries(sent), "a suppressed alert is sent when there is room")
	sent = r.pass(30 * time.Minute)
	require.Equal(t, []string{"resolved [b]", "resolved [c]", "resolved []"}, summaries(sent), "d was suppressed and has no resolution")
	require.Zero(t, r.e.states[0].suppressed)
}

// summaries returns the status and the group of alerts.
func summaries(alerts []Alert) (out []string) {
	for _, a := range alerts {
		out = append(out, fmt.Sprint(a.Status, " ", a.Group))
	}
	return out
}

func TestLongValuesAreCut(t *testing.T) {
	r := newRig(t, Spec{GroupBy: []string{"model"}})
	a := r.one("api_error", attributes{"model": strings.Repeat("é", 300) + "x"})
	require.Equal(t, []string{strings.Repeat("é", maxValueBytes/2) + "…"}, a.Group)
	require.EqualValues(t, 1, r.e.Stats().Clipped)
}

// TestGroupsAreApart checks that the values in a key are separated.
func TestGroupsAreApart(t *testing.T) {
	r := newRig(t, Spec{GroupBy: []string{"tool", "model"}})
	a := r.one("x", attributes{"tool_name": "ab", "model": "c"})
	b := r.one("x", attributes{"tool_name": "a", "model": "bc"})
	require.NotEqual(t, a.Fingerprint, b.Fingerprint)
}

// TestShown checks values as they are shown in messages and groups.
func TestShown(t *testing.T) {
	for _, c := range []struct {
		key   string
		value any
		want  string
	}{
		{"model", "claude-opus-5-5", "claude-opus-5-5"},
		{"model", "", "(none)"},
		{"model", "[REDACTED_EMAIL]", "(redacted)"},
		{"model", "a\nb", "(unprintable)"},
		{"model", "a\xff", "(unprintable)"},
		{"model", strings.Repeat("a", 257), strings.Repeat("a", 256) + "…"},
		{"session.id", "550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440000"},
		{"session.id", "Jane Doe", "(not an identifier)"},
		{"cost_usd", 0.25, "0.25"},
		{"success", true, "true"},
		{"event.timestamp", "2026-11-21T09:00:00Z", "2026-11-21T09:00:00Z"},
		{"cost_usd", "Jane Doe", "(not a number)"},
		{"event.name", "", "x"},
	} {
		a := newRig(t, Spec{GroupBy: []string{c.key}, IncludeMissing: true, Message: "{" + c.key + "}"}).one("x", attributes{c.key: c.value})
		require.Equal(t, []string{c.want}, a.Group, c.key)
		require.Equal(t, c.want, a.Message)
		require.Equal(t, c.want, newRig(t, Spec{Message: "{" + c.key + "}"}).one("x", attributes{c.key: c.value}).Message)
	}
	a := newRig(t, Spec{GroupBy: []string{"(model)"}, Message: "{group.1}"}).one("x", attributes{"model": "m"})
	require.Equal(t, "m", a.Message)
	require.Equal(t, []string{"group.1"}, a.Names)
}

func TestMessage(t *testing.T) {
	r := newRig(t, Spec{Message: "{value} of {threshold} in {window}", Window: 90 * time.Minute, Sum: &SumSpec{Amount: Amount{Attribute: "cost_usd"}, Above: 0.3}})
	r.silent("x", attributes{"cost_usd": 0.1})
	require.Equal(t, "0.3 of 0.3 in 1h30m", r.one("x", attributes{"cost_usd": 0.20001}).Message)
	require.Equal(t, "rule", newRig(t, Spec{}).one("x", nil).Message, "the name is the default")
	long := newRig(t, Spec{Message: strings.Repeat("{model}", 100)}).one("x", attributes{"model": strings.Repeat("a", 100)})
	require.Len(t, long.Message, maxMessageBytes)
	require.Equal(t, []string{"15m", "24h", "1h30m", "45s", "1h0m1s"}, []string{
		formatDuration(15 * time.Minute), formatDuration(24 * time.Hour), formatDuration(90 * time.Minute), formatDuration(45 * time.Second), formatDuration(time.Hour + time.Second),
	})
}

// TestKinds checks that a rule evaluates the kinds of events that it names, with any prefix.
func TestKinds(t *testing.T) {
	r := newRig(t,
		Spec{Name: "a", Events: []string{"cowork.api_error", "tool_result"}},
		Spec{Name: "b"},
		Spec{Name: "c", Events: []string{"tool_result"}},
	)
	names := func(kind string) (out []string) {
		for _, a := range r.send(kind, 0, nil) {
			out = append(out, a.Rule.Name)
		}
		return out
	}
	require.Equal(t, []string{"a", "b"}, names("claude_code.api_error"))
	require.Equal(t, []string{"c"}, names("tool_result"), "the other alerts fire already")
	r.pass(time.Hour)
	require.Equal(t, []string{"b"}, names("user_prompt"))
}
