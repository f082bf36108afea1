package configcheck

import (
	"context"
	"maps"
	"slices"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// checkUnused warns of exporters that no pipeline uses: nothing reaches them. An exporter
// that a later file has removed from its pipelines is meant to be unused.
func checkUnused(ctx context.Context, c *checker, s *service) {
	declared, _ := c.conf.Get("exporters").(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		var id component.ID
		if id.UnmarshalText([]byte(name)) != nil || s.uses("exporters"+delimiter+id.String()) || c.wasUsed(ctx, name) {
			continue
		}
		c.addWarning("exporters"+delimiter+name, "no pipeline sends to it (add it to the exporters of one)")
	}
}

// wasUsed reports whether a pipeline uses an exporter in the file that declares it, or in
// those before.
func (c *checker) wasUsed(ctx context.Context, name string) bool {
	for n := range c.URIs[1:] {
		all := c.resolve(ctx, c.URIs[:n+1])
		exporters, _ := all["exporters"].(map[string]any)
		if _, ok := exporters[name]; ok {
			return slices.Contains(pipelines.GraphOf(all).Exporters(), name)
		}
	}
	return false
}

// resolve returns the configuration at some locations, nil if it cannot be resolved.
func (c *checker) resolve(ctx context.Context, uris []string) map[string]any {
	resolver, err := confmap.NewResolver(confmap.ResolverSettings{URIs: uris, ProviderFactories: c.Providers, DefaultScheme: "env"})
	if err != nil {
		return nil
	}
	defer func() { _ = resolver.Shutdown(ctx) }()
	conf, err := resolver.Resolve(ctx)
	if err != nil {
		return nil
	}
	return conf.ToStringMap()
}
