package coworkrulesconnector

import (
	"context"

	"go.opentelemetry.io/otel/attribute"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/stateful"
)

// Counters record the connector's own metrics. They are used by the loop, and by Shutdown
// after its end.
type counters struct {
	telemetry *metadata.TelemetryBuilder
	totals    stateful.Totals
}

// recordStats records what the rules have counted, and how many alert records wait.
func (c *counters) recordStats(ctx context.Context, s Stats, queued int) {
	t := c.telemetry
	t.ConnectorCoworkRulesFiring.Record(ctx, s.Firing)
	t.ConnectorCoworkRulesPending.Record(ctx, s.Pending)
	t.ConnectorCoworkRulesGroups.Record(ctx, s.Groups)
	t.ConnectorCoworkRulesQueued.Record(ctx, int64(queued))
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesEvents, s.Events)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesEvicted, s.Evicted)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesLate, s.Late)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesClipped, s.Clipped)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesSaturated, s.Saturated)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesAlertsSuppressed, s.Suppressed)
	for alert, n := range s.Alerts {
		c.totals.AddTotal(ctx, t.ConnectorCoworkRulesAlerts, n, attribute.String("rule", alert.Rule), attribute.String("status", string(alert.Status)))
	}
	for fault, n := range s.Faults {
		c.totals.AddTotal(ctx, t.ConnectorCoworkRulesConditionErrors, n, attribute.String("rule", fault.Rule), attribute.String("kind", fault.Kind))
	}
}
