package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/receivertest"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// A hanging is a component whose shutdown ends when the test does, or with its context.
type hanging struct {
	component.StartFunc
	release chan struct{}
	polite  bool // ends with the context
}

func (h hanging) Shutdown(ctx context.Context) error {
	if h.polite {
		<-ctx.Done()
		return ctx.Err()
	}
	<-h.release
	return nil
}

// TestBounded shuts down components that hang. Each ends in its bound, and all of them end
// before the limits of the process.
func TestBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		core, logs := observer.New(zap.WarnLevel)
		release := make(chan struct{})
		b := &budget{}
		begin := time.Now()
		for range 3 {
			for _, polite := range []bool{false, true} {
				r := &bounded{Component: hanging{release: release, polite: polite}, one: receiverLimit, all: receiversUntil, budget: b, logger: zap.New(core)}
				require.NoError(t, r.Shutdown(t.Context()))
			}
		}
		require.LessOrEqual(t, time.Since(begin), 9*time.Second, "receivers")
		for range 5 {
			e := &bounded{Component: hanging{release: release}, one: exporterLimit, all: exportersUntil, budget: b, logger: zap.New(core)}
			require.NoError(t, e.Shutdown(t.Context()))
		}
		require.Less(t, time.Since(begin), HardLimit)
		require.Equal(t, 11, logs.Len(), "each is logged")
		close(release)
	})
}

// TestBoundedReturns checks that a component that ends has its own result.
func TestBoundedReturns(t *testing.T) {
	mistake := errors.New("a mistake")
	b := &bounded{Component: failing{err: mistake}, one: time.Minute, all: time.Minute, budget: &budget{}, logger: zap.NewNop()}
	require.ErrorIs(t, b.Shutdown(t.Context()), mistake)
}

type failing struct {
	component.StartFunc
	err error
}

func (f failing) Shutdown(context.Context) error { return f.err }

// TestGate checks that a receiver that was shut down refuses batches, with an error after
// which a client sends them again.
func TestGate(t *testing.T) {
	var next keptNext
	typ := component.MustNewType("kept")
	inner := receiver.NewFactory(typ, func() component.Config { return nil },
		receiver.WithLogs(next.logs, component.StabilityLevelStable),
		receiver.WithMetrics(next.metrics, component.StabilityLevelStable),
		receiver.WithTraces(next.traces, component.StabilityLevelStable))
	f := boundFactories(otelcol.Factories{Receivers: map[component.Type]receiver.Factory{typ: inner}}).Receivers[typ]
	sink := consumertest.NewNop()
	set := receivertest.NewNopSettings(typ)
	l, err := f.CreateLogs(t.Context(), set, nil, sink)
	require.NoError(t, err)
	m, err := f.CreateMetrics(t.Context(), set, nil, sink)
	require.NoError(t, err)
	s, err := f.CreateTraces(t.Context(), set, nil, sink)
	require.NoError(t, err)
	consume := func() []error {
		return []error{
			next.l.ConsumeLogs(t.Context(), plog.NewLogs()),
			next.m.ConsumeMetrics(t.Context(), pmetric.NewMetrics()),
			next.t.ConsumeTraces(t.Context(), ptrace.NewTraces()),
		}
	}
	require.Equal(t, []error{nil, nil, nil}, consume())
	for _, c := range []component.Component{l, m, s} {
		require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, c.Shutdown(t.Context()))
	}
	require.Equal(t, []error{errStopping, errStopping, errStopping}, consume())
}

// TestOnlyCutOff checks which errors of a shutdown are no more than the end of its context.
func TestOnlyCutOff(t *testing.T) {
	wrap := func(err error) error { return fmt.Errorf("failed to shutdown logger: %w", err) }
	other := errors.New("disk full")
	require.True(t, onlyCutOff(nil))
	require.True(t, onlyCutOff(wrap(context.Canceled)))
	require.True(t, onlyCutOff(wrap(errors.Join(wrap(context.Canceled), wrap(context.Canceled)))))
	require.False(t, onlyCutOff(other))
	require.False(t, onlyCutOff(wrap(errors.Join(wrap(context.Canceled), wrap(other)))))
	require.False(t, onlyCutOff(errors.Join(other, context.Canceled)))
}
