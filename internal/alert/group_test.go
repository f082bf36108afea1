package alert

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const minute = int64(time.Minute)

// TestState follows an alert, one evaluation a row.
func TestState(t *testing.T) {
	rule := &Rule{wait: 2 * minute, keep: 3 * minute}
	var s alertState
	for _, step := range []struct {
		minute int64
		holds  bool
		want   Status
		phase  phase
	}{
		{0, false, "", inactive},
		{1, true, "", pending},
		{2, false, "", inactive}, // it did not hold long enough
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
		{27, false, "", inactive}, // sent once
	} {
		got := s.advance(step.minute*minute, step.holds, rule, 10*minute)
		require.Equal(t, step.want, got, "minute %d", step.minute)
		require.Equal(t, step.phase, s.phase, "minute %d", step.minute)
	}
}

// TestStateOrder checks that an alert is resolved only after it fired, and once, and that it
// neither fires nor ends early.
func TestStateOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := &Rule{wait: rapid.Int64Range(0, 5).Draw(t, "wait"), keep: rapid.Int64Range(0, 5).Draw(t, "keep")}
		repeat := rapid.Int64Range(1, 10).Draw(t, "repeat")
		var s alertState
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
			switch s.advance(now, holds, rule, repeat) {
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
