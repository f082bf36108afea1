package language

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/ottlfuncs"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A mistake is a common one in conditions that OTTL reports as an unexpected token or path.
type mistake struct {
	pattern *regexp.Regexp // of a text whose strings are empty
	hint    string         // with the groups of the pattern
}

// mistakes are in the order in which they are looked for.
var mistakes = []mistake{
	{regexp.MustCompile(`'`), `a text has double quotes ("Bash" would be right)`},
	{regexp.MustCompile(`\battributes\[\s*([A-Za-z_][\w.]*)\s*\]`), `attributes[${1}] has no quotes (attributes["${1}"] would be right)`},
	{regexp.MustCompile(`\battributes\.([A-Za-z_][\w.]*)`), `attributes.${1} is no path (attributes["${1}"] would be right)`},
	{regexp.MustCompile(`&&`), `&& is no operator (and would be right)`},
	{regexp.MustCompile(`\|\|`), `|| is no operator (or would be right)`},
	{regexp.MustCompile(`\b(AND|OR|NOT)\b`), `${1} is no operator (and, or and not are, in lower case)`},
	{regexp.MustCompile(`\b(\d+(?:ms|s|m|h|d))\b`), `${1} has a unit (a number would be right: attributes such as duration_ms have theirs in the name)`},
	{regexp.MustCompile(`[=!]=\s*([A-Za-z_]\w*)\s*(?:$|\)|and\b|or\b)`), `${1} has no quotes ("${1}" would be right)`},
	{regexp.MustCompile(`(?:^|[^=!<>])=(?:[^=>]|$)`), `= compares nothing (== would be right)`},
}

// quoted matches a string of OTTL.
var quoted = regexp.MustCompile(`"(?:\\.|[^\\"])*"`)

// constants are words that a value is compared with.
var constants = []string{"true", "false", "nil"}

// mistakeOf returns the mistake in a text that OTTL has refused, "" if it is none of the
// common ones.
func mistakeOf(text string) string {
	text = quoted.ReplaceAllString(text, `""`)
	for _, m := range mistakes {
		match := m.pattern.FindStringSubmatchIndex(text)
		if match == nil || len(match) == 4 && slices.Contains(constants, text[match[2]:match[3]]) {
			continue
		}
		return string(m.pattern.ExpandString(nil, m.hint, text, match))
	}
	return ""
}

var (
	invalidPath     = regexp.MustCompile(`segment "[^"]*" from path "(?:log\.)?([^"[]+)[^"]*" is not a valid path`)
	unknownFunction = regexp.MustCompile(`undefined function "([^"]+)"`)
)

// reasonOf returns an error of OTTL for a text in words: the mistake if it is a common one,
// or else the error without its start, which repeats the text, and without its link.
func reasonOf(text string, err error) error {
	if err == nil {
		return nil
	}
	reason := err.Error()
	for _, before := range []string{"unable to parse OTTL condition", "unable to parse OTTL value expression"} {
		if strings.HasPrefix(reason, before) {
			if _, rest, ok := strings.Cut(reason, `": `); ok {
				reason = rest
			}
		}
	}
	if match := unknownFunction.FindStringSubmatch(reason); match != nil {
		return fmt.Errorf("undefined function %q%s", match[1], didYouMean(match[1], functionNames()))
	}
	isSyntax := strings.Contains(reason, "has invalid syntax") || strings.Contains(reason, "was not used by the context")
	path := invalidPath.FindStringSubmatch(reason)
	if hint := mistakeOf(text); hint != "" && (isSyntax || path != nil) {
		return errors.New(hint)
	}
	if path != nil && cowork.AttributeOf(path[1]) != nil {
		return fmt.Errorf("%s is an attribute (attributes[%q] would be right)", path[1], path[1])
	}
	if path != nil {
		return fmt.Errorf("%s is no field of a record (attributes[%q] is an attribute)", path[1], path[1])
	}
	return errors.New(reason)
}

// functionNames returns the names of the functions of conditions.
func functionNames() (names []string) {
	for _, c := range converters {
		names = append(names, c.name)
	}
	for name := range ottlfuncs.StandardConverters[*ottllog.TransformContext]() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
