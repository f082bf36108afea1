package synthetic

import (
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A Batch is what one client sends at one time. Signals that it has nothing to
// say in are empty; each of the others is a request of its own.
type Batch struct {
	// Time is when the client sends it: after everything in it.
	Time time.Time
	// Session is the id of the session that sends. The batches of one session
	// come in order, and want to be sent in order.
	Session string
	Logs    plog.Logs
	Metrics pmetric.Metrics
	Traces  ptrace.Traces
}

func newBatch(at time.Time, session string) Batch {
	return Batch{at, session, plog.NewLogs(), pmetric.NewMetrics(), ptrace.NewTraces()}
}

// Requests returns the number of signals that the batch has something to say in.
func (b Batch) Requests() int {
	n := 0
	for _, has := range []bool{b.Logs.LogRecordCount() > 0, b.Metrics.DataPointCount() > 0, b.Traces.SpanCount() > 0} {
		if has {
			n++
		}
	}
	return n
}

// export empties what the session has gathered into batches, in order of time.
func (s *session) export() []Batch {
	s.number()
	var out []Batch
	at := func(t time.Time) *Batch {
		i, found := slices.BinarySearchFunc(out, t, func(b Batch, t time.Time) int { return b.Time.Compare(t) })
		if !found {
			out = slices.Insert(out, i, newBatch(t, s.id))
		}
		return &out[i]
	}
	for _, e := range s.events {
		e.rec.MoveTo(s.logs(at(s.tick(e.at, logInterval))).AppendEmpty())
	}
	for _, e := range s.spans {
		e.span.MoveTo(s.traces(at(s.tick(e.at, logInterval))).AppendEmpty())
	}
	s.exportMetrics(at)
	s.until = out[len(out)-1].Time
	s.events, s.spans, s.readings = nil, nil, nil
	return out
}

// exportMetrics gathers the readings by interval. Deltas may be cut anywhere, so
// the readings of one prompt need not wait for the next.
func (s *session) exportMetrics(at func(time.Time) *Batch) {
	slices.SortStableFunc(s.readings, func(a, b reading) int { return a.at.Compare(b.at) })
	for len(s.readings) > 0 {
		to := s.tick(s.readings[0].at, metricInterval)
		n := slices.IndexFunc(s.readings, func(r reading) bool { return !s.tick(r.at, metricInterval).Equal(to) })
		if n < 0 {
			n = len(s.readings)
		}
		s.putMetrics(at(to).Metrics, s.readings[:n], s.readings[0].at, to)
		s.readings = s.readings[n:]
	}
}

// tick returns when an exporter sends what happened at a time: at the next of
// its intervals, or at the end of the process.
func (s *session) tick(t time.Time, interval time.Duration) time.Time {
	next := s.began.Add(t.Sub(s.began).Truncate(interval) + interval)
	if end := s.cursor.Add(time.Second); s.turns == 0 && next.After(end) {
		return end
	}
	return next
}

func (s *session) logs(b *Batch) plog.LogRecordSlice {
	if b.Logs.ResourceLogs().Len() == 0 {
		rl := b.Logs.ResourceLogs().AppendEmpty()
		s.putResource(rl.Resource().Attributes())
		scope := rl.ScopeLogs().AppendEmpty().Scope()
		scope.SetName(logScope)
		scope.SetVersion(s.version.String())
	}
	return b.Logs.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
}

func (s *session) traces(b *Batch) ptrace.SpanSlice {
	if b.Traces.ResourceSpans().Len() == 0 {
		rs := b.Traces.ResourceSpans().AppendEmpty()
		s.putResource(rs.Resource().Attributes())
		scope := rs.ScopeSpans().AppendEmpty().Scope()
		scope.SetName(tracerScope)
		scope.SetVersion("1.0.0")
	}
	return b.Traces.ResourceSpans().At(0).ScopeSpans().At(0).Spans()
}
