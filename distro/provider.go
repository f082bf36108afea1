package distro

import (
	"context"
	_ "embed"
	"fmt"

	"go.opentelemetry.io/collector/confmap"
)

// scheme is the scheme of the URI of the default configuration.
const scheme = "default"

//go:embed config.yaml
var config []byte

// NewFactory returns the factory of the provider that serves the embedded
// default configuration under the URI "default:".
func NewFactory() confmap.ProviderFactory {
	return confmap.NewProviderFactory(func(confmap.ProviderSettings) confmap.Provider { return provider{} })
}

type provider struct{}

// Retrieve returns the default configuration. The URI is the scheme alone.
func (provider) Retrieve(_ context.Context, uri string, _ confmap.WatcherFunc) (*confmap.Retrieved, error) {
	if uri != scheme+":" {
		return nil, fmt.Errorf("%q: there is one default configuration (want %q)", uri, scheme+":")
	}
	return confmap.NewRetrievedFromYAML(config)
}

// Scheme returns "default".
func (provider) Scheme() string { return scheme }

// Shutdown does nothing: the provider holds no resources.
func (provider) Shutdown(context.Context) error { return nil }
