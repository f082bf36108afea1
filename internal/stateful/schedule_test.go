package stateful

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

func TestSchedule(t *testing.T) {
	at := func(seconds float64) time.Time {
		return statefultest.Noon.Add(time.Duration(seconds * float64(time.Second)))
	}
	s := NewSchedule(at(0), 10*time.Second, time.Second)
	require.False(t, s.IsDue(at(9.4)))
	require.True(t, s.IsDue(at(9.6)), "the tick of 10 s came early")
	require.True(t, s.IsDue(at(11)), "until a checkpoint was stored")
	s.Stored(at(11), time.Second)
	require.False(t, s.IsDue(at(12)))
	require.Equal(t, 4*time.Second, s.Age(at(15)))
	require.False(t, s.IsAffordable(at(20)))
	require.True(t, s.IsAffordable(at(21)), "ten times its cost after it")
}
