package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const minute = int64(time.Minute)

// TestState walks through the life of an alert, a look a row.
func TestState(t *testing.T) {
	rule := &Rule{wait: 2 * minute, keep: 3 * minute}
	var s state
	for _, look := range []struct {
		minute int64
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
		got := s.step(look.minute*minute, look.holds, rule, 10*minute)
		require.Equal(t, look.want, got, "minute %d", look.minute)
		require.Equal(t, look.phase, s.phase, "minute %d", look.minute)
	}
}

// TestStateOrder checks that whatever happens, an alert is resolved only after it
// fired, and once; that it fires no sooner and ends no sooner than it should.
func TestStateOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := &Rule{wait: rapid.Int64Range(0, 5).Draw(t, "wait"), keep: rapid.Int64Range(0, 5).Draw(t, "keep")}
		repeat := rapid.Int64Range(1, 10).Draw(t, "repeat")
		var s state
		fires, since, held, now := false, int64(-1), int64(0), int64(0)
		for range 100 {
			now += rapid.Int64Range(0, 3).Draw(t, "step")
			holds := rapid.Bool().Draw(t, "holds")
			if holds && since < 0 {
				since = now
			}
			if holds {
				held = now
			} else if !fires {
				since = -1
			}
			switch s.step(now, holds, rule, repeat) {
			case Firing:
				require.GreaterOrEqual(t, now-since, rule.wait)
				fires = true
			case Resolved:
				require.True(t, fires, "resolved before it fired")
				require.GreaterOrEqual(t, now-held, rule.keep)
				fires, since = false, -1
			}
			require.Equal(t, fires, s.phase == firing)
		}
	})
}
