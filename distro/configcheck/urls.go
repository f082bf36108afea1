package configcheck

import (
	"fmt"
	"net/url"
	"strings"
)

// checkURLs warns of exporters in use with a user or password in their endpoint, which the
// collector's own metrics show as a label.
func checkURLs(c *checker) {
	for _, id := range c.service.graph.Exporters() {
		visitURLs(c.Report, "exporters"+delimiter+id, "", c.service.graph.Config("exporters", id))
	}
}

func visitURLs(report *Report, where, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, value := range v {
			visitURLs(report, where, strings.TrimPrefix(path+delimiter+key, delimiter), value)
		}
	case []any:
		for i, value := range v {
			visitURLs(report, where, fmt.Sprint(path, delimiter, i), value)
		}
	case string:
		if u, err := url.Parse(v); err == nil && u.User != nil && strings.HasSuffix(path, "endpoint") {
			report.addWarning(where, "%s: contains a user or a password, which the collector's own metrics show (use auth with the extension basicauth)", path)
		}
	}
}
