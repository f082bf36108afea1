package pii

import (
	"math/bits"
	"strings"
)

// skipSpace returns the first byte from i on that is no JSON white space.
func skipSpace(text string, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t') {
		i++
	}
	return i
}

// plainEnd returns the first byte from i on that is a quote, a backslash or a
// control character. It reads eight bytes at a time.
func plainEnd(text string, i int) int {
	for ; i+8 <= len(text); i += 8 {
		if n := firstSpecial(eightBytes(text, i)); n < 8 {
			return i + n
		}
	}
	for i < len(text) && text[i] >= ' ' && text[i] != '"' && text[i] != '\\' {
		i++
	}
	return i
}

// eightBytes returns the eight bytes from i on, the first lowest.
func eightBytes(text string, i int) uint64 {
	b := text[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// firstSpecial returns which of eight bytes is the first that ends plain text in a
// JSON string, 8 if none does. Taking x from a byte sets its high bit where it is
// less than x; a borrow can set it in a byte above as well, but the first is right.
func firstSpecial(b uint64) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	quote, backslash := b^'"'*ones, b^'\\'*ones
	special := ((b-' '*ones)&^b | (quote-ones)&^quote | (backslash-ones)&^backslash) & high
	return bits.TrailingZeros64(special) / 8
}

// runeEscape is the length of an escape such as \u0040.
const runeEscape = 6

// escapeLen returns the length of the escape that text starts with, 0 if it starts with none.
func escapeLen(text string) int {
	switch {
	case len(text) < 2 || text[0] != '\\':
		return 0
	case text[1] != 'u':
		if unescaped[text[1]] == 0 {
			return 0
		}
		return 2
	case runEnd(text, 2, runeEscape, hexa) != runeEscape:
		return 0
	}
	return runeEscape
}

// numberEnd returns where the number at i ends, -1 if it is not valid.
func numberEnd(text string, i int) int {
	if text[i] == '-' {
		i++
	}
	end := runEnd(text, i, len(text), digit)
	if end == i || text[i] == '0' && end > i+1 {
		return -1
	}
	if end < len(text) && text[end] == '.' {
		i = end + 1
		if end = runEnd(text, i, len(text), digit); end == i {
			return -1
		}
	}
	if end < len(text) && lowered(text[end]) == 'e' {
		i = end + 1
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		if end = runEnd(text, i, len(text), digit); end == i {
			return -1
		}
	}
	return end
}

// wordLiteralEnd returns where true, false or null ends, -1 if none starts at i.
func wordLiteralEnd(text string, i int) int {
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(text[i:], word) {
			return i + len(word)
		}
	}
	return -1
}
