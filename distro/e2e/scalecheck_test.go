package e2e

import (
	"cmp"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/cowork-otel/collector/internal/prompt"
)

// Arrivals are what has come of a load out of the second tier.
type arrivals struct {
	sent         *load
	trace        map[eventKey][]pcommon.TraceID // of each time that an event came
	parts        map[string][]part              // by prompt.id
	roots        map[pcommon.TraceID][]int      // the correlators that made a root span
	byCorrelator map[int]int                    // events
}

// A part is one summary.
type part struct {
	correlator int
	number     int64
	reason     string
	sums       sums
}

// read looks at everything that came.
func (f *fleet) read(t *testing.T, sent *load) *arrivals {
	t.Helper()
	a := &arrivals{
		sent: sent, trace: map[eventKey][]pcommon.TraceID{}, parts: map[string][]part{},
		roots: map[pcommon.TraceID][]int{}, byCorrelator: map[int]int{},
	}
	for correlator, end := range f.ends {
		for _, body := range end.received("logs") {
			require.NotRegexp(t, sensitive, string(body))
			req := plogotlp.NewExportRequest()
			require.NoError(t, req.UnmarshalProto(body))
			for _, rl := range req.Logs().ResourceLogs().All() {
				for _, sl := range rl.ScopeLogs().All() {
					for _, rec := range sl.LogRecords().All() {
						a.record(correlator, rec)
					}
				}
			}
		}
		for _, body := range end.received("traces") {
			req := ptraceotlp.NewExportRequest()
			require.NoError(t, req.UnmarshalProto(body))
			for _, rs := range req.Traces().ResourceSpans().All() {
				for _, ss := range rs.ScopeSpans().All() {
					for _, span := range ss.Spans().All() {
						a.span(correlator, span)
					}
				}
			}
		}
	}
	for _, parts := range a.parts {
		slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.number, b.number) })
	}
	return a
}

func (a *arrivals) record(correlator int, rec plog.LogRecord) {
	if rec.EventName() == prompt.SummaryName {
		id, _ := rec.Attributes().Get("prompt.id")
		if want, ok := a.sent.sums[id.Str()]; ok {
			a.parts[id.Str()] = append(a.parts[id.Str()], partOf(correlator, rec, want))
		}
		return
	}
	key := keyOf(rec)
	if _, ok := a.sent.trace[key]; ok {
		a.trace[key] = append(a.trace[key], rec.TraceID())
		a.byCorrelator[correlator]++
	}
}

func (a *arrivals) span(correlator int, span ptrace.Span) {
	if span.SpanID() == prompt.RootSpanID(span.TraceID()) {
		a.roots[span.TraceID()] = append(a.roots[span.TraceID()], correlator)
	}
}

// partOf reads those sums of a summary that are expected, and the usual ones.
func partOf(correlator int, rec plog.LogRecord, want sums) part {
	p := part{correlator: correlator, sums: sums{}}
	for key := range want {
		if v, ok := rec.Attributes().Get("cowork.prompt." + key); ok && v.Type() == pcommon.ValueTypeDouble {
			p.sums[key] = int64(math.Round(v.Double() * 1e6))
		} else if ok {
			p.sums[key] = v.Int()
		}
	}
	number, _ := rec.Attributes().Get("cowork.prompt.part")
	reason, _ := rec.Attributes().Get("cowork.prompt.close_reason")
	p.number, p.reason = number.Int(), reason.Str()
	return p
}

// total adds up the parts of a prompt.
func total(parts []part) sums {
	total := sums{}
	for _, p := range parts {
		for key, n := range p.sums {
			total[key] += n
		}
	}
	return total
}

// complete reports whether all events and all of their sums have come.
func (a *arrivals) complete() bool {
	if len(a.trace) < a.sent.len() {
		return false
	}
	for id, want := range a.sent.sums {
		if total(a.parts[id])["event_count"] < want["event_count"] {
			return false
		}
		if !a.sent.traced[id] && len(a.roots[prompt.TraceID(id)]) == 0 {
			return false
		}
	}
	return true
}

// await returns what came when all that was sent has come.
func (f *fleet) await(t *testing.T, sent *load) (a *arrivals) {
	t.Helper()
	require.Eventually(t, func() bool {
		a = f.read(t, sent)
		return a.complete()
	}, patience, 250*time.Millisecond, "not everything came")
	return a
}

// verify checks what the tiers promise.
func (a *arrivals) verify(t *testing.T) {
	t.Helper()
	for key, own := range a.sent.trace {
		require.Len(t, a.trace[key], 1, "event %v", key)
		if !own.IsEmpty() {
			require.Equal(t, own, a.trace[key][0], "a client's own trace, event %v", key)
		}
	}
	split := 0
	for id, want := range a.sent.sums {
		parts := a.parts[id]
		for i, p := range parts {
			require.Equal(t, int64(i), p.number, "prompt %s: each part once", id)
			if p.correlator != parts[0].correlator {
				split++
			}
		}
		require.Equal(t, want, total(parts), "prompt %s", id)
		roots := a.roots[prompt.TraceID(id)]
		if a.sent.traced[id] && len(parts) == 1 {
			require.Empty(t, roots, "prompt %s is two traces", id)
		} else if !a.sent.traced[id] {
			require.Equal(t, []int{parts[0].correlator}, roots, "prompt %s", id)
		}
	}
	require.Zero(t, split, "of %d prompts are split", len(a.sent.sums))
}
