package metric

import (
	"cmp"
	"slices"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// Metrics writes a snapshot as OTLP, in the order of the table and of the attributes,
// under the scope that set fills in.
func (s *Snapshot) Metrics(set func(pcommon.InstrumentationScope)) pmetric.Metrics {
	slices.SortFunc(s.points, comparePoints)
	md := pmetric.NewMetrics()
	rm := md.ResourceMetrics().AppendEmpty()
	rm.Resource().Attributes().PutStr("service.name", "cowork")
	sm := rm.ScopeMetrics().AppendEmpty()
	set(sm.Scope())
	for rest := s.points; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].series.row == rest[0].series.row {
			n++
		}
		s.writeMetric(sm.Metrics().AppendEmpty(), rest[:n])
		rest = rest[n:]
	}
	return md
}

func comparePoints(a, b point) int {
	if c := cmp.Compare(a.series.row.index, b.series.row.index); c != 0 {
		return c
	}
	for i := range min(len(a.series.values), len(b.series.values)) {
		if x, y := a.series.values[i], b.series.values[i]; x != y {
			return cmp.Compare(x.Value(), y.Value())
		}
	}
	return cmp.Compare(a.series.rank(), b.series.rank())
}

// writeMetric writes the points of one metric.
func (s *Snapshot) writeMetric(m pmetric.Metric, points []point) {
	r := points[0].series.row
	m.SetName(r.Name)
	m.SetUnit(r.Unit)
	m.SetDescription(r.Doc)
	switch {
	case r.Type == Sum:
		s.writeSums(m.SetEmptySum(), points)
	case s.plan.set.Exponential:
		s.writeExponential(m.SetEmptyExponentialHistogram(), points)
	default:
		s.writeHistograms(m.SetEmptyHistogram(), points)
	}
}

func (s *Snapshot) writeSums(sum pmetric.Sum, points []point) {
	sum.SetIsMonotonic(true)
	sum.SetAggregationTemporality(s.temporality())
	sum.DataPoints().EnsureCapacity(len(points))
	for i := range points {
		p, dp := &points[i], sum.DataPoints().AppendEmpty()
		s.writePoint(p, dp)
		if per := p.series.row.per; per == ones {
			dp.SetIntValue(int64(p.sum))
		} else {
			dp.SetDoubleValue(p.sum / per)
		}
	}
}

func (s *Snapshot) writeHistograms(h pmetric.Histogram, points []point) {
	h.SetAggregationTemporality(s.temporality())
	h.DataPoints().EnsureCapacity(len(points))
	for i := range points {
		p, dp := &points[i], h.DataPoints().AppendEmpty()
		s.writePoint(p, dp)
		dp.SetCount(p.n)
		dp.SetSum(p.sum / p.series.row.per)
		b := p.dist.(*explicitBuckets)
		dp.ExplicitBounds().FromRaw(b.bounds)
		dp.BucketCounts().FromRaw(b.counts)
	}
}

func (s *Snapshot) writeExponential(h pmetric.ExponentialHistogram, points []point) {
	h.SetAggregationTemporality(s.temporality())
	h.DataPoints().EnsureCapacity(len(points))
	for i := range points {
		p, dp := &points[i], h.DataPoints().AppendEmpty()
		s.writePoint(p, dp)
		dp.SetCount(p.n)
		dp.SetSum(p.sum / p.series.row.per)
		b := p.dist.(*exponentialBuckets)
		dp.SetScale(b.scale)
		dp.SetZeroCount(b.zeros)
		dp.Positive().SetOffset(b.offset)
		dp.Positive().BucketCounts().FromRaw(b.counts)
	}
}

func (s *Snapshot) temporality() pmetric.AggregationTemporality {
	if s.plan.set.Delta {
		return pmetric.AggregationTemporalityDelta
	}
	return pmetric.AggregationTemporalityCumulative
}

// writePoint writes the attributes and the times of a point.
func (s *Snapshot) writePoint(p *point, dp interface {
	Attributes() pcommon.Map
	SetStartTimestamp(pcommon.Timestamp)
	SetTimestamp(pcommon.Timestamp)
},
) {
	start := p.series.start
	if s.plan.set.Delta {
		start = s.start
	}
	dp.SetStartTimestamp(start)
	dp.SetTimestamp(s.end)
	p.series.writeAttributes(s.plan, dp.Attributes())
}

// overflowKey marks the overflow series, as OpenTelemetry specifies.
const overflowKey = "otel.metric.overflow"

// rank orders the overflow series after the others.
func (one *series) rank() int {
	if one.values == nil {
		return 1
	}
	return 0
}

func (one *series) writeAttributes(p *Plan, m pcommon.Map) {
	r := one.row
	m.EnsureCapacity(len(one.values) + len(r.fixed))
	if one.values == nil {
		m.PutBool(overflowKey, true)
	}
	for i, value := range one.values {
		if s := value.Value(); s != "" {
			m.PutStr(r.key(p, i), s)
		}
	}
	for _, attribute := range r.fixed {
		m.PutStr(attribute[0], attribute[1])
	}
}

// key returns the name of the attribute with an index.
func (r *row) key(p *Plan, i int) string {
	if i < len(r.dims) {
		return p.set.Dimensions[r.dims[i]]
	}
	return r.Labels[i-len(r.dims)]
}
