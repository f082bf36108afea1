package latest

import (
	"sync"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/pii"
)

// Records that have not passed redaction in this collector can come from another one that
// redacts, or from a client. So content is replaced, and other texts are scanned, which
// changes nothing in a redacted text.

// hiddenContent replaces content that may not have passed redaction.
const hiddenContent = "[REDACTED_CONTENT]"

// maxUnknown is the length of a text of an unknown attribute that is not content.
const maxUnknown = 128

// newScanner returns a scanner for all patterns, which takes a while the first time.
var newScanner = sync.OnceValue(func() *pii.Scanner {
	s, err := pii.New(pii.Settings{})
	if err != nil {
		panic(err) // the settings are constant
	}
	return s
})

// conceal replaces the content and the findings of a record, and returns the number of
// replaced texts.
func conceal(d *decoded) (hidden int) {
	scan := func(key, text string) string {
		clean, _ := newScanner().Redact(nil, key, text)
		return clean
	}
	for i := range d.fields {
		f := &d.fields[i]
		shown := f.value
		switch {
		case f.isSafe():
		case f.isContent():
			shown = hiddenContent
		default:
			shown = scan(f.key, f.value)
		}
		if shown != f.value {
			hidden++
			if f.value = shown; shown == hiddenContent {
				f.form = textForm
			}
		}
		f.key = scan("", f.key)
	}
	for i := range d.identity {
		d.identity[i] = scan("", d.identity[i])
	}
	return hidden
}

// isSafe reports whether a value is a marker, or an identifier or a number in its form.
func (f *field) isSafe() bool {
	attr := cowork.AttributeOf(f.key)
	switch {
	case f.form == textForm && cowork.IsMarker(f.value), f.section == topSection && f.key != "body":
		return true
	case attr == nil || f.section == topSection:
		return false
	case attr.Class == cowork.Identifier:
		return cowork.IsIdentifier(f.value)
	}
	return attr.Class == cowork.Measure && f.form == jsonForm && len(f.value) < maxUnknown
}

// isContent reports whether a value is a text that redaction replaces completely, by
// default. The end of a cut text could be a part of a finding.
func (f *field) isContent() bool {
	attr := cowork.AttributeOf(f.key)
	switch {
	case len(f.value) > maxValue-utf8.UTFMax:
		return true
	case attr == nil || f.section == topSection:
		return len(f.value) > maxUnknown
	case attr.Class != cowork.Content:
		return false
	}
	return attr.Gate == cowork.UserPrompts || attr.Gate == cowork.AssistantResponses || attr.Gate == cowork.RawAPIBodies
}
