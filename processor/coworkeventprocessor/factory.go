package coworkeventprocessor

import (
	"context"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// NewFactory returns the factory of the cowork_event processor.
func NewFactory() processor.Factory {
	f := &sharedFactory{reporters: map[*Config]*reporter{}}
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
		ServiceNames:  []string{"cowork", "claude-code", "claude-code-desktop", "claude-desktop"},
		Normalize:     true,
		Require:       LevelMinimal,
		OnInvalid:     ActionMark,
		ExpectContent: true,

		OnOtherOrganization: ActionDrop,
		Tenants:             Tenants{OnMismatch: MismatchRefuse, OnMissing: MissingPass},
	}
}

// A sharedFactory creates processors. Those of one id have one configuration and share a
// reporter of mismatches.
type sharedFactory struct {
	mu        sync.Mutex
	reporters map[*Config]*reporter
}

// reporterOf returns the reporter of a configuration.
func (f *sharedFactory) reporterOf(cfg *Config) *reporter {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.reporters[cfg]
	if r == nil {
		r = &reporter{}
		f.reporters[cfg] = r
	}
	r.users++
	return r
}

// options returns those of a processor. It forgets the reporter after the last one.
func (f *sharedFactory) options(cfg *Config, telemetry *metadata.TelemetryBuilder) []processorhelper.Option {
	return []processorhelper.Option{
		processorhelper.WithCapabilities(consumer.Capabilities{MutatesData: true}),
		processorhelper.WithShutdown(func(context.Context) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			if r := f.reporters[cfg]; r != nil {
				if r.users--; r.users == 0 {
					delete(f.reporters, cfg)
				}
			}
			telemetry.Shutdown()
			return nil
		}),
	}
}

func (f *sharedFactory) createLogs(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	c := cfg.(*Config)
	f.reporterOf(c).setNext(next)
	p := newProcessor(c, telemetry)
	return processorhelper.NewLogs(ctx, set, cfg, next, p.processLogs, f.options(c, telemetry)...)
}

func (f *sharedFactory) createTraces(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Traces) (processor.Traces, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	c := cfg.(*Config)
	p := &spanProcessor{cfg: c, telemetry: telemetry, reporter: f.reporterOf(c)}
	return processorhelper.NewTraces(ctx, set, cfg, next, p.processTraces, f.options(c, telemetry)...)
}

func (f *sharedFactory) createMetrics(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Metrics) (processor.Metrics, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	c := cfg.(*Config)
	p := &metricProcessor{cfg: c, telemetry: telemetry, reporter: f.reporterOf(c)}
	return processorhelper.NewMetrics(ctx, set, cfg, next, p.processMetrics, f.options(c, telemetry)...)
}
