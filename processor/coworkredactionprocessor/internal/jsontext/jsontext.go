package jsontext

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"
)

// Valid reports whether a text is a JSON object, array or string. A number or a word is
// no JSON here: it is also ordinary text.
func Valid(text string) bool {
	i := skipSpace(text, 0)
	return i < len(text) && strings.IndexByte(`{["`, text[i]) >= 0 && json.Valid([]byte(text))
}

// A String is a string of a JSON text.
type String struct {
	Start, End int    // its raw bytes, without the quotes
	Key        string // decoded: of the member, or of the list that contains it
	IsKey      bool   // it is the key of a member, and Key is that of the object
}

// A container is an object or a list that is open.
type container struct {
	key  string
	list bool
}

// Strings iterates over the strings of a valid JSON text.
func Strings(text string) iter.Seq[String] {
	return func(yield func(String) bool) {
		var open []container
		key := "" // of the next value
		for i := 0; i < len(text); i++ {
			switch text[i] {
			case '{', '[':
				open = append(open, container{key, text[i] == '['})
			case '}', ']':
				open = open[:len(open)-1]
			case ',':
				key = open[len(open)-1].key
			case '"':
				s := String{Start: i + 1, End: stringEnd(text, i+1), Key: key}
				i = s.End
				s.IsKey = len(open) > 0 && !open[len(open)-1].list && text[skipSpace(text, i+1)] == ':'
				if !yield(s) {
					return
				}
				if s.IsKey {
					key = Decode(text[s.Start:s.End])
				}
			}
		}
	}
}

// stringEnd returns the quote that ends the string whose first byte is at i.
func stringEnd(text string, i int) int {
	for text[i] != '"' {
		if text[i] == '\\' {
			i++
		}
		i++
	}
	return i
}

// Replace returns a valid JSON text with its strings replaced. The function gets each
// string and its decoded text, and returns the text that replaces it.
func Replace(text string, replacement func(s String, decoded string) string) string {
	var b strings.Builder
	at := 0
	for s := range Strings(text) {
		decoded := Decode(text[s.Start:s.End])
		if clean := replacement(s, decoded); clean != decoded {
			b.WriteString(text[at:s.Start])
			b.WriteString(Encode(clean))
			at = s.End
		}
	}
	if at == 0 {
		return text
	}
	b.WriteString(text[at:])
	return b.String()
}

// Decode returns the text of a valid string without its escapes. Half of a surrogate
// pair becomes U+FFFD.
func Decode(raw string) string {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	var text string
	if err := json.Unmarshal([]byte(`"`+raw+`"`), &text); err != nil {
		return raw
	}
	return text
}

// Encode returns a text as the raw bytes of a string, without its quotes.
func Encode(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return ""
	}
	return string(b.Bytes()[1 : b.Len()-2]) // the quotes and a line feed
}

// EscapeEnd returns the end of the character at i of a valid string: that of its escape
// if one begins there.
func EscapeEnd(raw string, i int) int {
	switch {
	case raw[i] != '\\':
		return i + 1
	case raw[i+1] == 'u':
		return i + len(`\u0000`)
	}
	return i + len(`\n`)
}

func skipSpace(text string, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t') {
		i++
	}
	return i
}
