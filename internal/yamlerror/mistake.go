package yamlerror

import (
	"errors"
	"strings"

	goccy "github.com/goccy/go-yaml"
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

// Mistake returns the line of a syntax error and the probable mistake in words, which are
// empty for another error.
func Mistake(text []byte, err error) (line int, words string) {
	for _, m := range mistakes {
		if strings.Contains(err.Error(), m.problem) {
			return lineOf(text, err), m.words
		}
	}
	return Line(err), ""
}

// lineOf returns the line of a mistake. For an error of indentation, the first parser names
// the line where the section begins; the second names that of the mistake.
func lineOf(text []byte, err error) int {
	line := Line(err)
	var value any
	var syntax goccy.Error
	if errors.As(goccy.Unmarshal(text, &value), &syntax) && syntax.GetToken() != nil {
		line = max(line, syntax.GetToken().Position.Line)
	}
	return line
}
