package lifecycle

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/receiver"
)

// A keptNext creates receivers that do nothing, and keeps the consumers behind them.
type keptNext struct {
	l consumer.Logs
	m consumer.Metrics
	t consumer.Traces
}

type nothing struct {
	component.StartFunc
	component.ShutdownFunc
}

func (k *keptNext) logs(_ context.Context, _ receiver.Settings, _ component.Config, next consumer.Logs) (receiver.Logs, error) {
	k.l = next
	return nothing{}, nil
}

func (k *keptNext) metrics(_ context.Context, _ receiver.Settings, _ component.Config, next consumer.Metrics) (receiver.Metrics, error) {
	k.m = next
	return nothing{}, nil
}

func (k *keptNext) traces(_ context.Context, _ receiver.Settings, _ component.Config, next consumer.Traces) (receiver.Traces, error) {
	k.t = next
	return nothing{}, nil
}
