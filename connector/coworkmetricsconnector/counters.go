package coworkmetricsconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	otelmetric "go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/metric"
)

// counters tell what the connector itself does. They are asked once a flush.
type counters struct{ telemetry *metadata.TelemetryBuilder }

// report adds what was counted since the last flush.
func (c *counters) report(ctx context.Context, series int, stats *metric.Stats) {
	c.telemetry.ConnectorCoworkMetricsSeries.Record(ctx, int64(series))
	c.telemetry.ConnectorCoworkMetricsCutLabels.Add(ctx, stats.Cut)
	c.telemetry.ConnectorCoworkMetricsForgotten.Add(ctx, stats.Forgotten)
	add(ctx, c.telemetry.ConnectorCoworkMetricsDuplicates, "kind", stats.Duplicates)
	add(ctx, c.telemetry.ConnectorCoworkMetricsInvalid, "attribute", stats.Invalid)
	add(ctx, c.telemetry.ConnectorCoworkMetricsOverflow, "metric", stats.Overflow)
}

func add(ctx context.Context, to otelmetric.Int64Counter, label string, counts map[string]int64) {
	for key, n := range counts {
		to.Add(ctx, n, otelmetric.WithAttributes(attribute.String(label, key)))
	}
}

// flushed counts points that were emitted, or that they were not taken.
func (c *counters) flushed(ctx context.Context, took time.Duration, points int, err error) {
	c.telemetry.ConnectorCoworkMetricsFlushDuration.Record(ctx, took.Seconds())
	if err != nil {
		c.telemetry.ConnectorCoworkMetricsFlushErrors.Add(ctx, 1)
		return
	}
	c.telemetry.ConnectorCoworkMetricsPoints.Add(ctx, int64(points))
}

func (c *counters) lost(ctx context.Context, points int) {
	c.telemetry.ConnectorCoworkMetricsLostPoints.Add(ctx, int64(points))
}
