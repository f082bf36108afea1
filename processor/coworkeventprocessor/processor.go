package coworkeventprocessor

import (
	"context"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// errorsAttribute holds what is wrong with a marked event, a slice of
// "attribute: what is wrong".
const errorsAttribute = "cowork.validation.errors"

// An eventProcessor brings the Cowork events of a batch into one form and checks
// them. It is safe for concurrent use.
type eventProcessor struct {
	cfg       *Config
	validator *cowork.Validator
	telemetry *metadata.TelemetryBuilder
	versions  *versions
}

func newProcessor(cfg *Config, telemetry *metadata.TelemetryBuilder) *eventProcessor {
	return &eventProcessor{
		cfg:       cfg,
		validator: cowork.NewValidator(levels[cfg.Require], cfg.RequiredAttributes),
		telemetry: telemetry,
		versions:  newVersions(maxVersions),
	}
}

// processLogs never fails: a record is passed on, or dropped because the
// administrator asked for that.
func (p *eventProcessor) processLogs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	pass := pass{eventProcessor: p, tally: newTally()}
	ld.ResourceLogs().RemoveIf(func(rl plog.ResourceLogs) bool {
		dropped := pass.tally.dropped
		rl.ScopeLogs().RemoveIf(func(sl plog.ScopeLogs) bool {
			dropped := pass.tally.dropped
			sl.LogRecords().RemoveIf(func(rec plog.LogRecord) bool {
				return !pass.keep(cowork.EventOf(rl.Resource(), sl.Scope(), rec))
			})
			return sl.LogRecords().Len() == 0 && pass.tally.dropped > dropped
		})
		return rl.ScopeLogs().Len() == 0 && pass.tally.dropped > dropped
	})
	pass.tally.report(ctx, p.telemetry)
	if ld.ResourceLogs().Len() == 0 && pass.tally.dropped > 0 {
		return ld, processorhelper.ErrSkipProcessingData
	}
	return ld, nil
}

// A pass is one batch on its way through the processor.
type pass struct {
	*eventProcessor
	tally    *tally
	problems []cowork.Problem
}

// keep treats one record and says whether it goes on.
func (p *pass) keep(ev cowork.Event) bool {
	if !cowork.IsCowork(ev, p.cfg.ServiceNames) {
		p.tally.foreign++
		return true
	}
	kind := kindLabel(ev)
	p.tally.events[seen{kind, p.versions.label(ev.ClientVersion())}]++
	if p.cfg.Normalize {
		cowork.Normalize(ev)
	}
	if !p.cfg.ExpectContent && cowork.ContentArrived(ev) {
		p.tally.content[kind]++
	}
	return p.check(ev, kind)
}

func (p *pass) check(ev cowork.Event, kind string) bool {
	p.problems = p.validator.Check(p.problems[:0], ev)
	for _, problem := range p.problems {
		p.tally.faults[fault{kind, problem, p.cfg.OnInvalid}]++
	}
	if p.cfg.OnInvalid == ActionDrop && len(p.problems) > 0 {
		p.tally.drop(kind)
		return false
	}
	mark(ev.Record().Attributes(), p.problems)
	return true
}

// mark writes what is wrong with an event into its attributes. An event with
// nothing wrong carries no such attribute, whatever its sender wrote.
func mark(attributes pcommon.Map, problems []cowork.Problem) {
	if len(problems) == 0 {
		attributes.RemoveIf(func(key string, _ pcommon.Value) bool { return key == errorsAttribute })
		return
	}
	list := attributes.PutEmptySlice(errorsAttribute)
	list.EnsureCapacity(len(problems))
	for _, problem := range problems {
		list.AppendEmpty().SetStr(problem.String())
	}
}

// kindLabel is how an event's kind is told in a metric: only names that the
// schema knows, since any other is the sender's text.
func kindLabel(ev cowork.Event) string {
	if kind := ev.Kind(); kind != nil {
		return kind.Name
	}
	return "unknown"
}
