package coworktracesconnector

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/semconv"
)

// NewFactory returns the factory of the cowork_traces connector.
func NewFactory() connector.Factory {
	return connector.NewFactory(
		metadata.Type,
		createDefaultConfig,
		connector.WithLogsToTraces(createLogsToTraces, metadata.LogsToTracesStability),
	)
}

func createDefaultConfig() component.Config {
	return &Config{SkipTraced: true, Semconv: semconv.V141}
}

func createLogsToTraces(_ context.Context, set connector.Settings, cfg component.Config, next consumer.Traces) (connector.Logs, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	return &tracesConnector{
		cfg:       *cfg.(*Config),
		version:   set.BuildInfo.Version,
		telemetry: telemetry,
		next:      next,
	}, nil
}
