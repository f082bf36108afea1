package coworkrosterprocessor

import (
	"iter"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/cowork"
)

// enter removes the attributes of people of a resource or a scope: an item is read
// together with its resource.
func (b *batch) enter(m pcommon.Map) { b.removed += cowork.RemovePeople(m) }

func (b *batch) logs(ld plog.Logs) {
	for _, rl := range ld.ResourceLogs().All() {
		b.enter(rl.Resource().Attributes())
		for _, sl := range rl.ScopeLogs().All() {
			b.enter(sl.Scope().Attributes())
			for _, rec := range sl.LogRecords().All() {
				ev := cowork.EventOf(rl.Resource(), sl.Scope(), rec)
				b.removed += cowork.RemoveEventPeople(ev)
				addPerson(b, rec.Attributes(), ev)
			}
		}
	}
}

func (b *batch) traces(td ptrace.Traces) {
	for _, rs := range td.ResourceSpans().All() {
		b.enter(rs.Resource().Attributes())
		for _, ss := range rs.ScopeSpans().All() {
			b.enter(ss.Scope().Attributes())
			for _, span := range ss.Spans().All() {
				b.addTo(span.Attributes(), rs.Resource())
			}
		}
	}
}

func (b *batch) metrics(md pmetric.Metrics) {
	for _, rm := range md.ResourceMetrics().All() {
		b.enter(rm.Resource().Attributes())
		for _, sm := range rm.ScopeMetrics().All() {
			b.enter(sm.Scope().Attributes())
			for _, m := range sm.Metrics().All() {
				b.metric(m, rm.Resource())
			}
		}
	}
}

func (b *batch) metric(m pmetric.Metric, res pcommon.Resource) {
	switch m.Type() {
	case pmetric.MetricTypeGauge:
		addToPoints(b, m.Gauge().DataPoints().All(), res)
	case pmetric.MetricTypeSum:
		addToPoints(b, m.Sum().DataPoints().All(), res)
	case pmetric.MetricTypeHistogram:
		addToPoints(b, m.Histogram().DataPoints().All(), res)
	case pmetric.MetricTypeExponentialHistogram:
		addToPoints(b, m.ExponentialHistogram().DataPoints().All(), res)
	case pmetric.MetricTypeSummary:
		addToPoints(b, m.Summary().DataPoints().All(), res)
	case pmetric.MetricTypeEmpty:
	}
}

func addToPoints[P interface{ Attributes() pcommon.Map }](b *batch, points iter.Seq2[int, P], res pcommon.Resource) {
	for _, point := range points {
		b.addTo(point.Attributes(), res)
	}
}

func (b *batch) addTo(attributes pcommon.Map, res pcommon.Resource) {
	b.enter(attributes)
	addPerson(b, attributes, item{attributes, res.Attributes()})
}
