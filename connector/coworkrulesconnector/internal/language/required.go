package language

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

const (
	// minLiteral is the length of the shortest literal that a prefilter looks for.
	minLiteral = 2
	// maxLiterals bounds the literals of a pattern.
	maxLiterals = 128
)

// requiredLiterals returns literals in lower case of which every match of a pattern contains
// one, without regard to case. It returns nil if there are none, as for a pattern that
// matches the empty text.
func requiredLiterals(pattern string) []string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	return literalsOf(re)
}

func literalsOf(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		text := strings.ToLower(string(re.Rune))
		if len(text) < minLiteral || !isASCII(text) {
			return nil
		}
		return []string{text}
	case syntax.OpCapture, syntax.OpPlus:
		return literalsOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return literalsOf(re.Sub[0])
		}
	case syntax.OpConcat:
		return bestOf(re.Sub)
	case syntax.OpAlternate:
		return allOf(re.Sub)
	}
	return nil
}

// bestOf returns the literals of the part whose shortest literal is the longest: they are
// the rarest in texts.
func bestOf(parts []*syntax.Regexp) (best []string) {
	for _, part := range parts {
		if list := literalsOf(part); shortest(list) > shortest(best) {
			best = list
		}
	}
	return best
}

// allOf returns the literals of all alternatives, nil if one has none.
func allOf(alternatives []*syntax.Regexp) (all []string) {
	for _, alternative := range alternatives {
		list := literalsOf(alternative)
		if list == nil || len(all)+len(list) > maxLiterals {
			return nil
		}
		all = append(all, list...)
	}
	return all
}

func shortest(list []string) int {
	if len(list) == 0 {
		return 0
	}
	n := len(list[0])
	for _, text := range list {
		n = min(n, len(text))
	}
	return n
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
