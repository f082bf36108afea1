package lifecycle

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.uber.org/zap"
)

// A watched records what a health check shows.
type watched struct {
	nothing
	state []string
}

func (w *watched) Ready() error    { w.state = append(w.state, "ready"); return nil }
func (w *watched) NotReady() error { w.state = append(w.state, "not ready"); return nil }

// TestHealth degrades a component for a time: the health check fails meanwhile.
func TestHealth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var degraded []string
		w := &watched{}
		h := &health{Extension: w, watcher: w, logger: zap.NewNop(), degraded: func() []string { return degraded }}
		require.NoError(t, h.Start(t.Context(), componenttest.NewNopHost()))
		check := func(want ...string) {
			t.Helper()
			time.Sleep(2 * healthInterval) // of the fake clock
			synctest.Wait()
			require.Equal(t, want, w.state)
			w.state = nil
		}
		check()
		require.NoError(t, h.Ready())
		check("ready")
		degraded = []string{"exporter file"}
		check("not ready")
		degraded = nil
		check("ready")
		require.NoError(t, h.NotReady())
		check("not ready")
		degraded = []string{"exporter file"}
		require.NoError(t, h.Ready(), "after a reload")
		check()
		require.NoError(t, h.Shutdown(t.Context()))
	})
	require.NoError(t, (&health{Extension: &watched{}}).Shutdown(t.Context()), "without a start")
}
