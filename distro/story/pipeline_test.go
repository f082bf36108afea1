package story

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/connector/coworktracesconnector"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// cleaners are what the events pass before the stage "redacted".
var cleaners = []processor.Factory{
	coworkeventprocessor.NewFactory(),
	coworkredactionprocessor.NewFactory(),
}

// redacted sends a batch through the cleaners with a story's settings.
func redacted(t *testing.T, settings *confmap.Conf, in plog.Logs) plog.Logs {
	t.Helper()
	sink := new(consumertest.LogsSink)
	var next consumer.Logs = sink
	for _, factory := range slices.Backward(cleaners) {
		next = startProcessor(t, componenttest.NewNopHost(), factory, settings, next)
	}
	require.NoError(t, next.ConsumeLogs(t.Context(), in))
	return merged(sink)
}

// merged returns all that a sink has as one batch.
func merged(sink *consumertest.LogsSink) plog.Logs {
	out := plog.NewLogs()
	for _, ld := range sink.AllLogs() {
		ld.ResourceLogs().MoveAndAppendTo(out.ResourceLogs())
	}
	return out
}

func startProcessor(t *testing.T, host component.Host, factory processor.Factory, settings *confmap.Conf, next consumer.Logs) processor.Logs {
	t.Helper()
	p, err := factory.CreateLogs(t.Context(), processortest.NewNopSettings(factory.Type()), configOf(t, factory, settings), next)
	require.NoError(t, err)
	require.NoError(t, p.Start(t.Context(), host))
	t.Cleanup(func() { require.NoError(t, p.Shutdown(context.Background())) })
	return p
}

// spans returns what cowork_traces makes of a batch with a story's settings. The
// batch is read-only, as it is where others read it too.
func spans(t *testing.T, settings *confmap.Conf, ld plog.Logs) ptrace.Traces {
	t.Helper()
	factory := coworktracesconnector.NewFactory()
	sink := new(consumertest.TracesSink)
	c, err := factory.CreateLogsToTraces(t.Context(), connectortest.NewNopSettings(factory.Type()), configOf(t, factory, settings), sink)
	require.NoError(t, err)
	require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
	ld.MarkReadOnly()
	require.NoError(t, c.ConsumeLogs(t.Context(), ld))
	require.NoError(t, c.Shutdown(t.Context()))
	out := ptrace.NewTraces()
	for _, td := range sink.AllTraces() {
		td.ResourceSpans().MoveAndAppendTo(out.ResourceSpans())
	}
	return out
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
