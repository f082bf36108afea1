package lifecycle

import (
	"context"
	"errors"
	"sync/atomic"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/receiver"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/running"
)

// errStopping is returned to a client of a receiver that was cut off. The client may send
// the batch again.
var errStopping = errors.New("receiver: the collector is stopping (send the batch again)")

// A receiverFactory creates receivers with a bounded shutdown.
type receiverFactory struct {
	receiver.Factory
	budget *budget
}

// A gate refuses batches after the shutdown of its receiver, since the components behind
// it no longer store what they get.
type gate struct{ closed atomic.Bool }

func (g *gate) close() { g.closed.Store(true) }

func (g *gate) err() error {
	if g.closed.Load() {
		return errStopping
	}
	return nil
}

func (f receiverFactory) bound(c component.Component, g *gate, logger *zap.Logger) *bounded {
	return &bounded{Component: c, one: receiverLimit, all: receiversUntil, budget: f.budget, logger: logger, ended: g.close}
}

// CreateLogs returns a receiver of logs.
func (f receiverFactory) CreateLogs(ctx context.Context, set receiver.Settings, cfg component.Config, next consumer.Logs) (receiver.Logs, error) {
	g := &gate{}
	gated, err := consumer.NewLogs(func(ctx context.Context, ld plog.Logs) error {
		if err := g.err(); err != nil {
			return err
		}
		return next.ConsumeLogs(ctx, ld)
	}, consumer.WithCapabilities(next.Capabilities()))
	if err != nil {
		return nil, err
	}
	if set, err = countRefused(set); err != nil {
		return nil, err
	}
	r, err := f.Factory.CreateLogs(ctx, set, cfg, gated)
	if err != nil {
		return nil, err
	}
	b, id := f.bound(r, g, set.Logger), set.ID.String()
	b.started = func() { running.Started(id, serversOf(id, cfg)) }
	b.ended = func() {
		g.close()
		running.Stopped(id)
	}
	return b, nil
}

// CreateMetrics returns a receiver of metrics.
func (f receiverFactory) CreateMetrics(ctx context.Context, set receiver.Settings, cfg component.Config, next consumer.Metrics) (receiver.Metrics, error) {
	g := &gate{}
	gated, err := consumer.NewMetrics(func(ctx context.Context, md pmetric.Metrics) error {
		if err := g.err(); err != nil {
			return err
		}
		return next.ConsumeMetrics(ctx, md)
	}, consumer.WithCapabilities(next.Capabilities()))
	if err != nil {
		return nil, err
	}
	if set, err = countRefused(set); err != nil {
		return nil, err
	}
	r, err := f.Factory.CreateMetrics(ctx, set, cfg, gated)
	if err != nil {
		return nil, err
	}
	return f.bound(r, g, set.Logger), nil
}

// CreateTraces returns a receiver of traces.
func (f receiverFactory) CreateTraces(ctx context.Context, set receiver.Settings, cfg component.Config, next consumer.Traces) (receiver.Traces, error) {
	g := &gate{}
	gated, err := consumer.NewTraces(func(ctx context.Context, td ptrace.Traces) error {
		if err := g.err(); err != nil {
			return err
		}
		return next.ConsumeTraces(ctx, td)
	}, consumer.WithCapabilities(next.Capabilities()))
	if err != nil {
		return nil, err
	}
	if set, err = countRefused(set); err != nil {
		return nil, err
	}
	r, err := f.Factory.CreateTraces(ctx, set, cfg, gated)
	if err != nil {
		return nil, err
	}
	return f.bound(r, g, set.Logger), nil
}
