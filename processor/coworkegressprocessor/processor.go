package coworkegressprocessor

import (
	"context"
	"slices"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/egress"
	"github.com/cowork-otel/collector/internal/pii"
	"github.com/cowork-otel/collector/processor/coworkegressprocessor/internal/metadata"
)

// An egressProcessor writes the verdicts on events. It is safe for concurrent use.
type egressProcessor struct {
	source    *source
	scanner   *pii.Scanner
	telemetry *metadata.TelemetryBuilder
}

func newProcessor(cfg *Config, set processor.Settings) (*egressProcessor, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	scanner, err := newScanner()
	if err != nil {
		return nil, err
	}
	return &egressProcessor{newSource(cfg, set, telemetry), scanner, telemetry}, nil
}

func (p *egressProcessor) shutdown(ctx context.Context) error {
	p.source.shutdown(ctx)
	p.telemetry.Shutdown()
	return nil
}

func (p *egressProcessor) processLogs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	b := batch{policy: p.source.current.Load()}
	b.judgment.Redact = func(written, host string) string { return redactHost(p.scanner, written, host) }
	b.logs(ld)
	p.countVerdicts(ctx, &b)
	return ld, nil
}

// The kinds of verdicts, which are labels of the counter of verdicts.
const (
	ofHosts = iota
	ofConnector
	ofPlugin
	kinds // how many there are
)

var (
	kindNames = [kinds]string{"hosts", "connector", "plugin"}
	verdicts  = [...]egress.Verdict{egress.Disabled, egress.Unlisted, egress.Allowed, egress.Local}
)

// A batch is the state of the processor for one batch.
type batch struct {
	policy   *egress.Policy
	judgment egress.Judgment

	counts                [kinds][len(verdicts)]int64
	cut, omitted, removed int
}

func (b *batch) logs(ld plog.Logs) {
	for _, rl := range ld.ResourceLogs().All() {
		b.removed += cowork.Remove(rl.Resource().Attributes(), egress.IsAttribute)
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				b.event(cowork.EventOf(rl.Resource(), sl.Scope(), rec))
			}
		}
	}
}

func (b *batch) event(e cowork.Event) {
	b.removed += cowork.RemoveFromEvent(e, egress.IsAttribute)
	if b.policy.IsEmpty() {
		return
	}
	b.policy.Judge(e, &b.judgment)
	b.judgment.Write(e.Record().Attributes())
	b.count(ofHosts, b.judgment.Verdict)
	b.count(ofConnector, b.judgment.Connector)
	b.count(ofPlugin, b.judgment.Plugin)
	b.cut += b.judgment.Cut
	b.omitted += b.judgment.Omitted
}

func (b *batch) count(kind int, v egress.Verdict) {
	if i := slices.Index(verdicts[:], v); i >= 0 {
		b.counts[kind][i]++
	}
}

// countVerdicts adds the counters of a batch to the component's instruments.
func (p *egressProcessor) countVerdicts(ctx context.Context, b *batch) {
	for kind, counts := range b.counts {
		for i, n := range counts {
			if n > 0 {
				p.telemetry.ProcessorCoworkEgressEvents.Add(ctx, n, countLabels[kind][i])
			}
		}
	}
	for reason, n := range map[string]int{"cut_text": b.cut, "host": b.omitted} {
		if n > 0 {
			p.telemetry.ProcessorCoworkEgressOmitted.Add(ctx, int64(n), metric.WithAttributes(attribute.String("reason", reason)))
		}
	}
	if b.removed > 0 {
		p.telemetry.ProcessorCoworkEgressRemoved.Add(ctx, int64(b.removed))
	}
}

var countLabels = func() (labels [kinds][len(verdicts)]metric.MeasurementOption) {
	for kind, name := range kindNames {
		for i, v := range verdicts {
			labels[kind][i] = metric.WithAttributeSet(attribute.NewSet(attribute.String("of", name), attribute.String("verdict", string(v))))
		}
	}
	return labels
}()
