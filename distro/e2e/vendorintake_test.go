package e2e

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An intake imitates the OTLP intake of a vendor: its paths, headers and limits. While it is
// down it answers 503. Then it answers each signal once with 429 and Retry-After, once with a
// partial success that refuses nothing, and accepts the rest.
type intake struct {
	*httptest.Server
	t    *testing.T
	v    vendor
	down atomic.Bool

	mu        sync.Mutex
	refused   map[string]int // answers of 503, by signal
	throttled map[string]bool
	events    map[string]int // by kind, prompt and number in the session
	alerts    map[string]bool
	metrics   map[string]pmetric.AggregationTemporality // those with a temporality
	roots     map[string]bool                           // traces with a root span of a prompt
	truncated int                                       // attributes
}

func newIntake(t *testing.T, v vendor) *intake {
	t.Helper()
	in := &intake{
		t: t, v: v, refused: map[string]int{}, throttled: map[string]bool{}, events: map[string]int{}, alerts: map[string]bool{},
		metrics: map[string]pmetric.AggregationTemporality{}, roots: map[string]bool{},
	}
	in.down.Store(true)
	in.Server = httptest.NewServer(in)
	t.Cleanup(in.Close)
	return in
}

// ServeHTTP answers a request as the vendor does. What a vendor would refuse for good fails
// the test.
func (in *intake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in.mu.Lock()
	defer in.mu.Unlock()
	signal, ok := in.v.signalOf(r.URL.Path)
	if !assert.True(in.t, ok, "404: %s", r.URL.Path) {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	for name, want := range in.v.headersOf(signal) {
		if !assert.Equal(in.t, want, r.Header.Get(name), "401: %s of %s", name, signal) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
	}
	if !assert.Equal(in.t, "application/x-protobuf", r.Header.Get("Content-Type"), "415") || !assert.Equal(in.t, "gzip", r.Header.Get("Content-Encoding"), "415") {
		w.WriteHeader(http.StatusUnsupportedMediaType)
		return
	}
	body, err := read(r)
	switch {
	case !assert.NoError(in.t, err) || !assert.NotRegexp(in.t, sensitive, string(body), "unredacted"):
		w.WriteHeader(http.StatusBadRequest)
	case !assert.LessOrEqual(in.t, len(body), in.v.limit, "413: %s", signal):
		w.WriteHeader(http.StatusRequestEntityTooLarge)
	case in.down.Load():
		in.refused[signal]++
		w.WriteHeader(http.StatusServiceUnavailable)
	case !in.throttled[signal]:
		in.throttled[signal] = true
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	default:
		w.Header().Set("Content-Type", "application/x-protobuf")
		in.accept(signal, body)
		if signal == "logs" && len(in.events) < 3 {
			_, _ = w.Write(partialSuccess())
		}
	}
}

// partialSuccess is an answer that warns, and refuses no record.
func partialSuccess() []byte {
	answer := plogotlp.NewExportResponse()
	answer.PartialSuccess().SetErrorMessage("attributes were dropped")
	body, _ := answer.MarshalProto()
	return body
}

// accept records what a body contains.
func (in *intake) accept(signal string, body []byte) {
	switch signal {
	case "logs":
		ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(body)
		if err != nil {
			in.t.Error(err)
			return
		}
		for _, rec := range recordsOf(ld) {
			if rec.EventName() == "cowork.alert" {
				in.alerts[attr(rec.Attributes(), "alert.name")] = true
			}
			for key, v := range rec.Attributes().All() {
				assert.LessOrEqual(in.t, len(v.AsString()), in.v.value, key)
				if strings.HasSuffix(v.AsString(), "…[truncated]") {
					in.truncated++
				}
			}
		}
		maps.Copy(in.events, eventCounts(ld))
	case "metrics":
		md, err := (&pmetric.ProtoUnmarshaler{}).UnmarshalMetrics(body)
		if err != nil {
			in.t.Error(err)
			return
		}
		in.addMetrics(md)
	case "traces":
		td, err := (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(body)
		if err != nil {
			in.t.Error(err)
			return
		}
		for _, root := range newTree(td).roots {
			if root.Name() == "invoke_agent cowork" {
				in.roots[root.TraceID().String()] = true
			}
		}
	}
}

func (in *intake) addMetrics(md pmetric.Metrics) {
	for _, rm := range md.ResourceMetrics().All() {
		for _, sm := range rm.ScopeMetrics().All() {
			for _, m := range sm.Metrics().All() {
				switch m.Type() {
				case pmetric.MetricTypeSum:
					in.metrics[m.Name()] = m.Sum().AggregationTemporality()
				case pmetric.MetricTypeHistogram:
					in.metrics[m.Name()] = m.Histogram().AggregationTemporality()
				case pmetric.MetricTypeExponentialHistogram:
					in.metrics[m.Name()] = m.ExponentialHistogram().AggregationTemporality()
				default:
				}
			}
		}
	}
}

// eventCounts returns the events of a batch by what identifies them.
func eventCounts(ld plog.Logs) map[string]int {
	counts := map[string]int{}
	for e := range cowork.Events(ld) {
		m := e.Record().Attributes()
		counts[e.Name()+" "+e.PromptID()+" "+attr(m, "session.id")+" "+attr(m, "event.sequence")]++
	}
	return counts
}

// missing returns what has not arrived of the signals of the vendor. Wanted are the events.
func (in *intake) missing(wanted map[string]int) (missing []string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for signal := range in.v.paths {
		switch signal {
		case "logs":
			for event := range wanted {
				if in.events[event] == 0 {
					missing = append(missing, event)
				}
			}
			if !in.alerts["api_error"] {
				missing = append(missing, "the alert")
			}
		case "metrics":
			for _, name := range []string{"cowork.events", "claude_code.cost.usage"} {
				if _, ok := in.metrics[name]; !ok {
					missing = append(missing, name)
				}
			}
		case "traces":
			if len(in.roots) == 0 {
				missing = append(missing, "the trace of a prompt")
			}
		}
	}
	return missing
}

// outage reports whether each signal was refused during the outage.
func (in *intake) outage() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return len(in.refused) == len(in.v.paths)
}

// writtenEvents returns the events in the file of a collector.
func writtenEvents(t *testing.T, c *collector) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for _, line := range c.lines(t, "logs") {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(line)
		if err != nil {
			continue // the last line is being written
		}
		maps.Copy(counts, eventCounts(ld))
	}
	return counts
}
