package e2e

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/cowork-otel/collector/internal/prompt"
)

// arrivals holds the output of the second tier for a load.
type arrivals struct {
	*load
	ends                [correlators]*backend
	logsRead, spansRead [correlators]int // bodies

	came         map[eventKey][]pcommon.TraceID // trace id of each arrival of an event
	parts        map[string][]part              // by prompt.id, in order
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

// expect returns empty arrivals for a load.
func (f *fleet) expect(sent *load) *arrivals {
	return &arrivals{
		load: sent, ends: f.ends, came: map[eventKey][]pcommon.TraceID{}, parts: map[string][]part{},
		roots: map[pcommon.TraceID][]int{}, byCorrelator: map[int]int{},
	}
}

// update reads the output since the last call.
func (a *arrivals) update(t *testing.T) {
	t.Helper()
	for correlator, end := range a.ends {
		logs, traces := end.received("logs"), end.received("traces")
		for _, body := range logs[a.logsRead[correlator]:] {
			for _, text := range personal {
				assert.NotContains(t, string(body), text)
			}
			a.readLogs(t, correlator, body)
		}
		for _, body := range traces[a.spansRead[correlator]:] {
			a.readSpans(t, correlator, body)
		}
		a.logsRead[correlator], a.spansRead[correlator] = len(logs), len(traces)
	}
}

func (a *arrivals) readLogs(t *testing.T, correlator int, body []byte) {
	t.Helper()
	req := plogotlp.NewExportRequest()
	if err := req.UnmarshalProto(body); err != nil { // runs outside the test's goroutine
		t.Error(err)
	}
	for _, rl := range req.Logs().ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				a.record(correlator, rec)
			}
		}
	}
}

func (a *arrivals) readSpans(t *testing.T, correlator int, body []byte) {
	t.Helper()
	req := ptraceotlp.NewExportRequest()
	if err := req.UnmarshalProto(body); err != nil { // runs outside the test's goroutine
		t.Error(err)
	}
	for _, rs := range req.Traces().ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				a.span(correlator, span)
			}
		}
	}
}

func (a *arrivals) record(correlator int, rec plog.LogRecord) {
	if rec.EventName() == prompt.SummaryName {
		id, _ := rec.Attributes().Get("prompt.id")
		if want, ok := a.sums[id.Str()]; ok {
			parts := slices.Concat(a.parts[id.Str()], []part{partOf(correlator, rec, want)})
			slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.number, b.number) })
			a.parts[id.Str()] = parts
		}
		return
	}
	key := keyOf(rec)
	if _, ok := a.trace[key]; ok {
		a.came[key] = append(a.came[key], rec.TraceID())
		a.byCorrelator[correlator]++
	}
}

func (a *arrivals) span(correlator int, span ptrace.Span) {
	if span.SpanID() == prompt.RootSpanID(span.TraceID()) {
		a.roots[span.TraceID()] = append(a.roots[span.TraceID()], correlator)
	}
}

// partOf reads the expected and the usual sums of a summary.
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
