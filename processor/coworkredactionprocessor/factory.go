package coworkredactionprocessor

import (
	"context"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/metadata"
)

// NewFactory returns the factory of the cowork_redaction processor.
func NewFactory() processor.Factory {
	f := &sharedFactory{unknown: map[component.ID]*unknownAttributes{}}
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
		Enabled:               true,
		RedactPromptContent:   true,
		RedactResponseContent: true,
		RedactAPIBodies:       true,
		UnknownContent:        UnknownReplace,
		MaxUnknownBytes:       128,
		Identities:            Identities{Attributes: []Key{"user.email"}, Action: ActionRedact},
		MaxValueBytes:         256 << 10,
	}
}

// A sharedFactory creates processors. Those of one id share the names of unknown
// attributes, so that the logs report what was found in traces and metrics.
type sharedFactory struct {
	mu      sync.Mutex
	unknown map[component.ID]*unknownAttributes
}

// create returns the processor of one signal.
func (f *sharedFactory) create(set processor.Settings, cfg component.Config) (*redactionProcessor, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.unknown[set.ID] == nil {
		f.unknown[set.ID] = newUnknownAttributes()
	}
	return newProcessor(cfg.(*Config), set.TelemetrySettings, f.unknown[set.ID])
}

func (f *sharedFactory) createLogs(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	p, err := f.create(set, cfg)
	if err != nil {
		return nil, err
	}
	return processorhelper.NewLogs(ctx, set, cfg, next, p.processLogs, p.options()...)
}

func (f *sharedFactory) createMetrics(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Metrics) (processor.Metrics, error) {
	p, err := f.create(set, cfg)
	if err != nil {
		return nil, err
	}
	return processorhelper.NewMetrics(ctx, set, cfg, next, p.processMetrics, p.options()...)
}

func (f *sharedFactory) createTraces(ctx context.Context, set processor.Settings, cfg component.Config, next consumer.Traces) (processor.Traces, error) {
	p, err := f.create(set, cfg)
	if err != nil {
		return nil, err
	}
	return processorhelper.NewTraces(ctx, set, cfg, next, p.processTraces, p.options()...)
}
