package pii

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// An escape says where decoded and raw text stand behind an escape sequence.
type escape struct {
	decoded, raw int
}

// stringLeaf scans the string whose raw text is [start, end). One with escapes is
// scanned as it decodes, and the findings are mapped back.
func (d *document) stringLeaf(key, text string, start, end int, escaped bool) {
	raw := text[start:end]
	if d.known(key, raw) {
		return
	}
	first := len(d.spans)
	if !escaped {
		d.content(key, raw)
		for i := first; i < len(d.spans); i++ {
			d.spans[i].start += start
			d.spans[i].end += start
		}
		return
	}
	l := &d.levels[d.nesting]
	l.text, l.escapes = unescape(l.text[:0], l.escapes[:0], raw)
	d.content(key, view(l.text))
	for i := first; i < len(d.spans); i++ {
		f := &d.spans[i]
		f.start, f.end = start+l.rawOffset(f.start), start+l.rawOffset(f.end)
	}
}

// content scans the text of a string: as JSON if it is JSON itself.
func (d *document) content(key, text string) {
	if d.nesting < maxNesting && startsWith(text, likelyJSON) {
		d.nesting++
		ok := d.read(key, text)
		d.nesting--
		if ok {
			return
		}
	}
	d.leaf(key, text)
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

// unescape appends the decoded form of a valid raw string to text and where its
// escapes end to escapes. Surrogates without their other half decode to U+FFFD.
func unescape(text []byte, escapes []escape, raw string) ([]byte, []escape) {
	text = slices.Grow(text, len(raw)) // it is never longer
	for i := 0; ; {
		end := plainEnd(raw, i)
		text = append(text, raw[i:end]...)
		if end == len(raw) {
			return text, escapes
		}
		c := raw[end+1]
		i = end + 2
		if c != 'u' {
			text = append(text, unescaped[c])
		} else {
			r := codePoint(raw[i:])
			i += 4
			if utf16.IsSurrogate(r) {
				pair := utf8.RuneError
				if strings.HasPrefix(raw[i:], `\u`) {
					pair = utf16.DecodeRune(r, codePoint(raw[i+2:]))
				}
				if pair != utf8.RuneError {
					i += 6
				}
				r = pair
			}
			text = utf8.AppendRune(text, r)
		}
		escapes = append(escapes, escape{len(text), i})
	}
}

// unescaped has what each escape of one letter stands for.
var unescaped = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// codePoint returns the number that four hexadecimal digits write.
func codePoint(digits string) (r rune) {
	for i := range 4 {
		c := lowered(digits[i])
		if is(c, digit) {
			r = r<<4 | rune(c-'0')
		} else {
			r = r<<4 | rune(c-'a'+10)
		}
	}
	return r
}

// view returns bytes as a string without a copy. The scan of one string is over
// before its bytes are used again, and findings hold offsets only.
func view(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b)) //nolint:gosec // a view that no caller keeps
}
