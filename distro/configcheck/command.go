package configcheck

import (
	"context"
	"fmt"
	"os"

	"go.opentelemetry.io/collector/otelcol"
)

// Command checks a configuration with the components and providers of a collector. The
// addresses of a collector that is about to start must be free.
func Command(ctx context.Context, set otelcol.CollectorSettings, uris []string, starts bool) (Report, error) {
	factories, err := set.Factories()
	if err != nil {
		return Report{}, fmt.Errorf("components: %w", err)
	}
	report := Check(ctx, Settings{
		URIs: uris, Providers: set.ConfigProviderSettings.ResolverSettings.ProviderFactories, Factories: factories,
		Starts: starts, LookupEnv: os.LookupEnv,
	})
	return report, nil
}
