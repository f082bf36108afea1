package configcheck

import (
	"context"
	"fmt"
	"io"
	"os"

	"go.opentelemetry.io/collector/otelcol"
)

// Command checks the configuration that the collector's settings name, and writes warnings.
// It returns an error that lists all errors. The addresses of a collector that is about to
// start must be free.
func Command(ctx context.Context, set otelcol.CollectorSettings, uris []string, starts bool, stderr io.Writer) error {
	factories, err := set.Factories()
	if err != nil {
		return fmt.Errorf("components: %w", err)
	}
	report := Check(ctx, Settings{
		URIs: uris, Providers: set.ConfigProviderSettings.ResolverSettings.ProviderFactories, Factories: factories,
		Addresses: starts, LookupEnv: os.LookupEnv,
	})
	for _, w := range report.Warnings {
		fmt.Fprintf(stderr, "warning: %s\n", w)
	}
	return report.Err()
}
