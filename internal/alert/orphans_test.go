package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestOrphanOfTooMany checks that the alert that reports suppressed ones is resolved when its
// rule is gone.
func TestOrphanOfTooMany(t *testing.T) {
	set := settings
	set.MaxActive = 1
	one := bounded(t, set, Spec{Name: "gone", GroupBy: []string{"user"}})
	one.one("x", attributes{"user.id": "a"})
	more := one.one("x", attributes{"user.id": "b"})
	two := bounded(t, set, Spec{Name: "other"})
	require.NoError(t, two.e.Restore(one.e.Snapshot(nil), one.now))
	out := two.pass(time.Second)
	require.Len(t, out, 2)
	require.Equal(t, more.Fingerprint, out[0].Fingerprint)
	require.Equal(t, Resolved, out[0].Status)
}
