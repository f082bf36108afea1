package prompt

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// addPromptAt adds an event of a prompt in a session at a second of the client's clock.
func (t *Tracker) addPromptAt(tb require.TestingT, promptID string, session any, second int) {
	t.addAll(tb, noon, eventOf("user_prompt", second, attributes{"prompt.id": promptID, "session.id": session}))
}

// previousOf returns the previous prompt of each.
func previousOf(traces []Trace) map[string]string {
	previous := map[string]string{}
	for _, t := range traces {
		previous[t.PromptID] = t.Previous
	}
	return previous
}

func TestPrevious(t *testing.T) {
	tr := tracker(Settings{})
	tr.addPromptAt(t, "a1", "a", 1)
	tr.addPromptAt(t, "b1", "b", 2)
	tr.addPromptAt(t, "a2", "a", 3)
	tr.addPromptAt(t, "x", nil, 4)
	tr.addPromptAt(t, "a1", "a", 5) // changes nothing
	tr.addPromptAt(t, "a3", "a", 6)
	tr.consistent(t)
	require.Equal(t, map[string]string{"a1": "", "b1": "", "a2": "a1", "a3": "a2", "x": ""}, previousOf(tr.closeAll()))
}

// TestPreviousOfLateArrivals has the prompts of a session arrive in another order.
func TestPreviousOfLateArrivals(t *testing.T) {
	tr := tracker(Settings{})
	tr.addPromptAt(t, "first", "s", 1)
	tr.addPromptAt(t, "third", "s", 9)
	tr.addPromptAt(t, "second", "s", 5)
	tr.addPromptAt(t, "fourth", "s", 12)
	require.Equal(t, map[string]string{"first": "", "second": "first", "third": "second", "fourth": "third"}, previousOf(tr.closeAll()))

	tr.addPromptAt(t, "late", "s", 10)
	require.Equal(t, map[string]string{"late": "third"}, previousOf(tr.closeAll()), "the summary of the fourth does not change")
	tr.consistent(t)
}

// TestPreviousOfALateSession has the session in the second record only.
func TestPreviousOfALateSession(t *testing.T) {
	tr := tracker(Settings{})
	tr.addPromptAt(t, "one", "s", 1)
	tr.addPromptAt(t, "two", nil, 2)
	tr.addPromptAt(t, "two", "s", 3)
	require.Equal(t, "one", previousOf(tr.closeAll())["two"])
}

// TestPreviousOfParts is the same for all parts of a prompt.
func TestPreviousOfParts(t *testing.T) {
	tr := tracker(Settings{})
	tr.addPromptAt(t, "one", "s", 1)
	tr.closeAll()
	tr.addPromptAt(t, "two", "s", 2)
	require.Equal(t, "one", previousOf(tr.closeAll())["two"])
	tr.addPromptAt(t, "one", "s", 3)
	tr.addPromptAt(t, "two", "s", 4)
	require.Equal(t, map[string]string{"one": "", "two": "one"}, previousOf(tr.closeAll()))
}

func TestSessionsAreForgotten(t *testing.T) {
	tr := tracker(Settings{Idle: time.Minute, Remember: time.Hour})
	tr.addPromptAt(t, "one", "s", 1)
	tr.addPromptAt(t, "two", "t", 1)
	tr.Expire(noon.Add(time.Minute))
	require.Len(t, tr.sessions, 2)
	tr.consistent(t)
	tr.Expire(noon.Add(2 * time.Hour))
	require.Empty(t, tr.sessions)
}
