package coworkalertexporter

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/config/configretry"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
)

// NewFactory returns the factory of the cowork_alert exporter.
func NewFactory() exporter.Factory {
	return exporter.NewFactory(
		metadata.Type,
		createDefaultConfig,
		exporter.WithLogs(createLogs, metadata.LogsStability),
	)
}

func createDefaultConfig() component.Config {
	client := confighttp.NewDefaultClientConfig()
	client.Timeout = 10 * time.Second
	// One consumer keeps the order of records: firing comes before resolved.
	queue := exporterhelper.NewDefaultQueueConfig()
	queue.NumConsumers = 1
	// Records are retried without a time limit.
	retry := configretry.NewDefaultBackOffConfig()
	retry.MaxElapsedTime = 0
	return &Config{
		Client: client,
		Labels: []string{"user", "team", "cost_center", "organization", "model", "tool", "connector", "skill", "plugin", "agent", "client_version", ruleLabels},
		Annotations: []string{
			"alert.message", "alert.description", "alert.why", "alert.action", "alert.measured",
			"alert.value", "alert.threshold", "prompt.id", "alert.event_id",
		},
		ResendInterval: time.Minute,
		Expiry:         15 * time.Minute,
		MinimumFiring:  time.Minute,
		ForgetAfter:    24 * time.Hour,
		MaxAlerts:      10_000,
		Queue:          configoptional.Some(queue),
		Retry:          retry,
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
		exporterhelper.WithTimeout(exporterhelper.TimeoutConfig{Timeout: c.Client.Timeout}),
		exporterhelper.WithRetry(c.Retry),
		exporterhelper.WithQueue(c.Queue),
		exporterhelper.WithStart(e.start),
		exporterhelper.WithShutdown(e.shutdown))
}
