package coworkcorrelationprocessor

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// startSending starts a processor and closes a prompt, whose summary is being sent to a
// slow component.
func startSending(t *testing.T, next func(context.Context) error) *correlator {
	t.Helper()
	return startSendingStored(t, componenttest.NewNopHost(), defaults, next)
}

// startSendingStored is startSending with a storage.
func startSendingStored(t *testing.T, host component.Host, configure func(*Config), next func(context.Context) error) *correlator {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	configure(cfg)
	cfg.IdleTimeout = time.Second
	consume, err := consumer.NewLogs(func(ctx context.Context, ld plog.Logs) error {
		if record(ld).EventName() == "cowork.prompt_summary" {
			return next(ctx)
		}
		return nil
	})
	require.NoError(t, err)
	p, err := NewFactory().CreateLogs(t.Context(), processortest.NewNopSettings(NewFactory().Type()), cfg, consume)
	require.NoError(t, err)
	require.NoError(t, p.Start(t.Context(), host))
	require.NoError(t, p.ConsumeLogs(t.Context(), request(1, "r", nil)))
	statefultest.Advance(1200 * time.Millisecond)
	return p.(*correlator)
}

// TestSendTimeout checks that a component that does not return is called again.
func TestSendTimeout(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		var tries atomic.Int32
		c := startSending(t, func(ctx context.Context) error {
			tries.Add(1)
			<-ctx.Done()
			return ctx.Err()
		})
		require.Equal(t, int32(1), tries.Load())
		statefultest.Advance(sendTimeout + time.Second)
		require.Equal(t, int32(2), tries.Load())

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		require.NoError(t, c.Shutdown(ctx))
		require.Equal(t, time.Second, time.Since(begin), "until its context ends")
	})
}

// TestShutdownWaitsForTheSummary checks that Shutdown waits for the summary that is being
// sent, and does not send it again.
func TestShutdownWaitsForTheSummary(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		arrived := 0
		c := startSending(t, func(ctx context.Context) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(2 * time.Second):
				arrived++
				return nil
			}
		})
		require.NoError(t, c.Shutdown(t.Context()))
		require.Equal(t, 1, arrived)
	})
}

// TestCheckpointsContinueWhileSummariesWait checks that a prompt is stored within a second
// although the next component delays a summary. A crash then lost five seconds.
func TestCheckpointsContinueWhileSummariesWait(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		gate := make(chan struct{})
		c := startSendingStored(t, d, stored, func(context.Context) error {
			<-gate
			return nil
		})
		statefultest.Advance(100 * time.Millisecond)
		require.Equal(t, 1, c.outbox.Len(), "the summary waits")
		d.TakeWrites()
		require.NoError(t, c.ConsumeLogs(t.Context(), request(2, "r2", attributes{"prompt.id": "late"})))
		statefultest.Advance(1100 * time.Millisecond)
		require.NotEmpty(t, d.TakeWrites(), "the prompt is stored")
		close(gate)
		require.NoError(t, c.Shutdown(t.Context()))
	})
}

// TestVerifyShutdown checks the contract of processors.
func TestVerifyShutdown(t *testing.T) {
	processortest.VerifyShutdown(t, NewFactory(), createDefaultConfig())
}
