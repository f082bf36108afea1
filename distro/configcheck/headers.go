package configcheck

import (
	"maps"
	"slices"
	"strings"
)

// checkHeaders reports headers of exporters in use with a line break, as a Secret of
// Kubernetes or a file gives it: each request would fail.
func checkHeaders(c *checker) {
	for _, id := range c.service.graph.Exporters() {
		where := "exporters" + delimiter + id
		headers, _ := c.service.graph.Config("exporters", id)["headers"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(headers)) {
			if text, ok := headers[name].(string); ok && strings.ContainsAny(text, "\r\n") {
				path := []string{"exporters", id, "headers", name}
				from := ""
				if names := variablesIn(c.unexpandedAt(path)); len(names) > 0 {
					from = " of " + strings.Join(names, ", ")
				}
				c.addError(where, "headers::%s: has a line break (remove it from the value%s)", name, from)
			}
		}
	}
}
