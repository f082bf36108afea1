package schema

import (
	"strings"
	"unicode/utf8"
)

// Bounds cut the texts of one event.
type Bounds struct {
	// MaxText is the number of bytes of one text.
	MaxText int
	// Left is the number of bytes that all further texts may have.
	Left int
	// Truncated is set if something was cut.
	Truncated bool
}

// Cut returns a text as valid UTF-8 within the bounds.
func (b *Bounds) Cut(text string) string {
	if limit := min(b.MaxText, b.Left); len(text) > limit {
		b.Truncated = true
		for limit > 0 && !utf8.RuneStart(text[limit]) {
			limit--
		}
		text = text[:limit]
	}
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "")
	}
	b.Left -= len(text)
	return text
}
