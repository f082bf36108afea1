package pii

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/literal"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Custom is a pattern of the configuration, in RE2 syntax. Its marker is
// "[REDACTED_<NAME>]", the name in upper case.
type Custom struct {
	Name, Regexp string
}

// custom is a compiled Custom.
type custom struct {
	Pattern
	expr literal.Pattern
}

// CheckCustom returns an error if a custom pattern is invalid. The text does not name the
// place of the pattern, which the caller adds. It may quote the expression, which is
// configuration.
func CheckCustom(c Custom) error {
	_, err := compileCustom(c)
	return err
}

func compileCustom(c Custom) (custom, error) {
	if err := checkCustomName(c.Name); err != nil {
		return custom{}, err
	}
	expr, err := literal.Compile(c.Regexp)
	if err != nil {
		return custom{}, err
	}
	marker := span.MarkerStart + "_" + strings.ToUpper(c.Name) + "]"
	return custom{Pattern{c.Name, marker}, expr}, nil
}

func checkCustomName(name string) error {
	switch {
	case name == "":
		return errors.New("the name is empty")
	case len(name) > span.MarkerMax:
		return fmt.Errorf("name %q: too long (at most %d characters)", name, span.MarkerMax)
	case builtinID(name) < span.BuiltinCount:
		return fmt.Errorf("name %q: is a built-in pattern's", name)
	}
	for i := range len(name) {
		c := name[i]
		if !text.Is(c, text.Lower) && (i == 0 || !text.Is(c, text.Digit) && c != '_') {
			return fmt.Errorf("name %q: want a small letter, then small letters, digits and underscores", name)
		}
	}
	return nil
}

// newGate returns the gate of the custom patterns, nil if there are none.
func newGate(patterns []custom) *literal.Gate {
	if len(patterns) == 0 {
		return nil
	}
	exprs := make([]literal.Pattern, len(patterns))
	for i, c := range patterns {
		exprs[i] = c.expr
	}
	return literal.NewGate(exprs)
}
