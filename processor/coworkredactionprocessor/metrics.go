package coworkredactionprocessor

import (
	"iter"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// metrics cleans every place of a batch of metrics.
func (w *walker) metrics(md pmetric.Metrics) {
	for _, rm := range md.ResourceMetrics().All() {
		w.resource(rm.Resource(), rm.SchemaUrl(), rm.SetSchemaUrl)
		for _, sm := range rm.ScopeMetrics().All() {
			w.scope(sm.Scope(), sm.SchemaUrl(), sm.SetSchemaUrl)
			w.kind = "metric"
			for _, metric := range sm.Metrics().All() {
				w.metric(metric)
			}
		}
	}
}

func (w *walker) metric(m pmetric.Metric) {
	w.field(fieldMetricName, m.Name(), m.SetName)
	w.field(fieldMetricDescription, m.Description(), m.SetDescription)
	w.field(fieldMetricUnit, m.Unit(), m.SetUnit)
	w.attributes("", m.Metadata(), 0)
	switch m.Type() {
	case pmetric.MetricTypeGauge:
		points(w, m.Gauge().DataPoints().All())
	case pmetric.MetricTypeSum:
		points(w, m.Sum().DataPoints().All())
	case pmetric.MetricTypeHistogram:
		points(w, m.Histogram().DataPoints().All())
	case pmetric.MetricTypeExponentialHistogram:
		points(w, m.ExponentialHistogram().DataPoints().All())
	case pmetric.MetricTypeSummary:
		for _, point := range m.Summary().DataPoints().All() {
			w.attributes("", point.Attributes(), 0)
		}
	case pmetric.MetricTypeEmpty:
	}
}

// points cleans the data points of one metric, whatever their type. A summary's
// points have no exemplars.
func points[P interface {
	Attributes() pcommon.Map
	Exemplars() pmetric.ExemplarSlice
}](w *walker, all iter.Seq2[int, P]) {
	for _, point := range all {
		w.attributes("", point.Attributes(), 0)
		for _, exemplar := range point.Exemplars().All() {
			w.attributes("", exemplar.FilteredAttributes(), 0)
		}
	}
}
