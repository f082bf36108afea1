package coworkdeliveryextension

import (
	"context"
	"net/http"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"

	"github.com/cowork-otel/collector/extension/coworkdeliveryextension/internal/metadata"
)

// NewFactory returns the factory of the cowork_delivery extension.
func NewFactory() extension.Factory {
	return extension.NewFactory(
		metadata.Type,
		func() component.Config {
			return &Config{Split: true, Retry: []int{http.StatusUnauthorized, http.StatusForbidden}}
		},
		createExtension,
		metadata.ExtensionStability,
	)
}

func createExtension(_ context.Context, set extension.Settings, cfg component.Config) (extension.Extension, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	return newMiddleware(set.ID, *cfg.(*Config), telemetry), nil
}
