package coworkcorrelationprocessor

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/processor"

	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadata"
)

// NewFactory returns the factory of the cowork_correlation processor.
func NewFactory() processor.Factory {
	return processor.NewFactory(
		metadata.Type,
		createDefaultConfig,
		processor.WithLogs(createLogs, metadata.LogsStability),
	)
}

func createDefaultConfig() component.Config {
	return &Config{
		IdleTimeout:        5 * time.Minute,
		MaxPrompts:         100_000,
		Deduplicate:        true,
		Summary:            true,
		CheckpointInterval: time.Second,
	}
}

func createLogs(_ context.Context, set processor.Settings, cfg component.Config, next consumer.Logs) (processor.Logs, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	return newProcessor(cfg.(*Config), set, telemetry, next), nil
}
