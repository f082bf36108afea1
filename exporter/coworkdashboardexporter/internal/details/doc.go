// Package details reads from events what the page shows besides sums: the steps of
// prompts, the states of alerts, and what the setup check counts.
//
// Contents of steps, such as the input of a tool, are read from records that
// cowork_redaction has redacted, up to a limit. No other part of an event that is returned
// is content.
package details

import (
	"strings"
	"unicode/utf8"
)

// MaxBytes bounds the length of a text.
const MaxBytes = 120

// Shorten returns a text as it is stored: truncated, valid UTF-8, and without the zero
// byte, which PostgreSQL rejects.
func Shorten(s string) string { return shortenTo(s, MaxBytes) }

// shortenTo returns a text that can be stored, at most some bytes long.
func shortenTo(s string, most int) string {
	if n := len(s); n > most {
		for n = most; n > 0 && !utf8.RuneStart(s[n]); n-- {
		}
		s = strings.Clone(s[:n]) // so that the rest can be freed
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "?"), "\x00", "?")
}
