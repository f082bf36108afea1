package cowork

import (
	"encoding/json"
	"iter"
	"strings"
)

// members yields the texts directly in a JSON object: key and value of each
// member whose value is a string. It allocates only where a text has escapes, and
// ends where the object does or is no longer JSON.
func members(object string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		s, ok := strings.CutPrefix(skipSpace(object), "{")
		if !ok {
			return
		}
		for {
			var key string
			if key, s, ok = cutText(skipSpace(s)); !ok {
				return
			}
			if s, ok = strings.CutPrefix(skipSpace(s), ":"); !ok {
				return
			}
			s = skipSpace(s)
			if value, rest, ok := cutText(s); ok {
				if !yield(key, value) {
					return
				}
				s = rest
			} else {
				s = skipValue(s)
			}
			if s, ok = strings.CutPrefix(skipSpace(s), ","); !ok {
				return
			}
		}
	}
}

func skipSpace(s string) string { return strings.TrimLeft(s, " \t\r\n") }

// cutText cuts a JSON string off the front.
func cutText(s string) (text, rest string, ok bool) {
	if s == "" || s[0] != '"' {
		return "", s, false
	}
	end := textEnd(s)
	if end < 0 {
		return "", s, false
	}
	text, rest = s[1:end], s[end+1:]
	if strings.IndexByte(text, '\\') < 0 {
		return text, rest, true
	}
	if err := json.Unmarshal([]byte(s[:end+1]), &text); err != nil {
		return "", s, false
	}
	return text, rest, true
}

// textEnd returns the index of the quote that ends the JSON string at the front,
// -1 if none does.
func textEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// skipValue returns what follows a value that is no string.
func skipValue(s string) string {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			end := textEnd(s[i:])
			if end < 0 {
				return ""
			}
			i += end
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return s[i:]
			}
			depth--
		case ',':
			if depth == 0 {
				return s[i:]
			}
		}
	}
	return ""
}
