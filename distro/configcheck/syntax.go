package configcheck

import (
	"errors"
	"os"
	"strings"

	goccy "github.com/goccy/go-yaml"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/yamlerror"
)

// mistakes are the probable mistakes for the errors of the parser, which name a rule of
// YAML.
var mistakes = []struct{ problem, words string }{
	{"mapping values are not allowed", "a key is indented too far, or a value with a colon needs quotes"},
	{"did not find expected key", "the indentation is not that of the keys above"},
	{"did not find expected '-' indicator", "the indentation is not that of the list above"},
	{"did not find expected ',' or", "a bracket is not closed"},
	{"could not find expected ':'", "a key has no colon"},
	{"found unexpected end of stream", "a quote is not closed"},
	{"cannot start any token", "a tab, or a value that needs quotes (indent with spaces)"},
	{"already defined", "a key is there twice"},
}

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
		for _, m := range mistakes {
			if strings.Contains(err.Error(), m.problem) {
				r.addError(name, "line %d: is not valid YAML: %s", lineOf(text, err), m.words)
				found = true
				break
			}
		}
	}
	return found
}

// lineOf returns the line of a mistake. For an error of indentation, the first parser names
// the line where the section begins; the second names that of the mistake.
func lineOf(text []byte, err error) int {
	line := yamlerror.Line(err)
	var value any
	var syntax goccy.Error
	if errors.As(goccy.Unmarshal(text, &value), &syntax) && syntax.GetToken() != nil {
		line = max(line, syntax.GetToken().Position.Line)
	}
	return line
}
