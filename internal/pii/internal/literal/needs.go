package literal

import (
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/regexliteral"
)

const (
	// minLen is the length of the shortest literal worth looking for: single bytes are everywhere.
	minLen = 2
	// maxLen is how much of a literal is looked for: what contains it contains the start of it.
	maxLen = 16
	// maxSet is the most literals that one part of an expression is looked for by.
	maxSet = 16
	// maxMatch is the longest match that a window is worth it for.
	maxMatch = 1 << 10
)

// Needs are what matches of an expression need to have.
type Needs struct {
	// Literals has what every match contains one of, in lower case as to ASCII. It
	// is empty if there is no such literal.
	Literals []string
	// MaxMatch is the length of the longest match in bytes, 0 if matches can be of any length.
	MaxMatch int
}

// form is the form of the literals: ASCII letters in lower case.
var form = regexliteral.Form{
	Normal: func(r rune) string {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return string(r)
	},
	MaxTexts: maxSet,
}

// Of returns the needs of an expression in the syntax of package regexp.
func Of(expr string) (Needs, error) {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return Needs{}, err
	}
	re = re.Simplify()
	n := Needs{Literals: anyOf(form.NeedOf(re))}
	if longest := maxMatchLen(re); longest <= maxMatch {
		n.MaxMatch = longest
	}
	return n, nil
}

// anyOf returns literals of which each text has one that satisfies a need, nil if there are
// none worth looking for. Where several parts are needed, one of them is enough.
func anyOf(n regexliteral.Need) (literals []string) {
	for _, part := range n.All {
		literals = better(literals, anyOf(part))
	}
	for _, part := range n.One {
		one := anyOf(part)
		if one == nil || len(literals)+len(one) > 4*maxSet {
			return nil
		}
		literals = append(literals, one...)
	}
	for _, s := range n.Literals {
		if len(s) < minLen {
			return nil
		}
		literals = append(literals, s[:min(len(s), maxLen)])
	}
	return withoutLonger(literals)
}

// better returns the set whose shortest literal is longer, or the smaller set.
func better(a, b []string) []string {
	la, lb := shortest(a), shortest(b)
	if la > lb || la == lb && len(a) <= len(b) {
		return a
	}
	return b
}

// shortest returns the length of the shortest literal, 0 if there is none.
func shortest(set []string) int {
	if len(set) == 0 {
		return 0
	}
	return len(slices.MinFunc(set, func(a, b string) int { return len(a) - len(b) }))
}

// withoutLonger drops literals that contain another one.
func withoutLonger(set []string) []string {
	slices.Sort(set)
	set = slices.Compact(set)
	return slices.DeleteFunc(slices.Clone(set), func(long string) bool {
		return slices.ContainsFunc(set, func(short string) bool { return short != long && strings.Contains(long, short) })
	})
}
