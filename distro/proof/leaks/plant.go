package leaks

import (
	"fmt"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A batch collects the telemetry of all canaries of one request.
type batch struct {
	service string
	id      int
	logs    plog.Logs
	traces  ptrace.Traces
	metrics pmetric.Metrics
}

func newBatch(service string, id int) *batch {
	return &batch{service: service, id: id, logs: plog.NewLogs(), traces: ptrace.NewTraces(), metrics: pmetric.NewMetrics()}
}

// A spot is a place of any signal, with the record around it.
type spot struct {
	name  string
	bare  bool
	plant func(b *batch, v string)
}

// uuid returns an identifier that no other record has.
func (b *batch) uuid() string {
	b.id++
	return fmt.Sprintf("3f2504e0-4f89-41d3-9a0c-%012x", b.id)
}

func (b *batch) describe(r pcommon.Resource, s pcommon.InstrumentationScope) {
	r.Attributes().PutStr("service.name", b.service)
	r.Attributes().PutStr("service.version", "2.1.329")
	s.SetName("com.acme." + b.service)
	if b.service == "cowork" {
		s.SetName("com.anthropic.claude_code.events")
	}
}

// eventKinds take turns: each is read by other parts of the collector.
var eventKinds = []string{"tool_result", "api_request", "api_error", "user_prompt", "assistant_response", "mcp_server_connection", "brand_new"}

func (b *batch) record() (plog.ResourceLogs, plog.ScopeLogs, plog.LogRecord) {
	rl := b.logs.ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	b.describe(rl.Resource(), sl.Scope())
	rec := sl.LogRecords().AppendEmpty()
	now := time.Now()
	rec.SetTimestamp(pcommon.NewTimestampFromTime(now))
	m := rec.Attributes()
	m.PutStr("prompt.id", b.uuid())
	m.PutStr("session.id", b.uuid())
	m.PutStr("event.name", eventKinds[b.id/2%len(eventKinds)])
	m.PutStr("event.timestamp", now.UTC().Format("2006-01-02T15:04:05.000Z"))
	m.PutInt("event.sequence", int64(b.id))
	m.PutStr("tool_name", "Bash")
	m.PutStr("success", "false")
	m.PutStr("model", "claude-opus-5-5")
	m.PutInt("duration_ms", 5)
	return rl, sl, rec
}

func (b *batch) span() (ptrace.ResourceSpans, ptrace.ScopeSpans, ptrace.Span) {
	rs := b.traces.ResourceSpans().AppendEmpty()
	ss := rs.ScopeSpans().AppendEmpty()
	b.describe(rs.Resource(), ss.Scope())
	s := ss.Spans().AppendEmpty()
	b.id++
	s.SetTraceID([16]byte{9, byte(b.id >> 16), byte(b.id >> 8), byte(b.id)})
	s.SetSpanID([8]byte{9, byte(b.id >> 16), byte(b.id >> 8), byte(b.id)})
	s.SetName("claude_code.tool")
	s.SetStartTimestamp(pcommon.NewTimestampFromTime(time.Now().Add(-time.Second)))
	s.SetEndTimestamp(pcommon.NewTimestampFromTime(time.Now()))
	return rs, ss, s
}

func (b *batch) metric() (pmetric.ResourceMetrics, pmetric.ScopeMetrics, pmetric.Metric) {
	rm := b.metrics.ResourceMetrics().AppendEmpty()
	sm := rm.ScopeMetrics().AppendEmpty()
	b.describe(rm.Resource(), sm.Scope())
	metric := sm.Metrics().AppendEmpty()
	b.id++
	metric.SetName(fmt.Sprintf("proof.metric_%d", b.id))
	return rm, sm, metric
}

// number adds a data point to a metric without one.
func (b *batch) number(metric pmetric.Metric) {
	p := metric.SetEmptyGauge().DataPoints().AppendEmpty()
	p.SetTimestamp(pcommon.NewTimestampFromTime(time.Now()))
	p.SetDoubleValue(1)
}

// spots returns all places of all signals.
func spots() []spot { return slices.Concat(logSpots(), spanSpots(), metricSpots()) }

func logSpots() (all []spot) {
	add := func(name string, bare bool, fill func(plog.ResourceLogs, plog.ScopeLogs, plog.LogRecord, string)) {
		all = append(all, spot{"log " + name, bare, func(b *batch, v string) {
			rl, sl, rec := b.record()
			fill(rl, sl, rec, v)
		}})
	}
	for _, p := range mapPlaces {
		add("attribute: "+p.name, p.bare, func(_ plog.ResourceLogs, _ plog.ScopeLogs, rec plog.LogRecord, v string) { p.fill(rec.Attributes(), v) })
		add("body: "+p.name, p.bare, func(_ plog.ResourceLogs, _ plog.ScopeLogs, rec plog.LogRecord, v string) {
			p.fill(rec.Body().SetEmptyMap(), v)
		})
	}
	for _, p := range resourcePlaces {
		add(p.name, p.bare, func(rl plog.ResourceLogs, _ plog.ScopeLogs, _ plog.LogRecord, v string) { p.fill(rl.Resource(), v) })
	}
	for _, p := range scopePlaces {
		add(p.name, p.bare, func(_ plog.ResourceLogs, sl plog.ScopeLogs, _ plog.LogRecord, v string) { p.fill(sl.Scope(), v) })
	}
	add("body", false, func(_ plog.ResourceLogs, _ plog.ScopeLogs, rec plog.LogRecord, v string) { rec.Body().SetStr(v) })
	add("body of bytes", false, func(_ plog.ResourceLogs, _ plog.ScopeLogs, rec plog.LogRecord, v string) {
		rec.Body().SetEmptyBytes().FromRaw([]byte(v))
	})
	add("event name", true, func(_ plog.ResourceLogs, _ plog.ScopeLogs, rec plog.LogRecord, v string) {
		rec.SetEventName(v)
		rec.Attributes().PutStr("event.name", "other")
	})
	add("event name attribute", true, func(_ plog.ResourceLogs, _ plog.ScopeLogs, rec plog.LogRecord, v string) {
		rec.Attributes().PutStr("event.name", v)
	})
	add("severity text", true, func(_ plog.ResourceLogs, _ plog.ScopeLogs, rec plog.LogRecord, v string) { rec.SetSeverityText(v) })
	add("schema URL", true, func(rl plog.ResourceLogs, _ plog.ScopeLogs, _ plog.LogRecord, v string) {
		rl.SetSchemaUrl("https://x/ " + v)
	})
	add("schema URL of the scope", true, func(_ plog.ResourceLogs, sl plog.ScopeLogs, _ plog.LogRecord, v string) {
		sl.SetSchemaUrl("https://x/ " + v)
	})
	return all
}

func spanSpots() (all []spot) {
	add := func(name string, bare bool, fill func(ptrace.ResourceSpans, ptrace.ScopeSpans, ptrace.Span, string)) {
		all = append(all, spot{"span " + name, bare, func(b *batch, v string) {
			rs, ss, s := b.span()
			fill(rs, ss, s, v)
		}})
	}
	for _, p := range mapPlaces {
		add("attribute: "+p.name, p.bare, func(_ ptrace.ResourceSpans, _ ptrace.ScopeSpans, s ptrace.Span, v string) { p.fill(s.Attributes(), v) })
		add("event attribute: "+p.name, p.bare, func(_ ptrace.ResourceSpans, _ ptrace.ScopeSpans, s ptrace.Span, v string) {
			e := s.Events().AppendEmpty()
			e.SetName("event")
			p.fill(e.Attributes(), v)
		})
		add("link attribute: "+p.name, p.bare, func(_ ptrace.ResourceSpans, _ ptrace.ScopeSpans, s ptrace.Span, v string) {
			l := s.Links().AppendEmpty()
			l.SetTraceID(s.TraceID())
			l.SetSpanID([8]byte{1})
			p.fill(l.Attributes(), v)
		})
	}
	for _, p := range resourcePlaces {
		add(p.name, p.bare, func(rs ptrace.ResourceSpans, _ ptrace.ScopeSpans, _ ptrace.Span, v string) { p.fill(rs.Resource(), v) })
	}
	for _, p := range scopePlaces {
		add(p.name, p.bare, func(_ ptrace.ResourceSpans, ss ptrace.ScopeSpans, _ ptrace.Span, v string) { p.fill(ss.Scope(), v) })
	}
	add("name", true, func(_ ptrace.ResourceSpans, _ ptrace.ScopeSpans, s ptrace.Span, v string) { s.SetName(v) })
	add("status message", false, func(_ ptrace.ResourceSpans, _ ptrace.ScopeSpans, s ptrace.Span, v string) {
		s.Status().SetCode(ptrace.StatusCodeError)
		s.Status().SetMessage(v)
	})
	add("trace state", true, func(_ ptrace.ResourceSpans, _ ptrace.ScopeSpans, s ptrace.Span, v string) {
		s.TraceState().FromRaw("note=" + v)
	})
	add("event name", true, func(_ ptrace.ResourceSpans, _ ptrace.ScopeSpans, s ptrace.Span, v string) {
		s.Events().AppendEmpty().SetName(v)
	})
	add("trace state of a link", true, func(_ ptrace.ResourceSpans, _ ptrace.ScopeSpans, s ptrace.Span, v string) {
		l := s.Links().AppendEmpty()
		l.SetTraceID(s.TraceID())
		l.SetSpanID([8]byte{1})
		l.TraceState().FromRaw("note=" + v)
	})
	return all
}

func metricSpots() (all []spot) {
	add := func(name string, bare bool, fill func(*batch, pmetric.ResourceMetrics, pmetric.ScopeMetrics, pmetric.Metric, string)) {
		all = append(all, spot{"metric " + name, bare, func(b *batch, v string) {
			rm, sm, metric := b.metric()
			fill(b, rm, sm, metric, v)
		}})
	}
	// named sets a text of the metric itself.
	named := func(name string, bare bool, set func(pmetric.Metric, string)) {
		add(name, bare, func(b *batch, _ pmetric.ResourceMetrics, _ pmetric.ScopeMetrics, metric pmetric.Metric, v string) {
			b.number(metric)
			set(metric, v)
		})
	}
	named("name", true, pmetric.Metric.SetName)
	named("description", false, pmetric.Metric.SetDescription)
	named("unit", true, pmetric.Metric.SetUnit)
	named("metadata", false, func(metric pmetric.Metric, v string) { metric.Metadata().PutStr("note", v) })
	for _, p := range mapPlaces {
		named("attribute: "+p.name, p.bare, func(metric pmetric.Metric, v string) { p.fill(metric.Gauge().DataPoints().At(0).Attributes(), v) })
		named("exemplar: "+p.name, p.bare, func(metric pmetric.Metric, v string) {
			e := metric.Gauge().DataPoints().At(0).Exemplars().AppendEmpty()
			e.SetDoubleValue(1)
			p.fill(e.FilteredAttributes(), v)
		})
	}
	for _, t := range pointTypes {
		add("attribute of a "+t.name, false, func(_ *batch, _ pmetric.ResourceMetrics, _ pmetric.ScopeMetrics, metric pmetric.Metric, v string) {
			t.attributes(metric).PutStr("note", v)
		})
	}
	for _, p := range resourcePlaces {
		add(p.name, p.bare, func(b *batch, rm pmetric.ResourceMetrics, _ pmetric.ScopeMetrics, metric pmetric.Metric, v string) {
			b.number(metric)
			p.fill(rm.Resource(), v)
		})
	}
	for _, p := range scopePlaces {
		add(p.name, p.bare, func(b *batch, _ pmetric.ResourceMetrics, sm pmetric.ScopeMetrics, metric pmetric.Metric, v string) {
			b.number(metric)
			p.fill(sm.Scope(), v)
		})
	}
	return all
}

// pointTypes add a data point of a type, and return its attributes.
var pointTypes = []struct {
	name       string
	attributes func(pmetric.Metric) pcommon.Map
}{
	{"sum", func(metric pmetric.Metric) pcommon.Map {
		sum := metric.SetEmptySum()
		sum.SetAggregationTemporality(pmetric.AggregationTemporalityDelta)
		return sum.DataPoints().AppendEmpty().Attributes()
	}},
	{"histogram", func(metric pmetric.Metric) pcommon.Map {
		h := metric.SetEmptyHistogram()
		h.SetAggregationTemporality(pmetric.AggregationTemporalityDelta)
		return h.DataPoints().AppendEmpty().Attributes()
	}},
	{"exponential histogram", func(metric pmetric.Metric) pcommon.Map {
		h := metric.SetEmptyExponentialHistogram()
		h.SetAggregationTemporality(pmetric.AggregationTemporalityDelta)
		return h.DataPoints().AppendEmpty().Attributes()
	}},
	{"summary", func(metric pmetric.Metric) pcommon.Map {
		return metric.SetEmptySummary().DataPoints().AppendEmpty().Attributes()
	}},
}
