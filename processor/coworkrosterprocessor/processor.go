package coworkrosterprocessor

import (
	"context"

	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor/processorhelper"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/roster"
	"github.com/cowork-otel/collector/processor/coworkrosterprocessor/internal/metadata"
)

// A rosterProcessor writes the attributes of people in batches of one signal. It is safe
// for concurrent use.
type rosterProcessor struct {
	source    *source
	join      []string
	targets   []target
	telemetry *metadata.TelemetryBuilder
}

// A target is an attribute that is written, and the attributes of clients that are
// read instead where the list has no value.
type target struct {
	attribute string
	from      []string
}

func newProcessor(cfg *Config, s *source, telemetry *metadata.TelemetryBuilder) *rosterProcessor {
	p := &rosterProcessor{source: s, join: cfg.Join, telemetry: telemetry}
	for _, t := range cfg.settings().Targets {
		p.targets = append(p.targets, target{t.Attribute, cfg.FromAttributes[t.Column]})
	}
	return p
}

func (p *rosterProcessor) options() []processorhelper.Option {
	return []processorhelper.Option{
		processorhelper.WithCapabilities(consumer.Capabilities{MutatesData: true}),
		processorhelper.WithStart(p.source.start),
		processorhelper.WithShutdown(func(ctx context.Context) error {
			err := p.source.shutdown(ctx)
			p.telemetry.Shutdown()
			return err
		}),
	}
}

// withRoster passes the list to the components behind: redaction does not scan its values.
func withRoster[T any](s *source, next func(context.Context, T) error) func(context.Context, T) error {
	return func(ctx context.Context, batch T) error {
		return next(roster.NewContext(ctx, s.current.Load()), batch)
	}
}

func (p *rosterProcessor) processLogs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	b := p.newBatch()
	b.logs(ld)
	b.record(ctx)
	return ld, nil
}

func (p *rosterProcessor) processMetrics(ctx context.Context, md pmetric.Metrics) (pmetric.Metrics, error) {
	b := p.newBatch()
	b.metrics(md)
	b.record(ctx)
	return md, nil
}

func (p *rosterProcessor) processTraces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	b := p.newBatch()
	b.traces(td)
	b.record(ctx)
	return td, nil
}

// record adds the counters of a batch to the component's instruments.
func (b *batch) record(ctx context.Context) {
	for result, n := range b.results {
		if n > 0 {
			b.telemetry.ProcessorCoworkRosterItems.Add(ctx, n, resultLabels[result])
		}
	}
	if b.removed > 0 {
		b.telemetry.ProcessorCoworkRosterRemoved.Add(ctx, int64(b.removed))
	}
	if b.refused > 0 {
		b.telemetry.ProcessorCoworkRosterRefusedValues.Add(ctx, b.refused)
	}
}

// The results of a search, which are labels of the counter of items.
const (
	matched = iota
	unmatched
	anonymous
	results // how many there are
)

var resultLabels = [results]metric.MeasurementOption{
	matched:   resultLabel("matched"),
	unmatched: resultLabel("unmatched"),
	anonymous: resultLabel("anonymous"),
}

func resultLabel(name string) metric.MeasurementOption {
	return metric.WithAttributeSet(attribute.NewSet(attribute.String("result", name)))
}
