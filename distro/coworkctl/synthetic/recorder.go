package synthetic

import (
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A recorder collects the records, spans and measurements of a session until they
// are exported.
type recorder struct {
	sender   *sender
	began    time.Time // start of the process
	sequence int64     // next event.sequence of the process

	events       []bufferedEvent
	spans        []bufferedSpan
	measurements []measurement
}

// A bufferedEvent is a record that waits for its sequence number.
type bufferedEvent struct {
	at  time.Time
	rec plog.LogRecord
}

// A bufferedSpan is an ended span that waits for its export.
type bufferedSpan struct {
	at   time.Time
	span ptrace.Span
}

// restart begins a new process, whose sequence begins at 0.
func (r *recorder) restart(at time.Time) { r.began, r.sequence = at, 0 }

// addEvent adds a record without a prompt and returns it with its attributes, to
// which the caller adds those of its kind.
func (r *recorder) addEvent(kind string, at time.Time) (plog.LogRecord, pcommon.Map) {
	at = at.Truncate(time.Millisecond)
	rec := plog.NewLogRecord()
	rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
	rec.SetObservedTimestamp(pcommon.NewTimestampFromTime(at))
	rec.Body().SetStr(bodyPrefix + kind)
	attrs := rec.Attributes()
	attrs.EnsureCapacity(40)
	r.sender.putStandard(attrs)
	if r.sender.openFolder {
		attrs.PutEmptySlice("workspace.host_paths").AppendEmpty().SetStr(r.sender.workspace())
	}
	attrs.PutStr("event.name", kind)
	attrs.PutStr("event.timestamp", at.UTC().Format(timestampISO))
	attrs.PutInt("event.sequence", 0) // assignSequence sets it
	r.events = append(r.events, bufferedEvent{at, rec})
	return rec, attrs
}

// addSpan adds a span of a turn. Without the traces beta it returns a span that is
// not exported.
func (r *recorder) addSpan(tn *turn, id, parent pcommon.SpanID, kind string, from, to time.Time) ptrace.Span {
	span := ptrace.NewSpan()
	if tn.trace.IsEmpty() {
		return span
	}
	span.SetTraceID(tn.trace)
	span.SetSpanID(id)
	span.SetParentSpanID(parent)
	span.SetFlags(257)
	span.SetName("claude_code." + kind)
	span.SetKind(ptrace.SpanKindInternal)
	span.SetStartTimestamp(pcommon.NewTimestampFromTime(from))
	span.SetEndTimestamp(pcommon.NewTimestampFromTime(to))
	a := span.Attributes()
	r.sender.putStandard(a)
	a.PutStr("gen_ai.provider.name", "anthropic")
	a.PutStr("gen_ai.conversation.id", r.sender.sessionID)
	a.PutStr("span.type", kind)
	r.spans = append(r.spans, bufferedSpan{to, span})
	return span
}

// addMeasurement adds to an instrument, if the clients' metrics are enabled.
func (r *recorder) addMeasurement(at time.Time, to *instrument, value float64, attrs ...attribute) {
	if r.sender.settings.Metrics && value > 0 {
		r.measurements = append(r.measurements, measurement{at, to, value, attrs})
	}
}

// lastEventAfter returns the time of the last event, if it is after t, else t.
func (r *recorder) lastEventAfter(t time.Time) time.Time {
	for _, e := range r.events {
		if e.at.After(t) {
			t = e.at
		}
	}
	return t
}

// assignSequence sorts the events by time, those of the same millisecond in the
// order in which they were added, and numbers them.
func (r *recorder) assignSequence() {
	slices.SortStableFunc(r.events, func(a, b bufferedEvent) int { return a.at.Compare(b.at) })
	for _, e := range r.events {
		e.rec.Attributes().PutInt("event.sequence", r.sequence)
		r.sequence++
	}
}
