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

	"github.com/cowork-otel/collector/internal/roster"
	"github.com/cowork-otel/collector/processor/coworkredactionprocessor/internal/metadata"
)

// A redactionProcessor redacts batches of one signal. It is safe for concurrent use.
type redactionProcessor struct {
	enabled    bool
	trustMarks bool
	rules      *ruleSet
	unknown    *unknownAttributes
	telemetry  *metadata.TelemetryBuilder
	logger     *zap.Logger
}

func newProcessor(cfg *Config, set component.TelemetrySettings, unknown *unknownAttributes) (*redactionProcessor, error) {
	rules, err := newRuleSet(cfg)
	if err != nil {
		return nil, err
	}
	telemetry, err := metadata.NewTelemetryBuilder(set)
	if err != nil {
		return nil, err
	}
	return &redactionProcessor{enabled: cfg.Enabled, trustMarks: cfg.TrustMarks, rules: rules, unknown: unknown, telemetry: telemetry, logger: set.Logger}, nil
}

func (p *redactionProcessor) options() []processorhelper.Option {
	return []processorhelper.Option{
		processorhelper.WithCapabilities(consumer.Capabilities{MutatesData: p.enabled}),
		processorhelper.WithStart(func(context.Context, component.Host) error {
			if !p.enabled {
				p.logger.Warn("redaction is off: telemetry passes unchanged")
				return nil
			}
			warnSlowPatterns(p.logger, p.rules.slowPatterns)
			return nil
		}),
		processorhelper.WithShutdown(func(context.Context) error {
			p.telemetry.Shutdown()
			return nil
		}),
	}
}

func (p *redactionProcessor) processLogs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	p.redact(ctx, func(r *redactor) { redactLogs(r, ld) })
	return ld, nil
}

func (p *redactionProcessor) processMetrics(ctx context.Context, md pmetric.Metrics) (pmetric.Metrics, error) {
	p.redact(ctx, func(r *redactor) { redactMetrics(r, md) })
	return md, nil
}

func (p *redactionProcessor) processTraces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	p.redact(ctx, func(r *redactor) { redactTraces(r, td) })
	return td, nil
}

// redact redacts one batch and records its counters.
func (p *redactionProcessor) redact(ctx context.Context, batch func(*redactor)) {
	if !p.enabled {
		return
	}
	r := newRedactor(p.rules, p.unknown)
	r.trustMarks, r.people = p.trustMarks, roster.FromContext(ctx)
	r.redactBatch(batch)
	r.counters.record(ctx, p.telemetry)
	for _, name := range p.unknown.takeUnlogged() {
		p.logger.Warn("unknown attribute: its long texts are replaced (to scan them instead, add it to known_attributes)", zap.String("attribute", name))
	}
}
