package format

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxShown is how many runes of a name the page shows, MaxTitle how many its title
// attribute holds. Senders do not bound the length of a name.
const (
	MaxShown = 64
	MaxTitle = 512
)

// Sanitize replaces control characters, marks that change the direction of text, and
// invalid UTF-8 by U+FFFD. The page also isolates each name in a bdi element, so that
// right-to-left letters do not reorder the text around them.
func Sanitize(s string) string { return strings.Map(sanitize, s) }

// SanitizeLines is [Sanitize] for a text of several lines.
func SanitizeLines(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return sanitize(r)
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

func sanitize(r rune) rune {
	if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
		return utf8.RuneError
	}
	return r
}

// Truncate returns at most n runes of a string. The last is an ellipsis if the string
// is longer.
func Truncate(s string, n int) string {
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

// Name returns the text that the page shows for a name, and the title that holds a
// longer part of it, "" if the text is complete.
func Name(s string) (text, title string) {
	full := Sanitize(Truncate(s, MaxTitle)) // truncated first: a name can have a megabyte
	if text = Truncate(full, MaxShown); text == full {
		return text, ""
	}
	return text, full
}

// Slug returns a name in the form of an address: lower case, with dashes for all other
// characters.
func Slug(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, s), "-")
}

// List joins names for a sentence: "a, b and c".
func List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
