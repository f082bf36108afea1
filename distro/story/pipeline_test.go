package story

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector"
	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
	"github.com/cowork-otel/collector/connector/coworktracesconnector"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor"
	"github.com/cowork-otel/collector/processor/coworkegressprocessor"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
	"github.com/cowork-otel/collector/processor/coworkrosterprocessor"
)

// A pipeline holds the components of a running collector, in the order of the default
// configuration. It records their output in the storyRun.
type pipeline struct {
	*storyRun
	head       consumer.Logs
	headSpans  consumer.Traces       // of the pipeline of clients' spans
	components []component.Component // the last of the pipeline first
	dead       atomic.Bool           // was killed: its output is discarded
}

// storageID is the ID of the storage in the settings of stories.
var storageID = component.MustNewID("file_storage")

// start starts a collector with the settings and storage of the run.
func (run *storyRun) start(t *testing.T) *pipeline {
	t.Helper()
	p := &pipeline{storyRun: run}
	p.traces(t)
	traces := p.head
	p.metrics(t)
	metrics := p.head
	p.rules(t)
	p.fork(t, traces, metrics, p.head)
	p.tap(t, run.correlated)
	p.processor(t, coworkcorrelationprocessor.NewFactory())
	p.tap(t, run.redacted)
	p.cleaners(t)
	return p
}

// cleaners adds the processors that every record and every span passes first. The
// processors of one id share a factory, as in the collector.
func (p *pipeline) cleaners(t *testing.T) {
	t.Helper()
	end, err := consumer.NewTraces(func(_ context.Context, td ptrace.Traces) error {
		p.recordClientSpans(td)
		return nil
	})
	require.NoError(t, err)
	p.headSpans = end
	for _, factory := range []processor.Factory{
		coworkredactionprocessor.NewFactory(), coworkegressprocessor.NewFactory(), coworkrosterprocessor.NewFactory(), coworkeventprocessor.NewFactory(),
	} {
		set := processortest.NewNopSettings(factory.Type())
		cfg := configOf(t, factory, p.settings)
		logs, err := factory.CreateLogs(t.Context(), set, cfg, p.head)
		require.NoError(t, err)
		p.prepend(t, logs)
		if factory.TracesStability() == component.StabilityLevelUndefined {
			continue
		}
		spans, err := factory.CreateTraces(t.Context(), set, cfg, p.headSpans)
		require.NoError(t, err)
		require.NoError(t, spans.Start(t.Context(), statefultest.Host{storageID: p.storage}))
		p.headSpans, p.components = spans, append(p.components, spans)
	}
}

// stop ends the components, the first of the pipeline first.
func (p *pipeline) stop(t *testing.T) {
	t.Helper()
	for i := range p.components {
		require.NoError(t, p.components[len(p.components)-1-i].Shutdown(t.Context()))
	}
}

// prepend starts a component and makes it the first of the pipeline.
func (p *pipeline) prepend(t *testing.T, c interface {
	component.Component
	consumer.Logs
},
) {
	t.Helper()
	require.NoError(t, c.Start(t.Context(), statefultest.Host{storageID: p.storage}))
	p.head, p.components = c, append(p.components, c)
}

func (p *pipeline) processor(t *testing.T, factory processor.Factory) {
	t.Helper()
	c, err := factory.CreateLogs(t.Context(), processortest.NewNopSettings(factory.Type()), configOf(t, factory, p.settings), p.head)
	require.NoError(t, err)
	p.prepend(t, c)
}

// traces adds cowork_traces, and records its spans.
func (p *pipeline) traces(t *testing.T) {
	t.Helper()
	end, err := consumer.NewTraces(func(_ context.Context, td ptrace.Traces) error {
		p.recordSpans(td)
		return nil
	})
	require.NoError(t, err)
	factory := coworktracesconnector.NewFactory()
	c, err := factory.CreateLogsToTraces(t.Context(), connectortest.NewNopSettings(factory.Type()), configOf(t, factory, p.settings), end)
	require.NoError(t, err)
	p.prepend(t, c)
}

// metrics adds cowork_metrics, and records its points.
func (p *pipeline) metrics(t *testing.T) {
	t.Helper()
	end, err := consumer.NewMetrics(func(_ context.Context, md pmetric.Metrics) error {
		if !p.dead.Load() {
			p.recordPoints(md)
		}
		return nil
	})
	require.NoError(t, err)
	factory := coworkmetricsconnector.NewFactory()
	c, err := factory.CreateLogsToMetrics(t.Context(), connectortest.NewNopSettings(factory.Type()), configOf(t, factory, p.settings), end)
	require.NoError(t, err)
	p.prepend(t, c)
}

// rules adds cowork_rules, and records its alerts.
func (p *pipeline) rules(t *testing.T) {
	t.Helper()
	end, err := consumer.NewLogs(func(_ context.Context, ld plog.Logs) error {
		if !p.dead.Load() {
			p.recordLogs(p.alerts, ld)
		}
		return nil
	})
	require.NoError(t, err)
	factory := coworkrulesconnector.NewFactory()
	c, err := factory.CreateLogsToLogs(t.Context(), connectortest.NewNopSettings(factory.Type()), configOf(t, factory, p.settings), end)
	require.NoError(t, err)
	p.prepend(t, c)
}

// fork sends every batch to all of these consumers. Another exporter refuses it in a
// step that has this name.
func (p *pipeline) fork(t *testing.T, to ...consumer.Logs) {
	t.Helper()
	fork, err := consumer.NewLogs(func(ctx context.Context, ld plog.Logs) error {
		var errs []error
		for _, next := range to {
			errs = append(errs, next.ConsumeLogs(ctx, ld))
		}
		if p.refusing.Load() {
			errs = append(errs, errors.New("sending queue is full"))
		}
		return errors.Join(errs...)
	})
	require.NoError(t, err)
	p.head = fork
}

// tap records every batch. It marks a batch as read-only unless the next component
// declares that it mutates data, as the collector does.
func (p *pipeline) tap(t *testing.T, to plog.Logs) {
	t.Helper()
	next := p.head
	tap, err := consumer.NewLogs(func(ctx context.Context, ld plog.Logs) error {
		if p.dead.Load() {
			return nil
		}
		p.recordLogs(to, ld)
		if !next.Capabilities().MutatesData {
			ld.MarkReadOnly()
		}
		return next.ConsumeLogs(ctx, ld)
	}, consumer.WithCapabilities(consumer.Capabilities{MutatesData: true}))
	require.NoError(t, err)
	p.head = tap
}

// configOf returns a component's configuration: its defaults with the settings of the
// story, validated as the collector does.
func configOf(t *testing.T, factory component.Factory, settings *confmap.Conf) component.Config {
	t.Helper()
	cfg := factory.CreateDefaultConfig()
	own, err := settings.Sub(factory.Type().String())
	require.NoError(t, err)
	require.NoError(t, own.Unmarshal(cfg))
	require.NoError(t, confmap.Validate(cfg))
	return cfg
}
