package pii

import (
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// An escape says where decoded and raw text stand behind an escape sequence.
type escape struct {
	decoded, raw int
}

// A raw string is the part [start, end) of a text between quotes.
type rawString struct {
	start, end int
	escaped    bool
}

// readString reads the string that opens at i. One with escapes is decoded into the
// level. It reports whether the string is valid.
func (l *level) readString(text string, i int) (raw rawString, ok bool) {
	raw.start = i + 1
	for i++; ; {
		end := plainEnd(text, i)
		if end >= len(text) || text[end] < ' ' {
			return raw, false
		}
		if text[end] == '"' {
			if raw.escaped {
				l.text = append(l.text, text[i:end]...)
			}
			raw.end = end
			return raw, true
		}
		if !raw.escaped {
			raw.escaped = true
			l.text, l.escapes = l.text[:0], l.escapes[:0]
		}
		l.text = append(l.text, text[i:end]...)
		if i = l.decodeEscape(text, end); i < 0 {
			return raw, false
		}
		l.escapes = append(l.escapes, escape{len(l.text), i - raw.start})
	}
}

// decodeEscape appends what the escape at i stands for and returns its end, -1 if
// it is not valid. A surrogate without its other half decodes to U+FFFD.
func (l *level) decodeEscape(text string, i int) int {
	n := escapeLen(text[i:])
	if n != runeEscape {
		if n > 0 {
			l.text = append(l.text, unescaped[text[i+1]])
			return i + n
		}
		return -1
	}
	r := codePoint(text[i+2:])
	if i += n; utf16.IsSurrogate(r) {
		pair := utf8.RuneError
		if escapeLen(text[i:]) == runeEscape {
			pair = utf16.DecodeRune(r, codePoint(text[i+2:]))
		}
		if r = pair; pair != utf8.RuneError {
			i += runeEscape
		}
	}
	l.text = utf8.AppendRune(l.text, r)
	return i
}

// decoded returns the text of a string that was read into the level last.
func (l *level) decoded(text string, raw rawString) string {
	if raw.escaped {
		return view(l.text)
	}
	return text[raw.start:raw.end]
}

// stringLeaf scans a string that was read into its level last, and maps the
// findings of one with escapes back.
func (d *document) stringLeaf(key, text string, raw rawString) {
	if d.known(key, text[raw.start:raw.end]) {
		return
	}
	first := len(d.spans)
	l := &d.levels[d.nesting]
	d.content(key, l.decoded(text, raw))
	for i := first; i < len(d.spans); i++ {
		f := &d.spans[i]
		if raw.escaped {
			f.start, f.end = l.rawOffset(f.start), l.rawOffset(f.end)
		}
		f.start += raw.start
		f.end += raw.start
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
