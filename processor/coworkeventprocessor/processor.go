package coworkeventprocessor

import (
	"context"
	"slices"
	"sync"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// errorsAttribute has the validation errors of a marked event, a slice of
// "attribute: what is wrong".
const errorsAttribute = "cowork.validation.errors"

// An eventProcessor normalizes and validates the Cowork events of a batch. It is
// safe for concurrent use.
type eventProcessor struct {
	cfg       *Config
	validator *cowork.Validator
	telemetry *metadata.TelemetryBuilder
	versions  *versionLabels
	labels    *eventLabels
	prices    *cowork.PriceTable

	mu      sync.Mutex
	origins cowork.OriginMarker // of the prompts
	clocks  cowork.Clocks       // of the sessions
}

func newProcessor(cfg *Config, telemetry *metadata.TelemetryBuilder) *eventProcessor {
	return &eventProcessor{
		cfg:       cfg,
		validator: cowork.NewValidator(levels[cfg.Require], cfg.RequiredAttributes),
		telemetry: telemetry,
		versions:  newVersionLabels(maxVersions),
		labels:    &eventLabels{},
		prices:    priceTable(cfg.Prices),
	}
}

// processLogs passes a record on, or drops it because of the configuration. It fails if the
// sender of the batch is refused.
func (p *eventProcessor) processLogs(ctx context.Context, ld plog.Logs) (plog.Logs, error) {
	check, err := newTenantCheck(ctx, p.cfg, logsSignal, p.telemetry)
	if err != nil {
		return ld, err
	}
	b := batch{eventProcessor: p, counters: newCounters(), clock: newBatchClock(ld), tenant: check}
	ld.ResourceLogs().RemoveIf(func(rl plog.ResourceLogs) bool {
		dropped := b.counters.dropped
		b.inResource = b.rename(b.inResource[:0], rl.Resource().Attributes(), inResource)
		ofResource := check.claims(cowork.Claim{}, rl.Resource().Attributes())
		check.rename(ofResource, rl.Resource().Attributes())
		rl.ScopeLogs().RemoveIf(func(sl plog.ScopeLogs) bool {
			dropped := b.counters.dropped
			b.inScope = b.rename(b.inScope[:0], sl.Scope().Attributes(), inScope)
			b.claim = check.claims(ofResource, sl.Scope().Attributes())
			check.rename(b.claim, sl.Scope().Attributes())
			sl.LogRecords().RemoveIf(func(rec plog.LogRecord) bool {
				return !b.process(cowork.EventOf(rl.Resource(), sl.Scope(), rec))
			})
			return sl.LogRecords().Len() == 0 && b.counters.dropped > dropped
		})
		return rl.ScopeLogs().Len() == 0 && b.counters.dropped > dropped
	})
	b.counters.record(ctx, p.telemetry, p.labels, p.cfg.OnOtherOrganization)
	check.recordCounters(ctx, p.telemetry)
	check.appendMismatch(ld)
	if ld.ResourceLogs().Len() == 0 && b.counters.dropped > 0 {
		return ld, processorhelper.ErrSkipProcessingData
	}
	return ld, nil
}

// A batch is the state of the processor for one batch. It is not safe for concurrent use.
type batch struct {
	*eventProcessor
	counters *counters
	problems []cowork.Problem

	// The renamed attributes of the current resource, scope and record.
	inResource, inScope, inRecord []string
	resource                      pcommon.Resource // normalized already
	clock                         batchClock

	tenant *tenantCheck
	claim  cowork.Claim // of the current resource and scope
}

// process normalizes and validates one record, and reports whether it is passed on.
func (b *batch) process(ev cowork.Event) bool {
	b.problems = b.renameReserved(b.problems[:0], ev)
	if !b.isOfTenant(ev) {
		b.counters.dropped++
		return false
	}
	if !cowork.IsCowork(ev, b.cfg.ServiceNames) {
		b.counters.foreign++
		b.mark(ev.Record().Attributes())
		return true
	}
	kind := kindLabel(ev)
	b.counters.events[eventCounter{kind, b.versions.label(ev.ClientVersion())}]++
	if b.isOtherOrganization(ev) {
		b.counters.others++
		if b.cfg.OnOtherOrganization == ActionDrop {
			b.counters.dropped++
			return false
		}
		b.problems = append(b.problems, cowork.Problem{Attribute: organizationID, Reason: cowork.NotListed})
	}
	if b.cfg.Normalize {
		b.normalize(ev)
	}
	b.markOrigin(ev)
	b.completeCost(ev)
	if !b.cfg.ExpectContent && cowork.ContentArrived(ev) {
		b.counters.content[kind]++
	}
	b.problems = b.validator.Check(b.problems, ev)
	for _, problem := range b.problems {
		b.counters.problems[problemCounter{kind, problem, b.cfg.OnInvalid}]++
	}
	if b.cfg.OnInvalid == ActionDrop && len(b.problems) > 0 {
		b.counters.drops[kind]++
		b.counters.dropped++
		return false
	}
	b.mark(ev.Record().Attributes())
	return true
}

// isOfTenant compares the organizations of a record with those of the sender's token, and
// reports whether the record is passed on.
func (b *batch) isOfTenant(ev cowork.Event) bool {
	if b.tenant == nil {
		return true
	}
	claim := b.claim.ReadRecordClaim(ev.Record(), b.tenant.allows)
	if b.tenant.renames(claim) {
		cowork.RenameRecordClaims(ev.Record(), b.tenant.allows)
	}
	return b.tenant.passes(claim, ev.Record().Attributes())
}

// normalize brings a record and its resource into one form.
func (b *batch) normalize(ev cowork.Event) {
	if ev.Resource() != b.resource {
		b.resource = ev.Resource()
		cowork.NormalizeAttributes(b.resource.Attributes())
	}
	cowork.Normalize(ev)
	b.markTime(ev)
}

// markOrigin writes the origin of a prompt into its user_prompt.
func (p *eventProcessor) markOrigin(ev cowork.Event) {
	name := ev.Name()
	if !cowork.ConcernsOrigin(name) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.origins.MarkEvent(ev, name)
}

// mark writes the validation errors of an event into its attributes. It keeps those of an
// earlier collector: errors of a client's own were renamed.
func (b *batch) mark(attributes pcommon.Map) {
	if len(b.problems) == 0 {
		return
	}
	before, marked := attributes.Get(errorsAttribute)
	if marked && before.Type() == pcommon.ValueTypeSlice {
		addErrors(before.Slice(), b.problems)
		return
	}
	addErrors(attributes.PutEmptySlice(errorsAttribute), b.problems)
}

// addErrors appends the problems that a list of errors does not contain.
func addErrors(list pcommon.Slice, problems []cowork.Problem) {
	before := make([]string, list.Len())
	for i, v := range list.All() {
		before[i] = v.Str()
	}
	list.EnsureCapacity(len(before) + len(problems))
	for _, problem := range problems {
		if text := problem.String(); !slices.Contains(before, text) {
			list.AppendEmpty().SetStr(text)
		}
	}
}

// kindLabel returns the kind of an event as a metric label. A kind that is not in the
// schema is text of the sender, and its label is "unknown".
func kindLabel(ev cowork.Event) string {
	if kind := ev.Kind(); kind != nil {
		return kind.Name
	}
	return "unknown"
}
