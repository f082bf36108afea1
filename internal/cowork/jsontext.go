package cowork

import (
	"encoding/json"
	"strings"
)

// jsonTexts calls visit with every string value of a JSON text, its key, and its depth: 1
// for the members of the outermost object. The key of an element of a list is that of the
// list. It does not validate: a text that was cut has the strings before the cut, the last
// of them in part. It stops when visit returns false.
func jsonTexts(s string, visit func(depth int, key, value string) bool) {
	depth, key := 0, ""
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			n, end := stringLen(s[i:]), len(s)
			if n > 0 {
				end = i + n
			}
			text := s[i+1 : end]
			if n > 0 {
				text = text[:len(text)-1]
			}
			i = end - 1
			if strings.HasPrefix(strings.TrimLeft(s[end:], jsonSpace), ":") {
				key = text
			} else if !visit(depth, key, unescaped(text, n < 0)) {
				return
			}
		}
	}
}

// unescaped returns the text of a JSON string without its quotes, as written if an escape
// is invalid. Only a string with escapes is copied.
func unescaped(s string, wasCut bool) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var decoded string
	for end := len(s); end >= 0 && len(s)-end <= longestEscape; end-- {
		if json.Unmarshal([]byte(`"`+s[:end]+`"`), &decoded) == nil {
			return decoded
		}
		if !wasCut {
			break
		}
	}
	return s
}

// longestEscape is the length of the longest part of an escape.
const longestEscape = len(`\u000`)
