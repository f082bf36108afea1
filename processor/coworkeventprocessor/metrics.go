package coworkeventprocessor

import (
	"context"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// A metricProcessor renames metrics and attributes that only this collector writes. It is
// safe for concurrent use.
type metricProcessor struct {
	cfg       *Config
	telemetry *metadata.TelemetryBuilder
}

// processMetrics never fails. It passes all metrics on.
func (p *metricProcessor) processMetrics(ctx context.Context, md pmetric.Metrics) (pmetric.Metrics, error) {
	if p.cfg.TrustMarks {
		return md, nil
	}
	forged := forgedCounter{}
	for _, rm := range md.ResourceMetrics().All() {
		forged.rename(rm.Resource().Attributes(), inResource)
		for _, sm := range rm.ScopeMetrics().All() {
			forged.rename(sm.Scope().Attributes(), inScope)
			for _, m := range sm.Metrics().All() {
				if name, ok := cowork.ClientMetricName(m.Name()); ok {
					m.SetName(name)
					forged[forgedKey{cowork.ReservedAttributes, inMetric}]++
				}
				forged.rename(m.Metadata(), inMetric)
				forged.renameInPoints(m)
			}
		}
	}
	forged.record(ctx, p.telemetry)
	return md, nil
}

// renameInPoints renames the attributes of a metric's data points.
func (c forgedCounter) renameInPoints(m pmetric.Metric) {
	switch m.Type() {
	case pmetric.MetricTypeGauge:
		renamePoints(c, m.Gauge().DataPoints())
	case pmetric.MetricTypeSum:
		renamePoints(c, m.Sum().DataPoints())
	case pmetric.MetricTypeHistogram:
		renamePoints(c, m.Histogram().DataPoints())
	case pmetric.MetricTypeExponentialHistogram:
		renamePoints(c, m.ExponentialHistogram().DataPoints())
	case pmetric.MetricTypeSummary:
		renamePoints(c, m.Summary().DataPoints())
	}
}

// points is a slice of data points of any type.
type points[P interface{ Attributes() pcommon.Map }] interface {
	Len() int
	At(int) P
}

func renamePoints[P interface{ Attributes() pcommon.Map }](c forgedCounter, all points[P]) {
	for i := range all.Len() {
		c.rename(all.At(i).Attributes(), inPoint)
	}
}

// rename renames the reserved attributes of a map, and counts them.
func (c forgedCounter) rename(attributes pcommon.Map, place string) {
	c.add(cowork.RenameReserved(nil, attributes), place)
}
