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
	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor"
)

// A pipeline is the components of a running collector, as the default configuration
// has them. What passes is noted in the tale.
type pipeline struct {
	*tale
	head       consumer.Logs
	components []component.Component // the last of the pipeline first
	dead       atomic.Bool           // was killed: nothing leaves it any more
}

// storageID is the ID of the storage in the settings of stories.
var storageID = component.MustNewID("file_storage")

// start starts a collector with the tale's settings and storage.
func (ta *tale) start(t *testing.T) *pipeline {
	t.Helper()
	p := &pipeline{tale: ta}
	p.traces(t)
	traces := p.head
	p.metrics(t)
	metrics := p.head
	p.rules(t)
	p.fork(t, traces, metrics, p.head)
	p.tap(t, ta.correlated)
	p.processor(t, coworkcorrelationprocessor.NewFactory())
	p.tap(t, ta.redacted)
	p.cleaners(t)
	return p
}

// cleaners adds what everything passes first.
func (p *pipeline) cleaners(t *testing.T) {
	t.Helper()
	p.processor(t, coworkredactionprocessor.NewFactory())
	p.processor(t, coworkeventprocessor.NewFactory())
}

// stop ends the components, the first of the pipeline first.
func (p *pipeline) stop(t *testing.T) {
	t.Helper()
	for i := range p.components {
		require.NoError(t, p.components[len(p.components)-1-i].Shutdown(t.Context()))
	}
}

// add starts a component and makes it the pipeline's first.
func (p *pipeline) add(t *testing.T, c interface {
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
	p.add(t, c)
}

// traces adds cowork_traces, and notes its spans.
func (p *pipeline) traces(t *testing.T) {
	t.Helper()
	end, err := consumer.NewTraces(func(_ context.Context, td ptrace.Traces) error {
		p.noteSpans(td)
		return nil
	})
	require.NoError(t, err)
	factory := coworktracesconnector.NewFactory()
	c, err := factory.CreateLogsToTraces(t.Context(), connectortest.NewNopSettings(factory.Type()), configOf(t, factory, p.settings), end)
	require.NoError(t, err)
	p.add(t, c)
}

// metrics adds cowork_metrics, and notes its points.
func (p *pipeline) metrics(t *testing.T) {
	t.Helper()
	end, err := consumer.NewMetrics(func(_ context.Context, md pmetric.Metrics) error {
		if !p.dead.Load() {
			p.notePoints(md)
		}
		return nil
	})
	require.NoError(t, err)
	factory := coworkmetricsconnector.NewFactory()
	c, err := factory.CreateLogsToMetrics(t.Context(), connectortest.NewNopSettings(factory.Type()), configOf(t, factory, p.settings), end)
	require.NoError(t, err)
	p.add(t, c)
}

// rules adds cowork_rules, and notes its alerts.
func (p *pipeline) rules(t *testing.T) {
	t.Helper()
	end, err := consumer.NewLogs(func(_ context.Context, ld plog.Logs) error {
		if !p.dead.Load() {
			p.note(p.alerts, ld)
		}
		return nil
	})
	require.NoError(t, err)
	factory := coworkrulesconnector.NewFactory()
	c, err := factory.CreateLogsToLogs(t.Context(), connectortest.NewNopSettings(factory.Type()), configOf(t, factory, p.settings), end)
	require.NoError(t, err)
	p.add(t, c)
}

// fork sends what comes to all of these.
func (p *pipeline) fork(t *testing.T, to ...consumer.Logs) {
	t.Helper()
	fork, err := consumer.NewLogs(func(ctx context.Context, ld plog.Logs) error {
		var errs []error
		for _, next := range to {
			errs = append(errs, next.ConsumeLogs(ctx, ld))
		}
		return errors.Join(errs...)
	})
	require.NoError(t, err)
	p.head = fork
}

// tap notes what passes. Behind it a batch is its reader's alone if that one changes
// it, and otherwise nobody's to change: others read it too.
func (p *pipeline) tap(t *testing.T, to plog.Logs) {
	t.Helper()
	next := p.head
	tap, err := consumer.NewLogs(func(ctx context.Context, ld plog.Logs) error {
		if p.dead.Load() {
			return nil
		}
		p.note(to, ld)
		if !next.Capabilities().MutatesData {
			ld.MarkReadOnly()
		}
		return next.ConsumeLogs(ctx, ld)
	}, consumer.WithCapabilities(consumer.Capabilities{MutatesData: true}))
	require.NoError(t, err)
	p.head = tap
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
