package stateful

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

func TestLoopTicksAndWakes(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		var calls []string
		record := func(name string) func(context.Context) {
			return func(context.Context) { calls = append(calls, time.Now().UTC().Format("05 ")+name) }
		}
		l := NewLoop()
		l.Wake()
		l.Wake()
		l.Start(10*time.Second, record("tick"), record("wake"))
		statefultest.Advance(12 * time.Second)
		l.Wake()
		statefultest.Advance(10 * time.Second)
		require.True(t, l.Stop(t.Context()))
		l.Wake()
		statefultest.Advance(time.Minute)
		require.Equal(t, []string{"00 wake", "10 tick", "12 wake", "20 tick"}, calls)
	})
}

func TestStopWithoutStartAndTwice(t *testing.T) {
	l := NewLoop()
	require.False(t, l.Stop(t.Context()))
	l.Start(time.Hour, nil, nil)
	require.True(t, l.Stop(t.Context()))
	require.False(t, l.Stop(t.Context()))
}

// TestStopWaits stops a loop during a call: it waits for the call, and cancels the call's
// context when its own ends.
func TestStopWaits(t *testing.T) {
	for _, takes := range []time.Duration{time.Second, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			l := NewLoop()
			l.Wake()
			l.Start(time.Hour, nil, func(ctx context.Context) {
				select {
				case <-ctx.Done():
				case <-time.After(takes):
				}
			})
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			begin := time.Now()
			require.True(t, l.Stop(ctx))
			require.Equal(t, min(takes, time.Minute), time.Since(begin))
		})
	}
}
