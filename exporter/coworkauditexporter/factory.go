package coworkauditexporter

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"

	"github.com/cowork-otel/collector/exporter/coworkauditexporter/internal/metadata"
)

// NewFactory returns the factory of the cowork_audit exporter.
func NewFactory() exporter.Factory {
	return exporter.NewFactory(metadata.Type, auditDefaults, exporter.WithLogs(createLogs, metadata.LogsStability))
}

func auditDefaults() component.Config {
	queue := exporterhelper.NewDefaultQueueConfig()
	queue.NumConsumers = 1 // keeps the order of arrival
	queue.Sizer = exporterhelper.RequestSizerTypeBytes
	queue.QueueSize = 64 << 20
	retry := configretry.NewDefaultBackOffConfig()
	retry.MaxElapsedTime = 0 // retried without a time limit
	return &Config{
		MaxSegmentBytes: 64 << 20, MaxSegmentAge: time.Hour, Sync: syncEachBatch,
		Queue: configoptional.Some(queue), Retry: retry,
	}
}

func createLogs(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Logs, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	c := cfg.(*Config)
	e := newExporter(c, set, telemetry)
	return exporterhelper.NewLogs(ctx, set, cfg, e.push,
		exporterhelper.WithTimeout(exporterhelper.TimeoutConfig{}),
		exporterhelper.WithRetry(c.Retry), exporterhelper.WithQueue(c.Queue),
		exporterhelper.WithStart(e.start), exporterhelper.WithShutdown(e.shutdown))
}
