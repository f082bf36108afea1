package losses

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// An eventKey is the number of an event.
type eventKey struct {
	session string
	seq     int64
}

// promptSums are sums of a prompt: counted from its events, or read from its summaries.
type promptSums struct {
	events, requests, tools, failures, micros, input int64
}

func (s *promptSums) add(o promptSums) {
	s.events += o.events
	s.requests += o.requests
	s.tools += o.tools
	s.failures += o.failures
	s.micros += o.micros
	s.input += o.input
}

// A tally counts what the backend accepted. It is safe for concurrent use.
type tally struct {
	mu        sync.Mutex
	events    map[eventKey]int
	summaries map[string]promptSums // by prompt, each summary once
	seen      map[string]bool       // summaries and points of metrics, so that a repeated one counts once
	spans     map[string]string     // name by trace and span
	metrics   map[string]float64
	fired     map[string]int // alert records by tool and status
	hooks     map[string]int // notifications by tool and status
	marked    int            // repeated events that are marked as such
	unread    int            // bodies that could not be decoded
}

func newTally() *tally {
	return &tally{
		events: map[eventKey]int{}, summaries: map[string]promptSums{}, seen: map[string]bool{}, spans: map[string]string{},
		metrics: map[string]float64{}, fired: map[string]int{}, hooks: map[string]int{},
	}
}

var acceptSignal = map[string]func(*tally, []byte) error{
	"logs": func(t *tally, body []byte) error {
		req := plogotlp.NewExportRequest()
		err := req.UnmarshalProto(body)
		t.countLogs(req.Logs())
		return err
	},
	"metrics": func(t *tally, body []byte) error {
		req := pmetricotlp.NewExportRequest()
		err := req.UnmarshalProto(body)
		t.countMetrics(req.Metrics())
		return err
	},
	"traces": func(t *tally, body []byte) error {
		req := ptraceotlp.NewExportRequest()
		err := req.UnmarshalProto(body)
		for _, rs := range req.Traces().ResourceSpans().All() {
			for _, ss := range rs.ScopeSpans().All() {
				for _, s := range ss.Spans().All() {
					name, _, _ := strings.Cut(s.Name(), " ")
					t.spans[s.TraceID().String()+s.SpanID().String()] = name
				}
			}
		}
		return err
	},
	"hook": func(t *tally, body []byte) error {
		var hook struct {
			Alerts []struct {
				Status string            `json:"status"`
				Labels map[string]string `json:"labels"`
			} `json:"alerts"`
		}
		err := json.Unmarshal(body, &hook)
		for _, a := range hook.Alerts {
			t.hooks[a.Labels["tool"]+" "+a.Status]++
		}
		return err
	},
}

// Accept counts a body that the backend accepted.
func (t *tally) Accept(signal string, body []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	count, known := acceptSignal[signal]
	if !known || count(t, body) != nil {
		t.unread++
	}
}

func (t *tally) countLogs(ld plog.Logs) {
	for _, rl := range ld.ResourceLogs().All() {
		for _, sl := range rl.ScopeLogs().All() {
			for _, rec := range sl.LogRecords().All() {
				t.countRecord(rec)
			}
		}
	}
}

func (t *tally) countRecord(rec plog.LogRecord) {
	m := rec.Attributes()
	switch text(m, "event.name") {
	case "prompt_summary", "cowork.prompt_summary":
		key := fmt.Sprint(text(m, "prompt.id"), "/", rec.SpanID(), "/", number(m, "cowork.prompt.part"))
		if t.seen[key] {
			return
		}
		t.seen[key] = true
		sums := t.summaries[text(m, "prompt.id")]
		usd, _ := m.Get("cowork.prompt.cost_usd")
		cost := 0.0
		if usd.Type() == pcommon.ValueTypeDouble {
			cost = usd.Double()
		}
		sums.add(promptSums{
			events: number(m, "cowork.prompt.event_count"), requests: number(m, "cowork.prompt.api_request_count"), tools: number(m, "cowork.prompt.tool_count"),
			failures: number(m, "cowork.prompt.tool_failure_count"), micros: int64(math.Round(cost * 1e6)), input: number(m, "cowork.prompt.input_tokens"),
		})
		t.summaries[text(m, "prompt.id")] = sums
	case "alert", "cowork.alert":
		t.fired[text(m, "tool")+" "+text(m, "alert.status")]++
	default:
		key := eventKey{text(m, "session.id"), number(m, "event.sequence")}
		if t.events[key] > 0 && text(m, "cowork.redelivered") == "true" {
			t.marked++
			return
		}
		t.events[key]++
	}
}

func (t *tally) countMetrics(md pmetric.Metrics) {
	for _, rm := range md.ResourceMetrics().All() {
		for _, sm := range rm.ScopeMetrics().All() {
			for _, metric := range sm.Metrics().All() {
				if metric.Type() != pmetric.MetricTypeSum {
					continue
				}
				for _, p := range metric.Sum().DataPoints().All() {
					key := strings.Join(slices.DeleteFunc([]string{metric.Name(), text(p.Attributes(), "event.name"), text(p.Attributes(), "type")},
						func(part string) bool { return part == "" }), ".")
					// A queue sends a batch again when its answer is lost: the same points.
					point := fmt.Sprint(key, p.StartTimestamp(), p.Timestamp(), p.Attributes().AsRaw(), metric.Sum().AggregationTemporality())
					if p.Timestamp() != 0 && t.seen[point] {
						continue
					}
					t.seen[point] = true
					t.metrics[key] += p.DoubleValue() + float64(p.IntValue())
				}
			}
		}
	}
}

func text(m pcommon.Map, key string) string {
	if v, found := m.Get(key); found {
		return v.AsString()
	}
	return ""
}

func number(m pcommon.Map, key string) int64 {
	if v, found := m.Get(key); found && v.Type() == pcommon.ValueTypeInt {
		return v.Int()
	}
	return 0
}
