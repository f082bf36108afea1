package pii

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/needle"
)

// A Custom is a pattern of the user's, in RE2 syntax. Its marker is
// "[REDACTED_<NAME>]", the name in upper case.
type Custom struct {
	Name, Regexp string
}

// custom is a Custom that is ready for use.
type custom struct {
	Pattern
	re    *regexp.Regexp
	needs needle.Needs
}

// CheckCustom returns what is wrong with one custom pattern. The text of the
// error is only that, since the caller knows where the pattern stands; it may
// quote the expression, which is configuration.
func CheckCustom(c Custom) error {
	_, err := compileCustom(c)
	return err
}

func compileCustom(c Custom) (custom, error) {
	if err := checkCustomName(c.Name); err != nil {
		return custom{}, err
	}
	if c.Regexp == "" {
		return custom{}, errors.New("the expression is empty")
	}
	re, err := regexp.Compile(c.Regexp)
	var bad *syntax.Error
	switch {
	case errors.As(err, &bad):
		return custom{}, fmt.Errorf("%s: `%s`", bad.Code, bad.Expr)
	case err != nil:
		return custom{}, err
	case re.MatchString(""):
		return custom{}, errors.New("matches the empty text")
	}
	needs, err := needle.Of(c.Regexp)
	if err != nil {
		return custom{}, err
	}
	marker := markerStart + "_" + strings.ToUpper(c.Name) + "]"
	return custom{Pattern{c.Name, marker}, re, needs}, nil
}

func checkCustomName(name string) error {
	switch {
	case name == "":
		return errors.New("the name is empty")
	case len(name) > markerMax:
		return fmt.Errorf("name %q: too long (at most %d characters)", name, markerMax)
	case builtinID(name) < builtinCount:
		return fmt.Errorf("name %q: is a built-in pattern's", name)
	}
	for i := range len(name) {
		c := name[i]
		if !is(c, lower) && (i == 0 || !is(c, digit) && c != '_') {
			return fmt.Errorf("name %q: want a small letter, then small letters, digits and underscores", name)
		}
	}
	return nil
}
