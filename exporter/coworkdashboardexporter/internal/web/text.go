package web

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxShown is how much of a name a page shows, maxTitle how much its title holds: a
// name can be as long as its sender likes.
const (
	maxShown = 64
	maxTitle = 512
)

// clean makes a string fit to be shown: what has no shape of its own, a control
// character or a mark that turns the direction of what follows, becomes U+FFFD. The
// page isolates each name besides, so that right-to-left letters stay within it.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) ||
			r == '\u2028' || r == '\u2029' {
			return utf8.RuneError
		}
		return r
	}, s)
}

// cut returns at most n runes of a string, the last an ellipsis where there are more.
func cut(s string, n int) string {
	seen := 0
	last := 0
	for i := range s {
		if seen == n-1 {
			last = i
		}
		if seen++; seen > n {
			return s[:last] + "…"
		}
	}
	return s
}

// shown returns what a page shows of a name, and the title that holds the rest, ""
// where nothing is missing.
func shown(s string) (text, title string) {
	// No more is cleaned than can be shown: a megabyte is not worth a look.
	whole := clean(cut(s, maxTitle))
	if text = cut(whole, maxShown); text == whole {
		return text, ""
	}
	return text, whole
}

// slug is a name as it stands in an address: lower case, anything else a dash.
func slug(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, s), "-")
}
