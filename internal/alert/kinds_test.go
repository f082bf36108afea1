package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestEach(t *testing.T) {
	r := newRig(t, Spec{Events: []string{"claude_code.api_error"}, Message: "{model} on {attempt}: {value}", GroupBy: []string{"model"}})
	r.silent("api_request", nil)
	a := r.one("api_error", attributes{"model": "a", "attempt": 3, "prompt.id": "550e8400-e29b-41d4-a716-446655440000"})
	require.Equal(t, Firing, a.Status)
	require.Equal(t, "a on 3: 1", a.Message)
	require.Equal(t, "550e8400-e29b-41d4-a716-446655440000", a.PromptID)
	r.pass(time.Minute)
	r.silent("api_error", attributes{"model": "a"})
	b := r.one("api_error", attributes{"model": "b", "prompt.id": "Jane Doe"})
	require.NotEqual(t, a.Fingerprint, b.Fingerprint)
	require.Empty(t, b.PromptID, "it is not an identifier")
	require.Empty(t, r.pass(5*time.Minute-1))
	out := r.pass(1)
	require.Len(t, out, 2)
	require.Equal(t, a.Fingerprint, out[0].Fingerprint)
	require.Equal(t, "a on 3: 2", out[0].Message, "the fields are of the first event")
	require.Equal(t, start, out[0].StartsAt)
	require.Equal(t, r.now, out[0].EndsAt)
	require.Zero(t, r.e.Stats().Groups, "the groups are removed")
}

func TestResolveAfter(t *testing.T) {
	r := newRig(t, Spec{ResolveAfter: time.Minute})
	r.one("x", nil)
	require.Empty(t, r.pass(59*time.Second))
	r.resolved(time.Second)
}

func TestRepeated(t *testing.T) {
	r := newRig(t, Spec{})
	r.one("x", nil)
	for range 4*60 - 1 {
		r.pass(time.Minute)
		r.silent("x", nil)
	}
	r.now = r.now.Add(time.Minute)
	require.Equal(t, 241.0, r.one("x", nil).Value)
}

func TestCountByOwnTime(t *testing.T) {
	r := newRig(t, Spec{Count: &CountSpec{Above: 2}, Window: 12 * time.Minute, GroupBy: []string{"model"}})
	send := func(model string, ago time.Duration) []Alert {
		return r.send("api_error", ago, attributes{"model": model})
	}
	require.Empty(t, send("a", 0))
	require.Empty(t, send("a", 9*time.Minute), "late, and it counts")
	require.Empty(t, send("b", 0), "another group")
	require.Empty(t, send("a", 11*time.Minute), "too late")
	require.EqualValues(t, 1, r.e.Stats().Late)
	out := send("a", -time.Hour)
	require.Len(t, out, 1, "an event from the future counts as of now")
	require.Equal(t, []string{"a"}, out[0].Group)
	require.Equal(t, []string{"model"}, out[0].Names)
	require.Equal(t, 3.0, out[0].Value)
	require.Equal(t, 2.0, out[0].Threshold)
	require.Empty(t, out[0].PromptID, "a count has no single cause")
	require.Empty(t, r.pass(2*time.Minute))
	r.resolved(time.Minute)
	r.pass(time.Hour)
	require.Zero(t, r.e.Stats().Groups)
}

// TestCountOfOneNamesItsCause checks that an alert about the first event of a window has the
// prompt of this event, also at its end. It had none, so that a person had to search for it.
func TestCountOfOneNamesItsCause(t *testing.T) {
	r := newRig(t, Spec{Count: &CountSpec{Above: 0}, Window: 10 * time.Minute, GroupBy: []string{"user"}})
	first, second := "550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440001"
	out := r.send("tool_result", 0, attributes{"user.account_uuid": "u", "prompt.id": first})
	require.Len(t, out, 1)
	require.Equal(t, first, out[0].PromptID)
	require.Empty(t, r.send("tool_result", 0, attributes{"user.account_uuid": "u", "prompt.id": second}), "it fires already")
	out = r.pass(time.Hour)
	require.Len(t, out, 1)
	require.Equal(t, Resolved, out[0].Status)
	require.Equal(t, first, out[0].PromptID)
}

