package coworkmetricsconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	otelmetric "go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/metric"
)

// counters record the connector's own metrics, once a flush.
type counters struct{ telemetry *metadata.TelemetryBuilder }

// recordStats adds the counts since the last flush.
func (c *counters) recordStats(ctx context.Context, series int, stats *metric.Stats) {
	c.telemetry.ConnectorCoworkMetricsSeries.Record(ctx, int64(series))
	c.telemetry.ConnectorCoworkMetricsCutLabels.Add(ctx, stats.Cut)
	c.telemetry.ConnectorCoworkMetricsForgotten.Add(ctx, stats.Forgotten)
	addCounts(ctx, c.telemetry.ConnectorCoworkMetricsDuplicates, "kind", stats.Duplicates)
	addCounts(ctx, c.telemetry.ConnectorCoworkMetricsInvalid, "attribute", stats.Invalid)
	addCounts(ctx, c.telemetry.ConnectorCoworkMetricsOverflow, "metric", stats.Overflow)
	addCounts(ctx, c.telemetry.ConnectorCoworkMetricsEvicted, "metric", stats.Evicted)
}

func addCounts(ctx context.Context, to otelmetric.Int64Counter, label string, counts map[string]int64) {
	for key, n := range counts {
		to.Add(ctx, n, otelmetric.WithAttributes(attribute.String(label, key)))
	}
}

// recordFlush counts the points of a flush, or its error.
func (c *counters) recordFlush(ctx context.Context, took time.Duration, points int, err error) {
	c.telemetry.ConnectorCoworkMetricsFlushDuration.Record(ctx, took.Seconds())
	if err != nil {
		c.telemetry.ConnectorCoworkMetricsFlushErrors.Add(ctx, 1)
		return
	}
	c.telemetry.ConnectorCoworkMetricsPoints.Add(ctx, int64(points))
}

func (c *counters) recordCheckpointError(ctx context.Context) {
	c.telemetry.ConnectorCoworkMetricsCheckpointErrors.Add(ctx, 1)
}

// recordLost counts points that were dropped.
func (c *counters) recordLost(ctx context.Context, points int) {
	c.telemetry.ConnectorCoworkMetricsLostPoints.Add(ctx, int64(points))
}
