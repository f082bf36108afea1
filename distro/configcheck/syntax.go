package configcheck

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/confmap"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/nearest"
	"github.com/cowork-otel/collector/internal/yamlerror"
)

// addSyntax reports files of a configuration that are no YAML, or no configuration, each with
// the line or the key and the probable mistake, and without text of the file. It returns false
// if there is none.
func (r *Report) addSyntax(uris []string, providers []confmap.ProviderFactory) (found bool) {
	before := len(r.Errors)
	for _, uri := range uris {
		name := strings.TrimPrefix(uri, "file:")
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		var value any
		if err = yaml.Unmarshal(text, &value); err != nil {
			if line, words := yamlerror.Mistake(text, err); words != "" {
				r.addError(name, "line %d: is not valid YAML: %s", line, words)
			}
			continue
		}
		switch value.(type) {
		case nil, map[string]any:
			r.addSchemes(name, nil, value, schemesOf(providers))
		default:
			r.addError(name, "has no keys with values (a configuration has sections, such as exporters:)")
		}
	}
	return len(r.Errors) > before
}

// schemeOf matches a reference to a value of another place, with its scheme.
var schemeOf = regexp.MustCompile(`(\$*)\$\{([A-Za-z][A-Za-z0-9+.-]+):`)

func schemesOf(providers []confmap.ProviderFactory) (names []string) {
	for _, p := range providers {
		names = append(names, p.Create(confmap.ProviderSettings{}).Scheme())
	}
	return names
}

// addSchemes reports the keys of values that refer to an unknown scheme. A scheme that is not
// near a known one is not shown: it can be part of a password.
func (r *Report) addSchemes(file string, path []string, value any, known []string) {
	switch v := value.(type) {
	case map[string]any:
		for key, value := range v {
			r.addSchemes(file, append(slices.Clone(path), key), value, known)
		}
	case []any:
		for i, value := range v {
			r.addSchemes(file, append(slices.Clone(path), fmt.Sprint(i)), value, known)
		}
	case string:
		for _, m := range schemeOf.FindAllStringSubmatch(v, -1) {
			if len(m[1])%2 == 1 || slices.Contains(known, m[2]) {
				continue // $${ is a text
			}
			right := "env, file and yaml are known; write $${…} for a text"
			if near := nearest.Name(m[2], known); near != "" {
				right = fmt.Sprintf("did you mean ${%s:…}?", near)
			}
			r.addError(strings.Join(path, delimiter), "has ${…} with an unknown scheme in %s (%s)", file, right)
		}
	}
}