func TestRatio(t *testing.T) {
	r := newRig(t, Spec{Condition: "success=false", Ratio: &RatioSpec{Above: 0.25, Of: "event.name=tool_result", AtLeast: 4}, Window: time.Hour})
	r.silent("api_request", attributes{"success": false})
	for _, success := range []bool{false, false, true} {
		r.silent("tool_result", attributes{"success": success})
	}
	require.Equal(t, 0.5, r.one("tool_result", attributes{"success": true}).Value)
	for range 3 {
		r.silent("tool_result", attributes{"success": true})
	}
	require.Equal(t, Resolved, r.one("tool_result", attributes{"success": true}).Status, "0.25 is not above the threshold")
}

func TestSum(t *testing.T) {
	r := newRig(t, Spec{Sum: &SumSpec{Amount: Amount{Value: "(cost_usd)"}, Above: 1}, Window: time.Hour})
	r.silent("api_request", attributes{"cost_usd": 1.0})
	r.silent("api_request", attributes{"cost_usd": "much"})
	require.Equal(t, 1.5, r.one("api_request", attributes{"cost_usd": "0.5"}).Value)
}

func TestForAndKeep(t *testing.T) {
	r := newRig(t, Spec{Count: &CountSpec{}, Window: 12 * time.Minute, For: 2 * time.Minute, KeepFiringFor: 5 * time.Minute, Message: "{tool}"})
	r.silent("x", attributes{"tool_name": "Bash"})
	require.EqualValues(t, 1, r.e.Stats().Pending)
	require.Empty(t, r.pass(time.Minute))
	out := r.pass(time.Minute)
	require.Len(t, out, 1)
	require.Equal(t, "Bash", out[0].Message, "of the event at which the rule began to hold")
	require.EqualValues(t, 1, r.e.Stats().Firing)
	for range 13 { // the rule holds for 9 minutes more, and then fires for 5
		require.Empty(t, r.pass(time.Minute))
	}
	r.resolved(time.Minute)
}

// TestOnce checks that an alert of a rule with once is not repeated while it fires, and is
// resolved.
func TestOnce(t *testing.T) {
	often := Spec{Name: "often", Count: &CountSpec{}, Window: 24 * time.Hour}
	once := often
	once.Name, once.Once = "once", true
	r := newRig(t, often, once)
	require.Len(t, r.send("x", 0, nil), 2)
	for range 2 {
		out := r.pass(5 * time.Hour)
		require.Len(t, out, 1)
		require.Equal(t, "often", out[0].Rule.Name)
	}
	require.Len(t, r.pass(15*time.Hour), 2, "both are resolved")
}

func TestAbsent(t *testing.T) {
	r := newRig(t, Spec{Absent: 30 * time.Minute, GroupBy: []string{"user"}, ResolveAfter: time.Hour, Message: "{user}: {value}"})
	require.Empty(t, r.pass(time.Hour), "a user without an event has no group")
	r.silent("user_prompt", attributes{"user.id": "a"})
	require.Empty(t, r.pass(20*time.Minute))
	r.silent("user_prompt", attributes{"user.id": "b"})
	require.Empty(t, r.pass(9*time.Minute))
	out := r.pass(time.Minute)
	require.Len(t, out, 1)
	require.Equal(t, "a: 1800", out[0].Message)
	require.Equal(t, 1800.0, out[0].Threshold)
	require.Equal(t, Resolved, r.one("user_prompt", attributes{"user.id": "a"}).Status)
	require.Len(t, r.pass(time.Hour), 2)
	require.Len(t, r.pass(time.Hour), 2, "the groups are removed")
	require.Zero(t, r.e.Stats().Groups)
}

// TestAbsentFromTheStart checks that a rule without group_by fires if no event ever comes.
func TestAbsentFromTheStart(t *testing.T) {
	r := newRig(t, Spec{Absent: 30 * time.Minute, Events: []string{"api_request"}})
	require.Empty(t, r.pass(0))
	require.Empty(t, r.pass(29*time.Minute))
	require.Len(t, r.pass(time.Minute), 1)
	require.Equal(t, Resolved, r.one("api_request", nil).Status)
}
