package literal

import (
	"math"
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

// endless is the length of what has no longest match, far from overflow.
const endless = math.MaxInt32

// maxMatchLen returns the most bytes that a match of a simplified expression can have.
func maxMatchLen(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		n := 0
		for _, r := range re.Rune {
			n += widest(r, re.Flags&syntax.FoldCase != 0)
		}
		return n
	case syntax.OpCharClass:
		if len(re.Rune) == 0 {
			return 0
		}
		return utf8.RuneLen(re.Rune[len(re.Rune)-1])
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return utf8.UTFMax
	case syntax.OpCapture, syntax.OpQuest:
		return maxMatchLen(re.Sub[0])
	case syntax.OpConcat:
		n := 0
		for _, part := range re.Sub {
			n = min(endless, n+maxMatchLen(part))
		}
		return n
	case syntax.OpAlternate:
		n := 0
		for _, part := range re.Sub {
			n = max(n, maxMatchLen(part))
		}
		return n
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		return endless
	default: // nothing that takes text
		return 0
	}
}

// widest returns the length of the longest text that a rune matches.
func widest(r rune, fold bool) int {
	n := utf8.RuneLen(r)
	for f := unicode.SimpleFold(r); fold && f != r; f = unicode.SimpleFold(f) {
		n = max(n, utf8.RuneLen(f))
	}
	return max(n, 1)
}
