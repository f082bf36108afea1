package metric

import (
	"strings"
	"unicode/utf8"
)

// A text is a value of an attribute, as it came and as it is shown.
type text struct {
	raw, s string
	cut    bool
	hash   uint64 // of what is shown; 0 before there is anything
}

// label returns a value as it can be shown: not too long and without anything that is
// no text, which backends turn down with all that came with it. Most values are shown
// as they are.
func label(s string) (shown string, cut bool) {
	if len(s) <= MaxLabelBytes && utf8.ValidString(s) {
		return s, false
	}
	n := min(len(s), MaxLabelBytes)
	for n > 0 && n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.ToValidUTF8(s[:n], "?"), true
}
