package coworkcorrelationprocessor

import (
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

// A batch is on its way through the processor, under its lock.
type batch struct {
	*correlator
	now     time.Time
	passed  []uint64 // the identities of the events that pass
	dropped int
	renamed int64
}

// correlate stamps the records of a batch and removes those that came before, with
// the scopes and resources that nothing is left of.
func (b *batch) correlate(ld plog.Logs) {
	ld.ResourceLogs().RemoveIf(func(rl plog.ResourceLogs) bool {
		before := b.dropped
		rl.ScopeLogs().RemoveIf(func(sl plog.ScopeLogs) bool {
			before := b.dropped
			sl.LogRecords().RemoveIf(func(rec plog.LogRecord) bool {
				return !b.keep(cowork.EventOf(rl.Resource(), sl.Scope(), rec))
			})
			return sl.LogRecords().Len() == 0 && b.dropped > before
		})
		return rl.ScopeLogs().Len() == 0 && b.dropped > before
	})
}

// keep treats one record and says whether it goes on.
func (b *batch) keep(e cowork.Event) bool {
	if e.Name() == summaryKind {
		b.rename(e)
	}
	result := b.tracker.Add(b.now, e)
	switch result.Verdict {
	case prompt.NoPrompt:
		return true
	case prompt.Duplicate:
		if b.cfg.Deduplicate {
			b.dropped++
			return false
		}
	default:
		b.passed = append(b.passed, result.Identity)
	}
	stamp(e, result)
	return true
}

// stamp gives a record its place in the prompt's trace. One that has a place in a
// client's own trace keeps it.
func stamp(e cowork.Event, result prompt.Result) {
	rec := e.Record()
	if !rec.TraceID().IsEmpty() {
		return
	}
	rec.SetTraceID(result.Trace)
	if step, ok := prompt.Step(e); ok && rec.SpanID().IsEmpty() {
		rec.SetSpanID(prompt.SpanID(result.Trace, step))
	}
}

// What a summary is called, and what a client's record of that name is called
// instead.
const (
	summaryKind = "prompt_summary"
	clientKind  = "client_prompt_summary"
)

// rename takes the name of a summary from a record that came in. Summaries are made
// behind this point and nowhere else, so a sender that uses their name is mistaken or
// wants others to believe its numbers.
func (b *batch) rename(e cowork.Event) {
	e.Record().SetEventName(clientKind)
	e.Record().Attributes().PutStr("event.name", clientKind)
	b.renamed++
}
