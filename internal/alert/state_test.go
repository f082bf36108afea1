package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestState walks through the life of an alert, a look a row.
func TestState(t *testing.T) {
	rule := &Rule{For: 2 * time.Minute, KeepFiringFor: 3 * time.Minute}
	var s state
	for _, look := range []struct {
		minute int
		holds  bool
		want   Status
		phase  phase
	}{
		{0, false, "", inactive},
		{1, true, "", pending},
		{2, false, "", inactive}, // it did not hold for long enough
		{3, true, "", pending},
		{4, true, "", pending},
		{5, true, Firing, firing},
		{6, true, "", firing},
		{8, false, "", firing}, // kept
		{9, false, Resolved, inactive},
		{10, true, "", pending},
		{12, true, Firing, firing},
		{21, true, "", firing},
		{22, true, Firing, firing}, // repeated
		{23, true, "", firing},
		{25, false, "", firing},
		{26, false, Resolved, inactive},
		{27, false, "", inactive}, // said once
	} {
		got := s.step(start.Add(time.Duration(look.minute)*time.Minute), look.holds, rule, 10*time.Minute)
		require.Equal(t, look.want, got, "minute %d", look.minute)
		require.Equal(t, look.phase, s.phase, "minute %d", look.minute)
	}
}
