package coworkredactionprocessor

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor/processorhelper"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/metadata"
)

// A redactionProcessor cleans batches of one signal. It is safe for concurrent
// use.
type redactionProcessor struct {
	enabled   bool
	policy    *policy
	telemetry *metadata.TelemetryBuilder
	logger    *zap.Logger
}

func newProcessor(cfg *Config, set component.TelemetrySettings) (*redactionProcessor, error) {
	policy, err := newPolicy(cfg)
	if err != nil {
		return nil, err
	}
	telemetry, err := metadata.NewTelemetryBuilder(set)
	if err != nil {
		return nil, err
	}
	return &redactionProcessor{enabled: cfg.Enabled, policy: policy, telemetry: telemetry, logger: set.Logger}, nil
}

func (p *redactionProcessor) options() []processorhelper.Option {
	return []processorhelper.Option{
		processorhelper.WithCapabilities(consumer.Capabilities{MutatesData: p.enabled}),
		processorhelper.WithStart(func(context.Context, component.Host) error {
			if !p.enabled {
				p.logger.Warn("redaction is off: telemetry passes as it came")
				return nil
			}
			warnUngated(p.logger, p.policy.ungated)
			return nil
		}),
		processorhelper.WithShutdown(func(context.Context) error {
			p.telemetry.Shutdown()
			return nil
		}),
	}
}

func (p *redactionProcessor) processLogs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	p.walk(ctx, func(w *walker) { w.logs(ld) })
	return ld, nil
}

func (p *redactionProcessor) processMetrics(ctx context.Context, md pmetric.Metrics) (pmetric.Metrics, error) {
	p.walk(ctx, func(w *walker) { w.metrics(md) })
	return md, nil
}

func (p *redactionProcessor) processTraces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	p.walk(ctx, func(w *walker) { w.traces(td) })
	return td, nil
}

// walk leads a walker through a batch and reports what it counted.
func (p *redactionProcessor) walk(ctx context.Context, lead func(*walker)) {
	if !p.enabled {
		return
	}
	w := newWalker(p.policy)
	lead(w)
	w.tally.report(ctx, p.telemetry)
}
