package coworkjsonlinesextension

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"

	"github.com/cowork-otel/collector/extension/coworkjsonlinesextension/internal/metadata"
)

// NewFactory returns the factory of the cowork_json_lines extension.
func NewFactory() extension.Factory {
	return extension.NewFactory(
		metadata.Type,
		func() component.Config { return &Config{Of: ofBody} },
		func(_ context.Context, _ extension.Settings, cfg component.Config) (extension.Extension, error) {
			return encoding{attributes: cfg.(*Config).Of == ofAttributes}, nil
		},
		metadata.ExtensionStability,
	)
}
