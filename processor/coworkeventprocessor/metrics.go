package coworkeventprocessor

import (
	"context"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/processor/processorhelper"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadata"
)

// A metricProcessor renames metrics and attributes that only this collector writes, and
// compares data points with the sender's token. It is safe for concurrent use.
type metricProcessor struct {
	cfg       *Config
	telemetry *metadata.TelemetryBuilder
	reporter  *reporter
}

// processMetrics passes metrics on, or drops points because of the configuration. It fails
// if the sender of the batch is refused, or a mismatch cannot be passed on.
func (p *metricProcessor) processMetrics(ctx context.Context, md pmetric.Metrics) (pmetric.Metrics, error) {
	check, err := newTenantCheck(ctx, p.cfg, metricsSignal, p.telemetry)
	if err != nil {
		return md, err
	}
	if !p.cfg.TrustMarks {
		p.renameReserved(ctx, md)
	}
	if check == nil {
		return md, nil
	}
	check.checkMetrics(md)
	check.recordCounters(ctx, p.telemetry)
	if err := p.reporter.emit(ctx, check); err != nil {
		return md, err
	}
	if md.ResourceMetrics().Len() == 0 && check.drops() {
		return md, processorhelper.ErrSkipProcessingData
	}
	return md, nil
}

// renameReserved renames the reserved attributes and metrics of a batch.
func (p *metricProcessor) renameReserved(ctx context.Context, md pmetric.Metrics) {
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
