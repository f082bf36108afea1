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
	text  []byte
	marks []mark // the ends of the escapes
}

// A mark has the offset after an escape in the normal form and in the given text.
type mark struct{ normal, given int }

// normalize returns the normal form of a text, valid until the next call.
func (n *normalizer) normalize(text string) string {
	n.text, n.marks = n.text[:0], n.marks[:0]
	for i := 0; i < len(text); {
		plain := strings.IndexByte(text[i:], '\\')
		if plain < 0 {
			n.text = append(n.text, text[i:]...)
			break
		}
		n.text = append(n.text, text[i:i+plain]...)
		i = n.decodeEscape(text, backslashesEnd(text, i+plain))
		n.marks = append(n.marks, mark{len(n.text), i})
	}
	// A view without a copy: it is valid until the next call, and no caller keeps it.
	return unsafe.String(unsafe.SliceData(n.text), len(n.text)) //nolint:gosec // see above
}

// decodeEscape appends the character of the escape whose backslashes end at i, and
// returns its end.
func (n *normalizer) decodeEscape(text string, i int) int {
	if i == len(text) {
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
		n.text = append(n.text, decoded)
		return i + 1
	}
	n.text = append(n.text, '\\')
	return i // the character follows as it is
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
