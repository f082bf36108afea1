package changedfile

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/internal/problem"
)

// TestWatch reads files that get an error, and are mended: the error is counted, logged and
// reported once.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		core, logs := observer.New(zap.ErrorLevel)
		var failure atomic.Pointer[string]
		fail := func(text string) { failure.Store(&text) }
		var reads, failures atomic.Int64
		var failed atomic.Bool // at the last read
		var w Watch
		w = Watch{
			Component: "processors::a", List: "the list of people", Interval: time.Minute, Now: time.Now, Logger: zap.New(core),
			Read: func(context.Context) error {
				reads.Add(1)
				failed.Store(w.Failed())
				if text := failure.Load(); text != nil {
					return errors.New(*text)
				}
				return nil
			},
			Count: func(context.Context, error) { failures.Add(1) },
		}
		after := func(d time.Duration) {
			time.Sleep(d)
			synctest.Wait()
		}
		fail("line 3: is bad")
		require.EqualError(t, w.Follow(t.Context()), "file: line 3: is bad")
		after(time.Hour)
		require.EqualValues(t, 1, reads.Load(), "no loop")

		failure.Store(nil)
		require.NoError(t, w.Follow(t.Context()))
		fail("line 4: is bad")
		after(3 * time.Minute)
		require.True(t, failed.Load())
		require.Equal(t, []int64{5, 1, 1}, []int64{reads.Load(), failures.Load(), int64(logs.Len())})
		require.Equal(t, "the list of people cannot be used: the one before stays in use", logs.All()[0].Message)
		require.Len(t, problem.List(), 1)
		require.Equal(t, "cannot be used: the list of people before stays in use", problem.List()[0].Text)
		failure.Store(nil)
		after(time.Minute)
		require.Empty(t, problem.List())

		fail("line 5: is bad")
		after(time.Minute)
		w.Stop(t.Context())
		require.Empty(t, problem.List())
		after(time.Hour)
		require.False(t, failed.Load(), "the read before was without an error")
		require.EqualValues(t, 7, reads.Load())
	})
}
