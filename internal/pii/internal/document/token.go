package document

// This file holds the lexer of JSON apart from strings: white space, numbers and literals.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// What JSON opens with: all openings, and those that are rare in other text.
const (
	AnyJSON    = `{["-0123456789tfn`
	LikelyJSON = `{["`
)

// StartsWith reports whether the first byte of a text that is no white space is one of opens.
func StartsWith(in, opens string) bool {
	i := SkipSpace(in, 0)
	return i < len(in) && strings.IndexByte(opens, in[i]) >= 0
}

// SkipSpace returns the first byte from i on that is no JSON white space.
func SkipSpace(in string, i int) int {
	for i < len(in) && (in[i] == ' ' || in[i] == '\n' || in[i] == '\r' || in[i] == '\t') {
		i++
	}
	return i
}

// numberEnd returns where the number at i ends, -1 if it is not valid.
func numberEnd(in string, i int) int {
	if in[i] == '-' {
		i++
	}
	end := text.RunEnd(in, i, len(in), text.Digit)
	if end == i || in[i] == '0' && end > i+1 {
		return -1
	}
	if end < len(in) && in[end] == '.' {
		i = end + 1
		if end = text.RunEnd(in, i, len(in), text.Digit); end == i {
			return -1
		}
	}
	if end < len(in) && text.ToLower(in[end]) == 'e' {
		i = end + 1
		if i < len(in) && (in[i] == '+' || in[i] == '-') {
			i++
		}
		if end = text.RunEnd(in, i, len(in), text.Digit); end == i {
			return -1
		}
	}
	return end
}

// wordLiteralEnd returns where true, false or null ends, -1 if none starts at i.
func wordLiteralEnd(in string, i int) int {
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(in[i:], word) {
			return i + len(word)
		}
	}
	return -1
}
