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

// maxValueBytes is the longest value that a group is told apart by, or that is shown.
const maxValueBytes = 256

// What is shown in place of a value that must not be, or is none.
const (
	shownNone        = "(none)"
	shownRedacted    = "(redacted)"
	shownUnprintable = "(unprintable)"
	shownOddID       = "(not an identifier)"
	shownOddNumber   = "(not a number)"
)

// A field is a text that events have: a dimension, an attribute or an expression.
type field struct {
	name  string
	named bool // it is a bare name, and no expression
	read  func(cowork.Event) string
	odd   func(string) string // what to show instead, "" for the value itself
}

// shown returns a value as people may see it: bounded, in printable characters, and
// said to be cut or taken out where it is.
func (f *field) shown(v string) string {
	switch {
	case v == "":
		return shownNone
	case cowork.IsMarker(v):
		return shownRedacted
	case strings.ContainsFunc(v, unicode.IsControl) || !utf8.ValidString(v):
		return shownUnprintable
	}
	if f.odd != nil {
		if s := f.odd(v); s != "" {
			return s
		}
	}
	if len(v) > maxValueBytes {
		return clip(v, maxValueBytes) + "…"
	}
	return strings.Clone(v) // the event does not outlive its batch
}

// clip cuts a text to a number of bytes, between two characters.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// dimensions are the names that mean more than an attribute.
var dimensions = map[string]bool{
	"user": true, "organization": true, "model": true, "tool": true, "connector": true,
	"skill": true, "plugin": true, "agent": true, "client_version": true,
}

// names are the attributes beyond the schema that may be shown.
type names map[string]bool

// field returns the field of a dimension or an attribute. Its value is shown, so it must
// be of a class that holds no text of users, or have been named as one that may.
func (n names) field(name string) (field, error) {
	f := field{name: name, named: true, read: reader(name)}
	if dimensions[name] {
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
	case cowork.Identity:
		return f, fmt.Errorf("%s: names somebody (the dimension user is what tells users apart)", name)
	case cowork.Identifier:
		f.odd = oddIdentifier
	case cowork.Measure:
		f.odd = oddMeasure
	case cowork.Label:
	}
	return f, nil
}

// namesOf checks the attributes that are to be shown.
func namesOf(shown []string) (known names, errs []error) {
	known = names{}
	for i, name := range shown {
		known[name] = true
		_, err := known.field(name)
		if !isName(name) {
			err = errors.New("must be the name of an attribute, such as department")
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("shown_attributes::%d: %w", i, err))
		}
	}
	return known, errs
}

// reader returns what reads a dimension or an attribute. An event's name can stand
// elsewhere than in its attribute.
func reader(name string) func(cowork.Event) string {
	if name == "event.name" {
		return cowork.Event.Name
	}
	return cowork.DimensionOf(name)
}

func oddIdentifier(v string) string {
	if cowork.IsIdentifier(v) {
		return ""
	}
	return shownOddID
}

func oddMeasure(v string) string {
	if _, err := strconv.ParseFloat(v, 64); err == nil || v == "true" || v == "false" {
		return ""
	}
	if _, err := time.Parse(time.RFC3339Nano, v); err == nil {
		return ""
	}
	return shownOddNumber
}

var errNoName = errors.New("must name a dimension or an attribute, or be an expression")

// isName reports whether a text is a bare name, and no expression.
func isName(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '_' && r != '.' && r != '-' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
}
