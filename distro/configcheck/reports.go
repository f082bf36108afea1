package configcheck

import (
	"maps"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/distro/secrets"
)

// checkReports warns of components whose secrets the opamp extension sends to its server: it
// sends the configuration, in which only values of the type for secrets are replaced.
func checkReports(c *checker) {
	for _, id := range c.service.extensions {
		typ, _, _ := strings.Cut(id, "/")
		where := "extensions" + delimiter + id
		if typ != "opamp" || c.conf.Get(where+delimiter+"capabilities"+delimiter+"reports_effective_config") == false {
			continue
		}
		if open := openSecrets(c.decoded); len(open) > 0 {
			c.addWarning(where, "sends secrets of %s to its server (set capabilities::reports_effective_config to false)", strings.Join(open, ", "))
		}
	}
}

// openSecrets returns the components of which an encoded configuration contains a secret.
func openSecrets(decoded map[string]any) (open []string) {
	for _, where := range slices.Sorted(maps.Keys(decoded)) {
		encoded := confmap.New()
		if where == "service" || encoded.Marshal(decoded[where]) != nil {
			continue
		}
		var plain secrets.Set // values of the type for secrets are encoded as [REDACTED]
		if plain.AddRaw(encoded.ToStringMap()); plain.HasToken() {
			open = append(open, where)
		}
	}
	return open
}
