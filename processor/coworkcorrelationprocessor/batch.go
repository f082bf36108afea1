package coworkcorrelationprocessor

import (
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/delivery"
	"github.com/cowork-otel/collector/internal/digest"
	"github.com/cowork-otel/collector/internal/prompt"
)

// A batch correlates the records of one call of ConsumeLogs.
type batch struct {
	*correlator
	now      time.Time
	arrivals []prompt.Arrival // of all records, in order
	ids      []digest.Digest  // of the records that can be recognised
	flight   *delivery.Flight

	dropped int // duplicates
	renamed int // records that had the name of a summary
}

var batches = sync.Pool{New: func() any { return &batch{} }}

// newBatch reads the identity of each record of a batch, once for all that use it.
func (c *correlator) newBatch(ld plog.Logs) *batch {
	b := batches.Get().(*batch)
	b.correlator, b.now = c, c.now()
	for e := range cowork.Events(ld) {
		name, promptID := e.Name(), e.PromptID()
		if name == summaryKind {
			renameSummary(e)
			name = clientSummaryKind
			b.renamed++
		}
		id := cowork.IdentityOf(e, name)
		a := prompt.Arrival{Event: e, Name: name, PromptID: promptID, Identity: id, Redelivery: id.RedeliveryIn(promptID)}
		b.arrivals = append(b.arrivals, a)
		if a.Redelivery != 0 {
			b.ids = append(b.ids, a.Redelivery)
		}
	}
	b.flight = delivery.NewFlight(len(b.ids))
	return b
}

// release returns a batch for reuse. It drops its references to the records.
func (b *batch) release() {
	clear(b.arrivals)
	*b = batch{arrivals: b.arrivals[:0], ids: b.ids[:0]}
	batches.Put(b)
}

// correlate stamps the records of a batch and removes duplicates, with the scopes and
// resources that become empty. It needs the lock of the processor.
func (b *batch) correlate(ld plog.Logs) {
	next := 0
	ld.ResourceLogs().RemoveIf(func(rl plog.ResourceLogs) bool {
		before := b.dropped
		rl.ScopeLogs().RemoveIf(func(sl plog.ScopeLogs) bool {
			before := b.dropped
			sl.LogRecords().RemoveIf(func(plog.LogRecord) bool {
				next++
				return b.isDropped(&b.arrivals[next-1])
			})
			return sl.LogRecords().Len() == 0 && b.dropped > before
		})
		return rl.ScopeLogs().Len() == 0 && b.dropped > before
	})
}

// isDropped adds an event to its prompt, unless it was added before, and stamps its
// record. It reports whether the record is a duplicate to be dropped.
func (b *batch) isDropped(a *prompt.Arrival) bool {
	state := b.ledger.Begin(b.flight, a.Redelivery)
	if state == delivery.Delivered && b.cfg.Deduplicate {
		b.dropped++
		return true
	}
	a.Event.SetRedelivered(state != delivery.New)
	if a.PromptID == "" {
		return false
	}
	if state == delivery.New {
		stamp(a.Event, b.tracker.AddArrival(b.now, a).Trace)
	} else {
		stamp(a.Event, prompt.TraceID(a.PromptID))
	}
	return false
}

// stamp sets the trace ID of a record to that of its prompt, and the span ID if the record
// makes a span. A record that has the trace ID of the client's own trace keeps it.
func stamp(e cowork.Event, trace pcommon.TraceID) {
	rec := e.Record()
	if !rec.TraceID().IsEmpty() {
		return
	}
	rec.SetTraceID(trace)
	if step, ok := prompt.Step(e); ok && rec.SpanID().IsEmpty() {
		rec.SetSpanID(prompt.SpanID(trace, step))
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
