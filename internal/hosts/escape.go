package hosts

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// The characters that begin an escape.
const (
	jsonEscape = `\`
	urlEscape  = `%`
)

// unescape replaces the escapes that begin with a character. Invalid ones stay.
func unescape(s, begin string) string {
	if !strings.Contains(s, begin) {
		return s
	}
	var b strings.Builder
	for s != "" {
		i := strings.Index(s, begin)
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		text, n := parseEscape(s[i:])
		b.WriteString(text)
		s = s[i+n:]
	}
	return b.String() + s
}

// shortEscapes are those of JSON.
var shortEscapes = map[byte]string{'n': "\n", 'r': "\n", 't': "\t", '/': "/", '"': `"`, '\\': `\`}

// parseEscape returns the text that the escape at the beginning of s is for, and the length
// of the escape.
func parseEscape(s string) (text string, n int) {
	if len(s) < 2 {
		return s, len(s)
	}
	if short, ok := shortEscapes[s[1]]; ok && s[0] == '\\' {
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
