package coworkredactionprocessor

import (
	"iter"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// redactMetrics redacts a batch of metrics.
func redactMetrics(r *redactor, md pmetric.Metrics) {
	for _, rm := range md.ResourceMetrics().All() {
		redactResource(r, rm.Resource(), rm.SchemaUrl(), rm.SetSchemaUrl, hasClientScope(rm.ScopeMetrics().All()))
		for _, sm := range rm.ScopeMetrics().All() {
			redactScope(r, sm.Scope(), sm.SchemaUrl(), sm.SetSchemaUrl)
			r.kind = "metric"
			for _, metric := range sm.Metrics().All() {
				redactMetric(r, metric)
			}
		}
	}
}

func redactMetric(r *redactor, m pmetric.Metric) {
	r.enterRecord(m.Metadata())
	r.field(fieldMetricName, m.Name(), m.SetName)
	r.field(fieldMetricDescription, m.Description(), m.SetDescription)
	r.field(fieldMetricUnit, m.Unit(), m.SetUnit)
	r.attributes("", m.Metadata(), 0)
	switch m.Type() {
	case pmetric.MetricTypeGauge:
		redactPoints(r, m.Gauge().DataPoints().All())
	case pmetric.MetricTypeSum:
		redactPoints(r, m.Sum().DataPoints().All())
	case pmetric.MetricTypeHistogram:
		redactPoints(r, m.Histogram().DataPoints().All())
	case pmetric.MetricTypeExponentialHistogram:
		redactPoints(r, m.ExponentialHistogram().DataPoints().All())
	case pmetric.MetricTypeSummary:
		for _, point := range m.Summary().DataPoints().All() {
			r.enterRecord(point.Attributes())
			redactItem(r, point.Attributes())
		}
	case pmetric.MetricTypeEmpty:
	}
}

// redactPoints redacts the data points of one metric, of any type with exemplars.
func redactPoints[P interface {
	Attributes() pcommon.Map
	Exemplars() pmetric.ExemplarSlice
}](r *redactor, all iter.Seq2[int, P]) {
	for _, point := range all {
		r.enterRecord(point.Attributes())
		redactItem(r, point.Attributes())
		for _, exemplar := range point.Exemplars().All() {
			r.attributes("", exemplar.FilteredAttributes(), 0)
		}
	}
}
