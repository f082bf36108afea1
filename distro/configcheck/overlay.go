package configcheck

import (
	"context"
	"slices"

	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/distro"
)

// defaultURI is the location of the default configuration of the distribution.
const defaultURI = "default:"

// WithDefault returns the locations of a configuration with that of the default one in front
// if it is an overlay ([distro.IsOverlay]). It returns the locations as they are if they
// cannot be read: [Check] reports that.
func WithDefault(ctx context.Context, set otelcol.CollectorSettings, uris []string) []string {
	if slices.Contains(uris, defaultURI) {
		return uris
	}
	conf, err := resolve(ctx, uris, set.ConfigProviderSettings.ResolverSettings.ProviderFactories)
	if err != nil || !distro.IsOverlay(conf) {
		return uris
	}
	return append([]string{defaultURI}, uris...)
}

// resolve reads the locations of a configuration, and merges them.
func resolve(ctx context.Context, uris []string, providers []confmap.ProviderFactory) (*confmap.Conf, error) {
	resolver, err := confmap.NewResolver(confmap.ResolverSettings{URIs: uris, ProviderFactories: providers, DefaultScheme: "env"})
	if err != nil {
		return nil, err
	}
	defer func() { _ = resolver.Shutdown(ctx) }()
	return resolver.Resolve(ctx)
}
