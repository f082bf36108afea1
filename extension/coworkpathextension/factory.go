package coworkpathextension

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"

	"github.com/cowork-otel/collector/extension/coworkpathextension/internal/metadata"
)

// NewFactory returns the factory of the cowork_path extension.
func NewFactory() extension.Factory {
	return extension.NewFactory(
		metadata.Type,
		func() component.Config { return &Config{} },
		func(context.Context, extension.Settings, component.Config) (extension.Extension, error) {
			return middleware{}, nil
		},
		metadata.ExtensionStability,
	)
}
