package repeat

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// A normalizer writes texts in the form in which escapes are compared, and maps offsets
// of that form to the given text. It is not safe for concurrent use.
//
// The form has each line feed, carriage return and tab as an escape of two bytes. One or
// more backslashes and the character behind them are one escape: that of a control
// character stays, a code unit becomes its character, a quotation mark and a slash lose
// their backslashes, any other character keeps one. So a text, its JSON string, and JSON
// in a JSON string have the same form, also where the JSON is cut.
type normalizer struct {
	text  []byte
	marks []mark // the ends of the parts that differ
}

// A mark has the offset after a part in the normal form and in the given text.
type mark struct{ normal, given int }

// specials are the characters that the normal form changes.
const specials = "\\\n\r\t"

// normalize returns the normal form of a text, valid until the next call.
func (n *normalizer) normalize(text string) string {
	n.text, n.marks = n.text[:0], n.marks[:0]
	for i := 0; i < len(text); {
		plain := strings.IndexAny(text[i:], specials)
		if plain < 0 {
			n.text = append(n.text, text[i:]...)
			break
		}
		n.text = append(n.text, text[i:i+plain]...)
		i = n.escape(text, i+plain)
		n.marks = append(n.marks, mark{len(n.text), i})
	}
	// A view without a copy: it is valid until the next call, and no caller keeps it.
	return unsafe.String(unsafe.SliceData(n.text), len(n.text)) //nolint:gosec // see above
}

// escape appends the normal form of the control character or the escape at i, and
// returns its end.
func (n *normalizer) escape(text string, i int) int {
	switch text[i] {
	case '\n':
		n.text = append(n.text, `\n`...)
		return i + 1
	case '\r':
		n.text = append(n.text, `\r`...)
		return i + 1
	case '\t':
		n.text = append(n.text, `\t`...)
		return i + 1
	}
	if i = backslashesEnd(text, i); i == len(text) {
		return i
	}
	switch c := text[i]; c {
	case 'u':
		if r, end := character(text, i); end > 0 {
			n.text = utf8.AppendRune(n.text, r)
			return end
		}
	case '"', '/', '\'':
		n.text = append(n.text, c)
		return i + 1
	}
	n.text = append(n.text, '\\')
	return i // the character follows as it is
}

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
