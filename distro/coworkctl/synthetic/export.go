package synthetic

import (
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A Batch is what one client sends at one time, one request per signal. Signals
// without content are empty.
type Batch struct {
	// Time is when the client sends the batch, after everything in it.
	Time time.Time
	// Session is the id of the session. The batches of a session are in order and
	// must be sent in order.
	Session string
	Logs    plog.Logs
	Metrics pmetric.Metrics
	Traces  ptrace.Traces
}

func newBatch(at time.Time, session string) Batch {
	return Batch{at, session, plog.NewLogs(), pmetric.NewMetrics(), ptrace.NewTraces()}
}

// Requests returns the number of signals that are not empty.
func (b Batch) Requests() int {
	n := 0
	for _, has := range []bool{b.Logs.LogRecordCount() > 0, b.Metrics.DataPointCount() > 0, b.Traces.SpanCount() > 0} {
		if has {
			n++
		}
	}
	return n
}

// export returns the collected telemetry in batches, in order of time, and empties
// the recorder. exit is when the process ends, zero if it continues.
func (r *recorder) export(exit time.Time) []Batch {
	r.assignSequence()
	var out []Batch
	batchAt := func(t time.Time) *Batch {
		i, found := slices.BinarySearchFunc(out, t, func(b Batch, t time.Time) int { return b.Time.Compare(t) })
		if !found {
			out = slices.Insert(out, i, newBatch(t, r.sender.sessionID))
		}
		return &out[i]
	}
	for _, e := range r.events {
		e.rec.MoveTo(r.logRecords(batchAt(r.exportTime(e.at, logInterval, exit))).AppendEmpty())
	}
	for _, e := range r.spans {
		e.span.MoveTo(r.spanSlice(batchAt(r.exportTime(e.at, logInterval, exit))).AppendEmpty())
	}
	r.exportMetrics(batchAt, exit)
	r.events, r.spans, r.measurements = nil, nil, nil
	return out
}

// exportMetrics aggregates the measurements of each export interval. They have
// delta temporality, so an interval may be split.
func (r *recorder) exportMetrics(batchAt func(time.Time) *Batch, exit time.Time) {
	pending := r.measurements
	slices.SortStableFunc(pending, func(a, b measurement) int { return a.at.Compare(b.at) })
	for len(pending) > 0 {
		to := r.exportTime(pending[0].at, metricInterval, exit)
		n := slices.IndexFunc(pending, func(m measurement) bool { return !r.exportTime(m.at, metricInterval, exit).Equal(to) })
		if n < 0 {
			n = len(pending)
		}
		r.sender.putMetrics(batchAt(to).Metrics, pending[:n], pending[0].at, to)
		pending = pending[n:]
	}
}

// exportTime returns when an exporter sends what happened at a time: at the end of
// its interval, or when the process exits.
func (r *recorder) exportTime(t time.Time, interval time.Duration, exit time.Time) time.Time {
	next := r.began.Add(t.Sub(r.began).Truncate(interval) + interval)
	if !exit.IsZero() && next.After(exit) {
		return exit
	}
	return next
}

func (r *recorder) logRecords(b *Batch) plog.LogRecordSlice {
	if b.Logs.ResourceLogs().Len() == 0 {
		rl := b.Logs.ResourceLogs().AppendEmpty()
		r.sender.putResource(rl.Resource().Attributes())
		scope := rl.ScopeLogs().AppendEmpty().Scope()
		scope.SetName(logScope)
		scope.SetVersion(r.sender.version.String())
	}
	return b.Logs.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
}

func (r *recorder) spanSlice(b *Batch) ptrace.SpanSlice {
	if b.Traces.ResourceSpans().Len() == 0 {
		rs := b.Traces.ResourceSpans().AppendEmpty()
		r.sender.putResource(rs.Resource().Attributes())
		scope := rs.ScopeSpans().AppendEmpty().Scope()
		scope.SetName(tracerScope)
		scope.SetVersion("1.0.0")
	}
	return b.Traces.ResourceSpans().At(0).ScopeSpans().At(0).Spans()
}
