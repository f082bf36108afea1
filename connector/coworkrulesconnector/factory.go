package coworkrulesconnector

import (
	"context"
	"os"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadata"
)

// NewFactory returns the factory of the cowork_rules connector.
func NewFactory() connector.Factory {
	return connector.NewFactory(
		metadata.Type,
		createDefaultConfig,
		connector.WithLogsToLogs(createLogsToLogs, metadata.LogsToLogsStability),
	)
}

func createDefaultConfig() component.Config {
	return &Config{
		BuiltinRules:       []string{"quiet"},
		RepeatInterval:     4 * time.Hour,
		Lateness:           5 * time.Minute,
		EvaluationInterval: 5 * time.Second,
		MaxGroups:          10_000,
		MaxActive:          1000,
		CheckpointInterval: 10 * time.Second,
	}
}

func createLogsToLogs(_ context.Context, set connector.Settings, cfg component.Config, next consumer.Logs) (connector.Logs, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	warn(os.Stderr, set.Logger, set.ID, cfg.(*Config).warnings())
	return newConnector(cfg.(*Config), set, telemetry, next)
}
