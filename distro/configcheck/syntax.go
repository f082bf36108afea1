package configcheck

import (
	"os"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/yamlerror"
)

// addSyntax reports files of a configuration that are no YAML, each with the line and the
// probable mistake, and without text of the file. It returns false if there is none.
func (r *Report) addSyntax(uris []string) (found bool) {
	for _, uri := range uris {
		name := strings.TrimPrefix(uri, "file:")
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		var value any
		if err = yaml.Unmarshal(text, &value); err == nil {
			continue
		}
		if line, words := yamlerror.Mistake(text, err); words != "" {
			r.addError(name, "line %d: is not valid YAML: %s", line, words)
			found = true
		}
	}
	return found
}
