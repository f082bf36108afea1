package repeat

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// A normalizer decodes the escapes of texts, and maps offsets of the decoded text to the
// given one. It is not safe for concurrent use.
//
// One or more backslashes and the character behind them are one escape, so that a text,
// its JSON string, and JSON in a JSON string have the same normal form, also where the
// JSON is cut. A backslash before a character that JSON does not escape stays.
type normalizer struct {
	// keep writes each line feed, carriage return and tab as an escape of two bytes, so
	// that a source with backslashes does not become shorter.
	keep  bool
	text  []byte
	marks []mark // the ends of the escapes
}

// controls are the characters that keep changes, and the backslash.
const controls = "\\\n\r\t"

// A mark has the offset after an escape in the normal form and in the given text.
type mark struct{ normal, given int }

// normalize returns the normal form of a text, valid until the next call.
func (n *normalizer) normalize(text string) string {
	n.text, n.marks = n.text[:0], n.marks[:0]
	for i := 0; i < len(text); {
		plain := n.nextEscape(text[i:])
		if plain < 0 {
			n.text = append(n.text, text[i:]...)
			break
		}
		n.text = append(n.text, text[i:i+plain]...)
		i = n.decodeEscape(text, i+plain)
		n.marks = append(n.marks, mark{len(n.text), i})
	}
	// A view without a copy: it is valid until the next call, and no caller keeps it.
	return unsafe.String(unsafe.SliceData(n.text), len(n.text)) //nolint:gosec // see above
}

// nextEscape returns the first part of a text that the normal form changes, -1 if there is
// none.
func (n *normalizer) nextEscape(text string) int {
	if n.keep {
		return strings.IndexAny(text, controls)
	}
	return strings.IndexByte(text, '\\')
}

// decodeEscape appends the normal form of the escape or the control character at i, and
// returns its end.
func (n *normalizer) decodeEscape(text string, i int) int {
	if c := text[i]; c != '\\' {
		n.control(c)
		return i + 1
	}
	if i = backslashesEnd(text, i); i == len(text) {
		return i
	}
	c := text[i]
	if c == 'u' {
		if r, end := character(text, i); end > 0 {
			n.text = utf8.AppendRune(n.text, r)
			return end
		}
	}
	if decoded := escaped[c]; decoded != 0 {
		n.control(decoded)
		return i + 1
	}
	n.text = append(n.text, '\\')
	return i // the character follows as it is
}

// control appends a character that was escaped, or is escaped where keep is set.
func (n *normalizer) control(c byte) {
	if n.keep {
		switch c {
		case '\n':
			n.text = append(n.text, `\n`...)
			return
		case '\r':
			n.text = append(n.text, `\r`...)
			return
		case '\t':
			n.text = append(n.text, `\t`...)
			return
		}
	}
	n.text = append(n.text, c)
}

// escaped has the character of each escape of one letter.
var escaped = [256]byte{'"': '"', '/': '/', 'n': '\n', 'r': '\r', 't': '\t'}

func hasEscape(text string) bool { return strings.IndexByte(text, '\\') >= 0 }

func backslashesEnd(text string, i int) int {
	for i < len(text) && text[i] == '\\' {
		i++
	}
	return i
}

// character returns the character of the code unit at i, or of it and the escaped one
// that follows, and their end. The end is 0 if there is no code unit.
func character(text string, i int) (r rune, end int) {
	r, ok := codeUnit(text, i)
	if !ok {
		return 0, 0
	}
	end = i + unitLen
	if low := backslashesEnd(text, end); utf16.IsSurrogate(r) && low > end {
		if second, ok := codeUnit(text, low); ok {
			return utf16.DecodeRune(r, second), low + unitLen
		}
	}
	return r, end
}

// unitLen is the length of a code unit such as u00e9.
const unitLen = 5

// codeUnit returns the number of the code unit at i, false if there is none.
func codeUnit(text string, i int) (rune, bool) {
	if i+unitLen > len(text) || text[i] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[i+1:i+unitLen], 16, 16)
	return rune(n), err == nil
}

// given maps an offset of the normal form, between two characters, to the given text: the
// end of the last part before it that differs, or the same distance behind that.
func (n *normalizer) given(normal int) int {
	low, high := 0, len(n.marks)
	for low < high {
		if mid := (low + high) / 2; n.marks[mid].normal <= normal {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == 0 {
		return normal
	}
	m := n.marks[low-1]
	return m.given + normal - m.normal
}
