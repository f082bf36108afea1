package literal

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
)

// A Pattern is a compiled expression and the needs of its matches.
type Pattern struct {
	re    *regexp.Regexp
	needs Needs
}

// Compile compiles an expression in RE2 syntax. It returns an error if the expression is
// empty or matches the empty text. The error may quote the expression.
func Compile(expr string) (Pattern, error) {
	if expr == "" {
		return Pattern{}, errors.New("the expression is empty")
	}
	re, err := regexp.Compile(expr)
	var bad *syntax.Error
	switch {
	case errors.As(err, &bad):
		return Pattern{}, fmt.Errorf("%s: `%s`", bad.Code, bad.Expr)
	case err != nil:
		return Pattern{}, err
	case re.MatchString(""):
		return Pattern{}, errors.New("matches the empty text")
	}
	needs, err := Of(expr)
	return Pattern{re, needs}, err
}

// IsSlow reports whether no literal of two or more bytes occurs in every match, so that
// every complete text is searched with the pattern.
func (p Pattern) IsSlow() bool { return len(p.needs.Literals) == 0 }

// String returns the expression.
func (p Pattern) String() string { return p.re.String() }
