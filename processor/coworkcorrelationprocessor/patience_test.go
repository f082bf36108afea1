package coworkcorrelationprocessor

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"
)

// A wall takes nothing, and its callers wait as long as they may.
type wall struct{ consumertest.Consumer }

func (wall) ConsumeLogs(ctx context.Context, _ plog.Logs) error {
	<-ctx.Done()
	return ctx.Err()
}

// TestPatience does not wait for ever for a component that does not answer, neither
// while it runs nor when it ends.
func TestPatience(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		cfg := createDefaultConfig().(*Config)
		cfg.IdleTimeout = time.Second
		p, err := NewFactory().CreateLogs(t.Context(), processortest.NewNopSettings(NewFactory().Type()), cfg, wall{consumertest.NewNop()})
		require.NoError(t, err)
		require.NoError(t, p.Start(t.Context(), componenttest.NewNopHost()))
		c := p.(*correlator)
		c.mu.Lock()
		b := batch{correlator: c, now: time.Now()}
		b.correlate(request(1, "r", nil))
		c.mu.Unlock()

		time.Sleep(2*time.Second + patience)
		synctest.Wait()
		c.mu.Lock()
		require.Zero(t, c.tracker.Stats().Open)
		c.mu.Unlock()

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		require.NoError(t, p.Shutdown(ctx))
		require.Equal(t, time.Second, time.Since(begin))
	})
}

// TestVerifyShutdown is the contract of processors.
func TestVerifyShutdown(t *testing.T) {
	processortest.VerifyShutdown(t, NewFactory(), createDefaultConfig())
}
