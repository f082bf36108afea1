package coworkrosterprocessor

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkrosterprocessor/internal/metadata"
)

// NewFactory returns the factory of the cowork_roster processor.
func NewFactory() processor.Factory {
	f := &sharedFactory{sources: map[*Config]*source{}}
	return processor.NewFactory(
		metadata.Type,
		createDefaultConfig,
		processor.WithLogs(f.createLogs, metadata.LogsStability),
		processor.WithMetrics(f.createMetrics, metadata.MetricsStability),
		processor.WithTraces(f.createTraces, metadata.TracesStability),
	)
}

func createDefaultConfig() component.Config {
	return &Config{
		ReloadInterval: 10 * time.Second,
		Join:           []string{"user.email", "user.account_uuid", "user.id", "enduser.id", "process.owner"},
		Attributes:     defaultAttributes(),
	}
}

// defaultAttributes are the columns that are kept by default. A file may lack some of them.
func defaultAttributes() map[string]string {
	return map[string]string{
		"name": cowork.UserNameAttribute, "team": cowork.TeamAttribute, "cost_center": cowork.CostCenterAttribute,
	}
}

// A sharedFactory creates processors. Those of one id have one configuration and share the
// list of people.
type sharedFactory struct {
	mu      sync.Mutex
	sources map[*Config]*source
}

func (f *sharedFactory) create(set processor.Settings, cfg component.Config) (*rosterProcessor, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	c := cfg.(*Config)
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.sources[c]
	if s == nil {
		s = newSource(c, set, telemetry)
		s.stopped = func() {
			f.mu.Lock()
			defer f.mu.Unlock()
			delete(f.sources, c)
		}
		f.sources[c] = s
	}
	return newProcessor(c, s, telemetry), nil
}

func (f *sharedFactory) createLogs(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	p, err := f.create(set, cfg)
	if err != nil {
		return nil, err
	}
	if next, err = consumer.NewLogs(withRoster(p.source, next.ConsumeLogs), consumer.WithCapabilities(next.Capabilities())); err != nil {
		return nil, err
	}
	return processorhelper.NewLogs(ctx, set, cfg, next, p.processLogs, p.options()...)
}

func (f *sharedFactory) createMetrics(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Metrics) (processor.Metrics, error) {
	p, err := f.create(set, cfg)
	if err != nil {
		return nil, err
	}
	if next, err = consumer.NewMetrics(withRoster(p.source, next.ConsumeMetrics), consumer.WithCapabilities(next.Capabilities())); err != nil {
		return nil, err
	}
	return processorhelper.NewMetrics(ctx, set, cfg, next, p.processMetrics, p.options()...)
}

func (f *sharedFactory) createTraces(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Traces) (processor.Traces, error) {
	p, err := f.create(set, cfg)
	if err != nil {
		return nil, err
	}
	if next, err = consumer.NewTraces(withRoster(p.source, next.ConsumeTraces), consumer.WithCapabilities(next.Capabilities())); err != nil {
		return nil, err
	}
	return processorhelper.NewTraces(ctx, set, cfg, next, p.processTraces, p.options()...)
}
