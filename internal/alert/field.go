package alert

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/cowork"
)

// maxValueBytes is the length at which the values of groups are cut, in keys and where they
// are shown.
const maxValueBytes = 256

// These texts are shown in place of a value that is missing or must not be shown.
const (
	shownNone        = "(none)"
	shownRedacted    = "(redacted)"
	shownUnprintable = "(unprintable)"
	shownOddID       = "(not an identifier)"
	shownOddNumber   = "(not a number)"
)

// A field reads a text of events: a dimension, an attribute or an expression.
type field struct {
	name       string
	isName     bool // of a dimension or an attribute that may be shown
	read       func(cowork.Event) string
	substitute func(string) string // text to show instead of a value, "" for the value itself
}

// display returns a value as it may be shown to people: cut to a length, in printable
// characters, and replaced where it is missing or redacted.
func (f *field) display(v string) string {
	switch {
	case v == "":
		return shownNone
	case cowork.IsMarker(v):
		return shownRedacted
	case strings.ContainsFunc(v, unicode.IsControl) || !utf8.ValidString(v):
		return shownUnprintable
	}
	if f.substitute != nil {
		if s := f.substitute(v); s != "" {
			return s
		}
	}
	if len(v) > maxValueBytes {
		return clip(v, maxValueBytes) + "…"
	}
	return strings.Clone(v) // the event does not outlive its batch
}

// clip cuts a text that is longer than limit bytes, between two characters.
func clip(s string, limit int) string {
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// shownNames are the attributes outside the schema that may be shown.
type shownNames map[string]bool

// field returns the field of a dimension or an attribute whose value is shown. The
// attribute must be of a class without text of users, or be one of the shown names.
func (n shownNames) field(name string) (field, error) {
	f := field{name: name, isName: true, read: attributeReader(name)}
	if cowork.IsDimension(name) {
		return f, nil
	}
	a := cowork.AttributeOf(name)
	if a == nil && n[name] {
		return f, nil
	}
	if a == nil {
		return f, fmt.Errorf("%s: is not in the schema, may hold content, and would be shown (dimensions, labels, measures and identifiers may, and shown_attributes)", name)
	}
	switch a.Class {
	case cowork.Content:
		return f, fmt.Errorf("%s: may hold content, and would be shown", name)
	case cowork.Personal:
		return f, fmt.Errorf("%s: identifies a person (the dimension user distinguishes users)", name)
	case cowork.Identifier:
		f.substitute = unlessIdentifier
	case cowork.Measure:
		f.substitute = unlessMeasure
	case cowork.Label:
	}
	return f, nil
}

// shownNamesOf checks the attributes that may be shown.
func shownNamesOf(shown []string) (names shownNames, errs []error) {
	names = shownNames{}
	for i, name := range shown {
		names[name] = true
		_, err := names.field(name)
		if !isName(name) {
			err = errors.New("must be the name of an attribute, such as department")
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("shown_attributes::%d: %w", i, err))
		}
	}
	return names, errs
}

// attributeReader returns a function that reads a dimension or an attribute. The name of
// an event can be in other places than its attribute.
func attributeReader(name string) func(cowork.Event) string {
	if name == "event.name" {
		return cowork.Event.Name
	}
	return cowork.DimensionOf(name)
}

func unlessIdentifier(v string) string {
	if cowork.IsIdentifier(v) {
		return ""
	}
	return shownOddID
}

func unlessMeasure(v string) string {
	if _, err := strconv.ParseFloat(v, 64); err == nil || v == "true" || v == "false" {
		return ""
	}
	if _, err := time.Parse(time.RFC3339Nano, v); err == nil {
		return ""
	}
	return shownOddNumber
}

// isName reports whether a text is a name, and not an expression.
func isName(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '_' && r != '.' && r != '-' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
}
