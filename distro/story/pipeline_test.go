package story

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// processors are what the events pass before the stage "redacted".
var processors = []processor.Factory{
	coworkeventprocessor.NewFactory(),
	coworkredactionprocessor.NewFactory(),
}

// redacted sends a batch through the processors with a story's settings.
func redacted(t *testing.T, settings *confmap.Conf, in plog.Logs) plog.Logs {
	t.Helper()
	sink := new(consumertest.LogsSink)
	var next consumer.Logs = sink
	for _, factory := range slices.Backward(processors) {
		next = startProcessor(t, factory, settings, next)
	}
	require.NoError(t, next.ConsumeLogs(t.Context(), in))
	out := plog.NewLogs()
	for _, ld := range sink.AllLogs() {
		ld.ResourceLogs().MoveAndAppendTo(out.ResourceLogs())
	}
	return out
}

func startProcessor(t *testing.T, factory processor.Factory, settings *confmap.Conf, next consumer.Logs) processor.Logs {
	t.Helper()
	p, err := factory.CreateLogs(t.Context(), processortest.NewNopSettings(factory.Type()), configOf(t, factory, settings), next)
	require.NoError(t, err)
	require.NoError(t, p.Start(t.Context(), componenttest.NewNopHost()))
	t.Cleanup(func() { require.NoError(t, p.Shutdown(context.Background())) })
	return p
}

// configOf returns a component's configuration: its defaults and what the story
// sets, checked as the collector checks it.
func configOf(t *testing.T, factory component.Factory, settings *confmap.Conf) component.Config {
	t.Helper()
	cfg := factory.CreateDefaultConfig()
	own, err := settings.Sub(factory.Type().String())
	require.NoError(t, err)
	require.NoError(t, own.Unmarshal(cfg))
	require.NoError(t, confmap.Validate(cfg))
	return cfg
}
