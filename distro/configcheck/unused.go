package configcheck

import (
	"context"
	"maps"
	"slices"

	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// checkUnused warns of exporters that no pipeline uses: nothing reaches them. An exporter
// that a later file has removed from its pipelines is meant to be unused.
func checkUnused(ctx context.Context, c *checker) {
	declared, _ := c.conf.Get("exporters").(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		var id component.ID
		if id.UnmarshalText([]byte(name)) != nil || c.service.uses("exporters"+delimiter+id.String()) || wasUsed(ctx, c.Settings, name) {
			continue
		}
		c.addWarning("exporters"+delimiter+name, "no pipeline sends to it (add it to the exporters of one)")
	}
}

// wasUsed reports whether a pipeline uses an exporter in the file that declares it, or in
// those before.
func wasUsed(ctx context.Context, set Settings, name string) bool {
	for n := range set.URIs[1:] {
		conf, err := resolve(ctx, set.URIs[:n+1], set.Providers)
		if err != nil {
			return true // the file alone is not complete
		}
		all := conf.ToStringMap()
		exporters, _ := all["exporters"].(map[string]any)
		if _, ok := exporters[name]; ok {
			return slices.Contains(pipelines.GraphOf(all).Exporters(), name)
		}
	}
	return false
}
