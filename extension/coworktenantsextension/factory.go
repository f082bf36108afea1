package coworktenantsextension

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"

	"github.com/cowork-otel/collector/extension/coworktenantsextension/internal/metadata"
)

// NewFactory returns the factory of the cowork_tenants extension.
func NewFactory() extension.Factory {
	return extension.NewFactory(metadata.Type, createDefaultConfig, createExtension, metadata.ExtensionStability)
}

func createDefaultConfig() component.Config { return &Config{ReloadInterval: 10 * time.Second} }

func createExtension(_ context.Context, set extension.Settings, cfg component.Config) (extension.Extension, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	s := newSource(cfg.(*Config), set, telemetry)
	return &authenticator{source: s, telemetry: telemetry}, nil
}
