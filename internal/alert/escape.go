package alert

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// What begins an escape of JSON, and one of URLs.
const (
	ofJSON = `\`
	ofURLs = `%`
)

// unescape undoes what is written in place of a character behind one of the marks. What
// is no escape stays.
func unescape(s, marks string) string {
	if !strings.ContainsAny(s, marks) {
		return s
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, marks)
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		text, n := escape(s[i:])
		b.WriteString(text)
		s = s[i+n:]
	}
	return b.String() + s
}

// escapes are the short ones of JSON.
var escapes = map[byte]string{'n': "\n", 'r': "\n", 't': "\t", '/': "/", '"': `"`, '\\': `\`}

// escape returns what the escape at the beginning of a text means, and its length.
func escape(s string) (text string, n int) {
	if len(s) < 2 {
		return s, len(s)
	}
	if short, ok := escapes[s[1]]; ok && s[0] == '\\' {
		return short, 2
	}
	digits, base := 2, 1
	if s[0] == '\\' {
		if s[1] != 'u' {
			return s[:1], 1
		}
		digits, base = 4, 2
	}
	if len(s) < base+digits {
		return s[:1], 1
	}
	code, err := strconv.ParseUint(s[base:base+digits], 16, 32)
	if err != nil || s[0] == '%' && code >= utf8.RuneSelf {
		return s[:1], 1
	}
	return string(rune(code)), base + digits
}
