package coworkcorrelationprocessor

import (
	"time"

	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

// A batch correlates the records of one call of ConsumeLogs, under the processor's lock.
type batch struct {
	tracker     *prompt.Tracker
	deduplicate bool
	now         time.Time

	counted []uint64 // the identities of the events that pass
	dropped int      // duplicates
	renamed int      // records that had the name of a summary
}

// correlate stamps the records of a batch and removes duplicates, with the scopes and
// resources that become empty.
func (b *batch) correlate(ld plog.Logs) {
	ld.ResourceLogs().RemoveIf(func(rl plog.ResourceLogs) bool {
		before := b.dropped
		rl.ScopeLogs().RemoveIf(func(sl plog.ScopeLogs) bool {
			before := b.dropped
			sl.LogRecords().RemoveIf(func(rec plog.LogRecord) bool {
				return b.isDropped(cowork.EventOf(rl.Resource(), sl.Scope(), rec))
			})
			return sl.LogRecords().Len() == 0 && b.dropped > before
		})
		return rl.ScopeLogs().Len() == 0 && b.dropped > before
	})
}

// isDropped adds an event to its prompt and stamps its record. It reports whether the
// record is a duplicate to be dropped.
func (b *batch) isDropped(e cowork.Event) bool {
	if e.Name() == summaryKind {
		renameSummary(e)
		b.renamed++
	}
	result := b.tracker.Add(b.now, e)
	switch result.Verdict {
	case prompt.NoPrompt:
		return false
	case prompt.Duplicate:
		if b.deduplicate {
			b.dropped++
			return true
		}
	default:
		b.counted = append(b.counted, result.Identity)
	}
	stamp(e, result)
	return false
}

// stamp sets the trace ID of a record to that of its prompt, and the span ID if the record
// makes a span. A record that has the trace ID of the client's own trace keeps it.
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

const (
	// summaryKind is the kind of a summary.
	summaryKind = "prompt_summary"
	// clientSummaryKind replaces it on a client's record of that kind.
	clientSummaryKind = "client_prompt_summary"
)

// renameSummary renames a client's record that has the name of a summary. Only this
// processor creates summaries: the numbers of a client's own could be wrong or forged.
func renameSummary(e cowork.Event) {
	e.Record().SetEventName(clientSummaryKind)
	e.Record().Attributes().PutStr("event.name", clientSummaryKind)
}
