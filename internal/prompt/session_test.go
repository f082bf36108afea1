package prompt

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// say sends an event of a prompt in a session at a second of the client's clock.
func (t *Tracker) say(tb require.TestingT, promptID string, session any, second int) {
	t.addAll(tb, noon, eventOf("user_prompt", second, attributes{"prompt.id": promptID, "session.id": session}))
}

// before returns the prompt before each in its session.
func before(traces []Trace) map[string]string {
	previous := map[string]string{}
	for _, t := range traces {
		previous[t.PromptID] = t.Previous
	}
	return previous
}

func TestPrevious(t *testing.T) {
	tr := tracker(Settings{})
	tr.say(t, "a1", "a", 1)
	tr.say(t, "b1", "b", 2)
	tr.say(t, "a2", "a", 3)
	tr.say(t, "x", nil, 4)
	tr.say(t, "a1", "a", 5) // goes on: nothing changes
	tr.say(t, "a3", "a", 6)
	tr.consistent(t)
	require.Equal(t, map[string]string{"a1": "", "b1": "", "a2": "a1", "a3": "a2", "x": ""}, before(tr.closeAll()))
}

// TestPreviousOfLateArrivals has the prompts of a session arrive in another order.
func TestPreviousOfLateArrivals(t *testing.T) {
	tr := tracker(Settings{})
	tr.say(t, "first", "s", 1)
	tr.say(t, "third", "s", 9)
	tr.say(t, "second", "s", 5)
	tr.say(t, "fourth", "s", 12)
	require.Equal(t, map[string]string{"first": "", "second": "first", "third": "second", "fourth": "third"}, before(tr.closeAll()))

	tr.say(t, "late", "s", 10)
	require.Equal(t, map[string]string{"late": "third"}, before(tr.closeAll()), "what was told of the fourth stands")
	tr.consistent(t)
}

// TestPreviousOfASessionThatIsToldLate has the session in the second record only.
func TestPreviousOfASessionThatIsToldLate(t *testing.T) {
	tr := tracker(Settings{})
	tr.say(t, "one", "s", 1)
	tr.say(t, "two", nil, 2)
	tr.say(t, "two", "s", 3)
	require.Equal(t, "one", before(tr.closeAll())["two"])
}

// TestPreviousOfParts is the same for all parts of a prompt.
func TestPreviousOfParts(t *testing.T) {
	tr := tracker(Settings{})
	tr.say(t, "one", "s", 1)
	tr.closeAll()
	tr.say(t, "two", "s", 2)
	require.Equal(t, "one", before(tr.closeAll())["two"])
	tr.say(t, "one", "s", 3)
	tr.say(t, "two", "s", 4)
	require.Equal(t, map[string]string{"one": "", "two": "one"}, before(tr.closeAll()))
}

func TestSessionsAreForgotten(t *testing.T) {
	tr := tracker(Settings{Idle: time.Minute, Remember: time.Hour})
	tr.say(t, "one", "s", 1)
	tr.say(t, "two", "t", 1)
	tr.Expire(noon.Add(time.Minute))
	require.Len(t, tr.sessions, 2)
	tr.consistent(t)
	tr.Expire(noon.Add(2 * time.Hour))
	require.Empty(t, tr.sessions)
}
