package lifecycle

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.uber.org/zap"
)

// A watched records what a health check shows, and has the components that are degraded.
type watched struct {
	nothing
	mu         sync.Mutex
	state      []string
	components []string
}

func (w *watched) Ready() error    { return w.show("ready") }
func (w *watched) NotReady() error { return w.show("not ready") }

func (w *watched) show(state string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state = append(w.state, state)
	return nil
}

func (w *watched) take() (state []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	state, w.state = w.state, nil
	return state
}

func (w *watched) degrade(components ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.components = components
}

func (w *watched) degraded() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.components
}

// TestHealth degrades a component for a time: the health check fails meanwhile.
func TestHealth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &watched{}
		h := &health{Extension: w, watcher: w, logger: zap.NewNop(), degraded: w.degraded}
		require.NoError(t, h.Start(t.Context(), componenttest.NewNopHost()))
		check := func(want ...string) {
			t.Helper()
			time.Sleep(2 * healthInterval) // of the fake clock
			synctest.Wait()
			require.Equal(t, want, w.take())
		}
		check()
		require.NoError(t, h.Ready())
		check("ready")
		w.degrade("exporter file")
		check("not ready")
		w.degrade()
		check("ready")
		require.NoError(t, h.NotReady())
		check("not ready")
		w.degrade("exporter file")
		require.NoError(t, h.Ready(), "after a reload")
		check()
		require.NoError(t, h.Shutdown(t.Context()))
	})
	require.NoError(t, (&health{Extension: &watched{}}).Shutdown(t.Context()), "without a start")
}
