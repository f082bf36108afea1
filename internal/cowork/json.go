package cowork

import (
	"encoding/json"
	"strings"
)

// jsonFields iterates over the members of a JSON object in a string without decoding
// it: tool parameters can have 60 KB, of which one name is read. It does not validate,
// so that truncated JSON has the members before the cut. The zero value is an object
// without members.
type jsonFields struct{ rest string }

// jsonObject returns the members of an object. Any other text has none.
func jsonObject(s string) jsonFields {
	s = strings.TrimLeft(s, jsonSpace)
	if s == "" || s[0] != '{' {
		return jsonFields{}
	}
	return jsonFields{rest: s[1:]}
}

const jsonSpace = " \t\r\n"

// next returns the next member: its key and its value as written, strings with their
// quotes. It is false at the end and at the first syntax error.
func (f *jsonFields) next() (key, value string, ok bool) {
	rest := strings.TrimLeft(f.rest, jsonSpace+",")
	f.rest = ""
	if rest == "" || rest[0] != '"' {
		return "", "", false
	}
	n := stringLen(rest)
	if n < 0 {
		return "", "", false
	}
	key, rest = rest[1:n-1], strings.TrimLeft(rest[n:], jsonSpace)
	if rest == "" || rest[0] != ':' {
		return "", "", false
	}
	rest = strings.TrimLeft(rest[1:], jsonSpace)
	n = valueLen(rest)
	if n < 0 {
		return "", "", false
	}
	f.rest = rest[n:]
	return key, rest[:n], true
}

// stringLen returns the length of the JSON string that s begins with, quotes
// included, -1 if it has no end.
func stringLen(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// valueLen returns the length of the JSON value that s begins with, -1 if it has no
// end. Brackets are counted, not matched.
func valueLen(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			n := stringLen(s[i:])
			if n < 0 {
				return -1
			}
			i += n - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return i
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// jsonString returns the string that a JSON object in a string has under a key, ""
// if there is none.
func jsonString(object, key string) string {
	fields := jsonObject(object)
	for k, v, ok := fields.next(); ok; k, v, ok = fields.next() {
		if k == key {
			return unquote(v)
		}
	}
	return ""
}

// unquote returns the text of a JSON string. Only a string with escapes is copied.
func unquote(quoted string) string {
	if len(quoted) < 2 || quoted[0] != '"' {
		return ""
	}
	quoted = strings.TrimRight(quoted, jsonSpace)
	if !strings.Contains(quoted, `\`) {
		return quoted[1 : len(quoted)-1]
	}
	var s string
	if json.Unmarshal([]byte(quoted), &s) != nil {
		return ""
	}
	return s
}
