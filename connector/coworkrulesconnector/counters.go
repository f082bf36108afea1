package coworkrulesconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadata"
)

// Counters tell what the connector itself does. What was counted since the beginning
// becomes what was counted since the last report.
type counters struct {
	telemetry *metadata.TelemetryBuilder
	last      Stats
}

// report adds what is new.
func (c *counters) report(ctx context.Context, now Stats, queued int) {
	t := c.telemetry
	t.ConnectorCoworkRulesFiring.Record(ctx, now.Firing)
	t.ConnectorCoworkRulesPending.Record(ctx, now.Pending)
	t.ConnectorCoworkRulesGroups.Record(ctx, now.Groups)
	t.ConnectorCoworkRulesQueued.Record(ctx, int64(queued))
	add(ctx, t.ConnectorCoworkRulesEvents, now.Events-c.last.Events)
	add(ctx, t.ConnectorCoworkRulesEvicted, now.Evicted-c.last.Evicted)
	add(ctx, t.ConnectorCoworkRulesLate, now.Late-c.last.Late)
	add(ctx, t.ConnectorCoworkRulesClipped, now.Clipped-c.last.Clipped)
	add(ctx, t.ConnectorCoworkRulesSaturated, now.Saturated-c.last.Saturated)
	add(ctx, t.ConnectorCoworkRulesAlertsSuppressed, now.Suppressed-c.last.Suppressed)
	for told, n := range now.Alerts {
		add(ctx, t.ConnectorCoworkRulesAlerts, n-c.last.Alerts[told], attribute.String("rule", told.Rule), attribute.String("status", string(told.Status)))
	}
	for fault, n := range now.Faults {
		add(ctx, t.ConnectorCoworkRulesConditionErrors, n-c.last.Faults[fault], attribute.String("rule", fault.Rule), attribute.String("kind", fault.Kind))
	}
	c.last = now
}

// age says how old what is stored is.
func (c *counters) age(ctx context.Context, age time.Duration) {
	c.telemetry.ConnectorCoworkRulesCheckpointAge.Record(ctx, age.Seconds())
}

func (c *counters) lost(ctx context.Context, n int) {
	add(ctx, c.telemetry.ConnectorCoworkRulesAlertsDropped, int64(n))
}

func (c *counters) retried(ctx context.Context) { add(ctx, c.telemetry.ConnectorCoworkRulesRetries, 1) }

// refused counts a checkpoint that the storage did not take, or could not give back.
func (c *counters) refused(ctx context.Context) {
	add(ctx, c.telemetry.ConnectorCoworkRulesCheckpointErrors, 1)
}

func (c *counters) checkpoint(ctx context.Context, took time.Duration, size int) {
	c.telemetry.ConnectorCoworkRulesCheckpointDuration.Record(ctx, took.Seconds())
	c.telemetry.ConnectorCoworkRulesCheckpointSize.Record(ctx, int64(size))
}

func add(ctx context.Context, to metric.Int64Counter, n int64, labels ...attribute.KeyValue) {
	if n > 0 {
		to.Add(ctx, n, metric.WithAttributes(labels...))
	}
}
