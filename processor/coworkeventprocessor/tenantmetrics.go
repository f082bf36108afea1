package coworkeventprocessor

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/cowork-otel/collector/internal/cowork"
)

// checkMetrics compares the data points of a batch with the sender's token. It removes
// those that are refused, and what becomes empty by that.
func (c *tenantCheck) checkMetrics(md pmetric.Metrics) {
	md.ResourceMetrics().RemoveIf(func(rm pmetric.ResourceMetrics) bool {
		ofResource := c.enter(cowork.Claim{}, rm.Resource().Attributes())
		n := rm.ScopeMetrics().Len()
		rm.ScopeMetrics().RemoveIf(func(sm pmetric.ScopeMetrics) bool {
			ofScope := c.enter(ofResource, sm.Scope().Attributes())
			n := sm.Metrics().Len()
			sm.Metrics().RemoveIf(func(m pmetric.Metric) bool { return c.removesMetric(m, c.enter(ofScope, m.Metadata())) })
			return sm.Metrics().Len() == 0 && n > 0
		})
		return rm.ScopeMetrics().Len() == 0 && n > 0
	})
}

// enter adds the claims of a map around items, and renames those that are not allowed if
// the items are marked.
func (c *tenantCheck) enter(around cowork.Claim, m pcommon.Map) cowork.Claim {
	claim := c.claims(around, m)
	c.rename(claim, m)
	return claim
}

// removesMetric removes the points of a metric that are refused, and reports whether no
// point is left.
func (c *tenantCheck) removesMetric(m pmetric.Metric, around cowork.Claim) bool {
	switch m.Type() {
	case pmetric.MetricTypeGauge:
		return removePoints(c, m.Gauge().DataPoints(), around)
	case pmetric.MetricTypeSum:
		return removePoints(c, m.Sum().DataPoints(), around)
	case pmetric.MetricTypeHistogram:
		return removePoints(c, m.Histogram().DataPoints(), around)
	case pmetric.MetricTypeExponentialHistogram:
		return removePoints(c, m.ExponentialHistogram().DataPoints(), around)
	case pmetric.MetricTypeSummary:
		return removePoints(c, m.Summary().DataPoints(), around)
	default:
		return false
	}
}

// removablePoints is a slice of data points of any type.
type removablePoints[P interface{ Attributes() pcommon.Map }] interface {
	Len() int
	RemoveIf(removes func(P) bool)
}

// removePoints removes the points that are refused, and reports whether it removed all.
func removePoints[P interface{ Attributes() pcommon.Map }](c *tenantCheck, points removablePoints[P], around cowork.Claim) bool {
	n := points.Len()
	points.RemoveIf(func(p P) bool {
		claim := c.claims(around, p.Attributes())
		exemplars := pmetric.NewExemplarSlice()
		if with, ok := any(p).(interface{ Exemplars() pmetric.ExemplarSlice }); ok {
			exemplars = with.Exemplars()
		}
		for _, e := range exemplars.All() {
			claim = c.claims(claim, e.FilteredAttributes())
		}
		for _, e := range exemplars.All() {
			c.rename(claim, e.FilteredAttributes())
		}
		c.rename(claim, p.Attributes())
		return !c.passes(claim, p.Attributes())
	})
	return points.Len() == 0 && n > 0
}
