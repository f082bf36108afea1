package document

// This file holds the lexer of JSON strings with their escapes.

import (
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// An escape has the offsets after an escape sequence, in the decoded and in the raw text.
type escape struct {
	decoded, raw int
}

// A rawString is the part [start, end) of a text between quotes.
type rawString struct {
	start, end int
	escaped    bool
	text       string // decoded; of one with escapes, valid until its level reads the next
}

// readString reads the string that opens at i. One with escapes is decoded into the
// level. It reports whether the string is valid.
func (l *level) readString(in string, i int) (raw rawString, ok bool) {
	raw.start = i + 1
	for i++; ; {
		end := plainEnd(in, i)
		if end >= len(in) || in[end] < ' ' {
			return raw, false
		}
		if in[end] == '"' {
			raw.end, raw.text = end, in[raw.start:end]
			if raw.escaped {
				l.text = append(l.text, in[i:end]...)
				raw.text = view(l.text)
			}
			return raw, true
		}
		if !raw.escaped {
			raw.escaped = true
			l.text, l.escapes = l.text[:0], l.escapes[:0]
		}
		l.text = append(l.text, in[i:end]...)
		if i = l.decodeEscape(in, end); i < 0 {
			return raw, false
		}
		l.escapes = append(l.escapes, escape{len(l.text), i - raw.start})
	}
}

// decodeEscape appends the character of the escape at i and returns its end, -1 if
// it is not valid. A surrogate without its other half decodes to U+FFFD.
func (l *level) decodeEscape(in string, i int) int {
	n := escapeLen(in[i:])
	if n != runeEscape {
		if n > 0 {
			l.text = append(l.text, unescaped[in[i+1]])
			return i + n
		}
		return -1
	}
	r := codePoint(in[i+2:])
	if i += n; utf16.IsSurrogate(r) {
		pair := utf8.RuneError
		if escapeLen(in[i:]) == runeEscape {
			pair = utf16.DecodeRune(r, codePoint(in[i+2:]))
		}
		if r = pair; pair != utf8.RuneError {
			i += runeEscape
		}
	}
	l.text = utf8.AppendRune(l.text, r)
	return i
}

// rawOffset maps an offset of the decoded text, one between two runes, to the raw text.
func (l *level) rawOffset(decoded int) int {
	low, high := 0, len(l.escapes)
	for low < high {
		if mid := (low + high) / 2; l.escapes[mid].decoded <= decoded {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == 0 {
		return decoded
	}
	e := l.escapes[low-1]
	return e.raw + decoded - e.decoded
}

// unescaped has the character of each escape of one letter.
var unescaped = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// codePoint returns the number of four hexadecimal digits.
func codePoint(digits string) (r rune) {
	for i := range 4 {
		c := text.ToLower(digits[i])
		if text.Is(c, text.Digit) {
			r = r<<4 | rune(c-'0')
		} else {
			r = r<<4 | rune(c-'a'+10)
		}
	}
	return r
}

// view returns bytes as a string without a copy. The scan of a string ends
// before its bytes are reused, and findings contain offsets only.
func view(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b)) //nolint:gosec // a view that no caller keeps
}

// plainEnd returns the first byte from i on that is a quote, a backslash or a
// control character. It reads eight bytes at a time: taking x from a byte sets its
// high bit where it is less than x. A borrow can set that of a byte above as well, but
// the first is right.
func plainEnd(in string, i int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(in); i += 8 {
		t := in[i : i+8]
		b := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		x, y := b^'"'*ones, b^'\\'*ones
		special := ((b-' '*ones)&^b | (x-ones)&^x | (y-ones)&^y) & high
		if special != 0 {
			return i + bits.TrailingZeros64(special)/8
		}
	}
	for i < len(in) && in[i] >= ' ' && in[i] != '"' && in[i] != '\\' {
		i++
	}
	return i
}

// runeEscape is the length of an escape such as \u0040.
const runeEscape = 6

// escapeLen returns the length of the escape that text starts with, 0 if it starts with none.
func escapeLen(in string) int {
	switch {
	case len(in) < 2 || in[0] != '\\':
		return 0
	case in[1] != 'u':
		if unescaped[in[1]] == 0 {
			return 0
		}
		return 2
	case text.RunEnd(in, 2, runeEscape, text.Hexa) != runeEscape:
		return 0
	}
	return runeEscape
}
