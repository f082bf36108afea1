package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestSingleEventsOfSlowClocks checks the age of events. A client whose clock was six
// minutes slow, or whose laptop slept, raised no alert at all.
func TestSingleEventsOfSlowClocks(t *testing.T) {
	r := newRig(t,
		Spec{Name: "each"},
		Spec{Name: "list", List: &ListSpec{Attribute: "tool_name", Denied: []string{"Bash"}}},
		Spec{Name: "first", Count: &CountSpec{}, Window: time.Minute},
		Spec{Name: "window", Count: &CountSpec{Above: 1}, Window: time.Hour},
	)
	bash := attributes{"tool_name": "Bash"}
	require.Len(t, r.send("x", 24*time.Hour, bash), 3, "events of any age up to a day")
	require.EqualValues(t, 1, r.e.Stats().Late, "the window does not count it")
	r.pass(time.Hour)
	require.Empty(t, r.send("x", 24*time.Hour+1, bash), "too old")
	require.EqualValues(t, 5, r.e.Stats().Late)
	require.Len(t, r.send("x", 0, bash), 3, "all but the window")
	require.Len(t, r.send("x", 10*time.Minute, bash), 1, "the window counts it within the lateness")
}

// TestSilenceOfSlowClocks checks that events with an old time end a silence.
func TestSilenceOfSlowClocks(t *testing.T) {
	r := newRig(t, Spec{Absent: 30 * time.Minute})
	r.pass(0)
	require.Len(t, r.pass(time.Hour), 1)
	out := r.send("x", time.Hour, nil)
	require.Len(t, out, 1)
	require.Equal(t, Resolved, out[0].Status)
}

// TestIncludeMissing checks events without a value of group_by. A rule about connectors
// alerted on "Connector (none)" for tools that have no connector.
func TestIncludeMissing(t *testing.T) {
	by := []string{"connector", "tool"}
	r := newRig(t, Spec{Name: "skips", GroupBy: by}, Spec{Name: "includes", GroupBy: by, IncludeMissing: true})
	plain := r.one("tool_result", attributes{"tool_name": "Bash"})
	require.Equal(t, "includes", plain.Rule.Name)
	require.Equal(t, []string{shownNone, "Bash"}, plain.Group)
	require.EqualValues(t, 1, r.e.Stats().Ungrouped)
	require.EqualValues(t, 1, r.e.Stats().Groups)
	require.Len(t, r.send("tool_result", 0, attributes{"tool_name": "mcp_tool", "mcp_server.name": "gmail"}), 2)
	require.Len(t, r.pass(time.Hour), 3)
	require.Zero(t, r.e.Stats().Groups)
}
