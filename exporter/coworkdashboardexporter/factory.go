package coworkdashboardexporter

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exporterhelper"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/metadata"
)

// NewFactory returns the factory of the cowork_dashboard exporter.
func NewFactory() exporter.Factory {
	return exporter.NewFactory(
		metadata.Type,
		createDefaultConfig,
		exporter.WithLogs(createLogs, metadata.LogsStability),
	)
}

func createDefaultConfig() component.Config {
	const day = 24 * time.Hour
	server := confighttp.NewDefaultServerConfig()
	server.NetAddr.Endpoint = "localhost:4320"
	server.ReadTimeout = 10 * time.Second
	server.ReadHeaderTimeout = 5 * time.Second
	server.MaxRequestBodySize = 8 << 10 // of the form of a silence; other requests have no body
	client := confighttp.NewDefaultClientConfig()
	client.Timeout = 5 * time.Second
	return &Config{
		Server:          server,
		Database:        "./data/dashboard.db",
		FlushInterval:   time.Second,
		Retention:       Retention{Hours: 14 * day, Days: 400 * day, Sessions: 90 * day, Identities: 2 * day, Prompts: 5000},
		Alertmanager:    configoptional.Default(client),
		MaxSteps:        200,
		MaxContentBytes: 4096,
		MaxSessions:     200_000,
		MaxUsers:        200_000,
		MaxNames:        2000,
		MaxAlerts:       1000,
		MaxEvents:       1000,
		MaxRecent:       500_000,
		MaxPending:      500_000,
	}
}

func createLogs(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Logs, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	e := newExporter(cfg.(*Config), set, telemetry)
	// No queue, retry or timeout: push adds a batch to memory, or waits for its commit, which the ingest
	// repeats.
	return exporterhelper.NewLogs(ctx, set, cfg, e.push,
		exporterhelper.WithTimeout(exporterhelper.TimeoutConfig{}),
		exporterhelper.WithStart(e.start),
		exporterhelper.WithShutdown(e.shutdown))
}
