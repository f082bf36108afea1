package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// restored returns an evaluator with the state and the changes of another one.
func restored(t require.TestingT, from *rig, set Settings, state, changes []byte, specs ...Spec) *rig {
	to := bounded(t, set, specs...)
	to.now = from.now
	require.NoError(t, to.e.Restore(state, to.now))
	require.NoError(t, to.e.RestoreChanges(changes, to.now.UnixNano()))
	return to
}

// TestChanges checks that an alert that was sent after a snapshot is resolved by the next
// run, and that one that was resolved is not resolved again.
func TestChanges(t *testing.T) {
	spec := Spec{GroupBy: []string{"user"}, Message: "{tool}"}
	one := newRig(t, spec)
	one.e.RecordChanges()
	old := one.one("x", attributes{"user.id": "old"})
	require.Equal(t, 1, one.e.ChangeCount())
	state := one.e.Snapshot(nil)
	require.Zero(t, one.e.ChangeCount())
	require.Nil(t, one.e.Changes())
	one.pass(4 * time.Minute)
	late := one.one("x", attributes{"user.id": "late", "tool_name": "Bash"})
	require.Equal(t, old.Fingerprint, one.resolved(time.Minute).Fingerprint)

	two := restored(t, one, settings, state, one.e.Changes(), spec)
	require.EqualValues(t, 1, two.e.Stats().Firing)
	require.EqualValues(t, 1, two.e.Stats().Groups)
	two.silent("x", attributes{"user.id": "late"})
	a := two.resolved(5 * time.Minute)
	require.Equal(t, late.Fingerprint, a.Fingerprint)
	require.Equal(t, "Bash", a.Message, "the cause is restored")
	require.Equal(t, late.StartsAt, a.StartsAt)

	gone := restored(t, one, settings, state, one.e.Changes(), Spec{Name: "other"})
	require.Len(t, gone.pass(time.Second), 2, "the alerts of a rule that is gone are resolved, each once")
}

// TestChangesOfOverflow checks the same for the alert that reports suppressed ones.
func TestChangesOfOverflow(t *testing.T) {
	set := settings
	set.MaxActive = 1
	spec := Spec{GroupBy: []string{"user"}}
	one := bounded(t, set, spec)
	one.e.RecordChanges()
	state := one.e.Snapshot(nil)
	one.one("x", attributes{"user.id": "a"})
	more := one.one("x", attributes{"user.id": "b"})
	two := restored(t, one, set, state, one.e.Changes(), spec)
	out := two.pass(5 * time.Minute)
	require.Len(t, out, 2)
	require.Equal(t, more.Fingerprint, out[1].Fingerprint)
	require.Equal(t, Resolved, out[1].Status)
}

// TestEverySentAlertEnds checks with random events and a crash that every alert that was
// sent is resolved.
func TestEverySentAlertEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		specs := zoo()
		specs[6] = Spec{Name: "no_absence"} // it lasts until an event comes
		one := bounded(t, settings, specs...)
		one.e.RecordChanges()
		out := sendRandom(t, one, rapid.IntRange(0, 10).Draw(t, "before"))
		state := one.e.Snapshot(nil)
		out = append(out, sendRandom(t, one, rapid.IntRange(1, 10).Draw(t, "after"))...)
		two := bounded(t, settings, specs...)
		two.now = one.now
		require.NoError(t, two.e.Restore(state, two.now))
		if changes := one.e.Changes(); changes != nil {
			require.NoError(t, two.e.RestoreChanges(changes, two.now.UnixNano()))
		}
		out = append(out, two.pass(time.Second)...)
		for range 3 {
			out = append(out, two.pass(32*24*time.Hour)...)
		}
		last := map[string]Status{}
		for _, a := range out {
			last[a.Fingerprint] = a.Status
		}
		for fingerprint, status := range last {
			require.Equal(t, Resolved, status, fingerprint)
		}
	})
}

// TestCorruptChanges checks that changes that cannot be read leave the state as it is.
func TestCorruptChanges(t *testing.T) {
	one := newRig(t, Spec{GroupBy: []string{"user"}})
	one.e.RecordChanges()
	one.one("x", attributes{"user.id": "a"})
	changes := one.e.Changes()
	for i := range changes {
		broken := append([]byte{}, changes...)
		broken[i] ^= 1
		require.ErrorIs(t, one.e.RestoreChanges(broken, one.now.UnixNano()), errState)
		require.ErrorIs(t, one.e.RestoreChanges(changes[:i], one.now.UnixNano()), errState)
	}
	one.resolved(5 * time.Minute)
}
