package metric

import (
	"strings"
	"unicode/utf8"
)

// A text is a value of an attribute, as it was received and as it is written.
type text struct {
	raw, s string
	cut    bool
	hash   uint64 // of s; 0 while there is no value
}

// labelOf returns a value that can be written: bounded in length and valid UTF-8,
// since backends reject the whole batch otherwise. Most values are returned unchanged.
func labelOf(s string) (label string, cut bool) {
	if len(s) <= MaxLabelBytes && utf8.ValidString(s) {
		return s, false
	}
	n := min(len(s), MaxLabelBytes)
	for n > 0 && n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.ToValidUTF8(s[:n], "?"), true
}
