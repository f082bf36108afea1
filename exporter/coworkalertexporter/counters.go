package coworkalertexporter

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
)

// counters are the exporter's own telemetry. No value of a record is in it.
type counters struct{ *metadata.TelemetryBuilder }

func (c counters) skipped(ctx context.Context, why string) {
	c.ExporterCoworkAlertSkipped.Add(ctx, 1, metric.WithAttributes(attribute.String("reason", why)))
}

func (c counters) stale(ctx context.Context) { c.ExporterCoworkAlertStale.Add(ctx, 1) }

func (c counters) cut(ctx context.Context, n int) {
	if n > 0 {
		c.ExporterCoworkAlertCut.Add(ctx, int64(n))
	}
}

func (c counters) delivered(ctx context.Context, status string) {
	c.ExporterCoworkAlertDeliveries.Add(ctx, 1, metric.WithAttributes(attribute.String("status", status)))
}

func (c counters) refused(ctx context.Context, status int) {
	c.ExporterCoworkAlertRefused.Add(ctx, 1, metric.WithAttributes(attribute.Int("status", status)))
}

func (c counters) failed(ctx context.Context, status int) {
	c.ExporterCoworkAlertFailures.Add(ctx, 1, metric.WithAttributes(attribute.Int("status", status)))
}

func (c counters) dropped(ctx context.Context, forgotten, evicted int) {
	if forgotten > 0 {
		c.ExporterCoworkAlertForgotten.Add(ctx, int64(forgotten))
	}
	if evicted > 0 {
		c.ExporterCoworkAlertEvicted.Add(ctx, int64(evicted))
	}
}

func (c counters) storageErrors(ctx context.Context, n int) {
	if n > 0 {
		c.ExporterCoworkAlertStorageErrors.Add(ctx, int64(n))
	}
}

func (c counters) known(ctx context.Context, n map[string]int64) {
	for status, n := range n {
		c.ExporterCoworkAlertKnown.Record(ctx, n, metric.WithAttributes(attribute.String("status", status)))
	}
}
