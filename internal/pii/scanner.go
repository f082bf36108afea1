package pii

// This file holds the entry points: settings, the scanner, and the scan of one text.

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cowork-otel/collector/internal/pii/internal/document"
	"github.com/cowork-otel/collector/internal/pii/internal/literal"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// Settings configure a [Scanner]. The zero value means all built-in
// patterns and nothing else.
type Settings struct {
	// Custom patterns are tried before the built-in ones, in this order.
	Custom []Custom
	// Disabled are the names of built-in patterns that are switched off.
	Disabled []string
	// Allowed values are no findings: the exact match only, never the text around it.
	Allowed []string
	// Keys are keys of JSON whose values are replaced completely, by "[REDACTED]".
	Keys []string
}

// A Finding is a part of a text that a pattern matched: byte offsets
// [Start, End) into the text as it was given, on rune boundaries.
type Finding struct {
	Start, End int
	Pattern    *Pattern

	// quote is an index of quotes: 0 where the marker needs no quotation marks, n+1
	// where it replaces a number n strings deep and becomes a JSON string.
	quote uint8
}

// A Scanner finds sensitive values. It is immutable and safe for concurrent use.
type Scanner struct {
	custom  []custom
	gate    *literal.Gate // of custom, nil if there is none
	on      uint32        // a bit for each built-in pattern
	allowed map[string]struct{}
	keys    map[string]struct{}
}

// New returns a scanner, or all errors of its settings.
func New(set Settings) (*Scanner, error) {
	s := &Scanner{on: 1<<span.BuiltinCount - 1}
	var errs []error
	names := map[string]bool{}
	for _, c := range set.Custom {
		ready, err := compileCustom(c)
		if err == nil && names[c.Name] {
			err = errors.New("the name is used twice")
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("custom pattern %q: %w", c.Name, err))
			continue
		}
		names[c.Name] = true
		s.custom = append(s.custom, ready)
	}
	for _, name := range set.Disabled {
		if err := CheckName(name); err != nil {
			errs = append(errs, fmt.Errorf("disabled patterns: %w", err))
			continue
		}
		s.on &^= 1 << builtinID(name)
	}
	s.gate = newGate(s.custom)
	s.allowed, s.keys = setOf(set.Allowed), setOf(set.Keys)
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

// setOf returns the words as a set, nil if there are none.
func setOf(words []string) map[string]struct{} {
	if len(words) == 0 {
		return nil
	}
	set := make(map[string]struct{}, len(words))
	for _, word := range words {
		set[word] = struct{}{}
	}
	return set
}

// Except returns a copy of the scanner without the patterns of these names, built-in
// or custom. Unknown names are ignored.
func (s *Scanner) Except(names ...string) *Scanner {
	t := *s
	for _, name := range names {
		if id := builtinID(name); id < span.BuiltinCount {
			t.on &^= 1 << id
		}
	}
	t.custom = slices.DeleteFunc(slices.Clone(s.custom), func(c custom) bool {
		return slices.Contains(names, c.Name)
	})
	t.gate = newGate(t.custom)
	return &t
}

// pattern returns the pattern of an id.
func (s *Scanner) pattern(id span.ID) *Pattern {
	switch {
	case id < span.BuiltinCount:
		return &builtin[id]
	case id == sensitiveValue:
		return &sensitivePattern
	default:
		return &s.custom[id-span.BuiltinCount].Pattern
	}
}

// Scan appends the findings in text, in order, disjoint. key is the name of the
// text, for instance the key of an attribute, and serves as context. Scan takes
// text as text, also where it is JSON.
func (s *Scanner) Scan(found []Finding, key, in string) []Finding {
	p := newScan(s, in)
	defer p.release()
	for _, f := range p.findings(text.View{Text: in, Key: key}, false) {
		found = append(found, Finding{Start: f.Start, End: f.End, Pattern: s.pattern(f.ID)})
	}
	return found
}

// Redact returns text with each finding replaced by its marker, and appends the
// findings, in order, disjoint, with their offsets in text. Text that opens a JSON
// object, array or string and is JSON is redacted as [Scanner.RedactJSON] does.
// Clean text is returned unchanged and allocates nothing.
func (s *Scanner) Redact(found []Finding, key, in string) (string, []Finding) {
	return s.redact(found, key, in, document.LikelyJSON)
}

// RedactJSON redacts the strings, the keys and the numbers of a JSON text in
// place: the order of keys, white space and every byte outside of a finding
// stay the same, and valid JSON stays valid. A number that is a
// finding becomes a string. Text that is not valid JSON is redacted as text.
func (s *Scanner) RedactJSON(found []Finding, key, in string) (string, []Finding) {
	return s.redact(found, key, in, document.AnyJSON)
}

// Flag returns the name of a command's flag that an argument is, such as
// "password" for "--password", "" if it is none. The argument after it is found
// under that key, since a list of arguments has no other context.
func Flag(argument string) string { return document.Flag(argument) }

// SlowPatterns returns the custom patterns without a literal of two or more bytes that
// every match must contain. Every complete text is searched with each of them, which
// takes many times as long as all built-in patterns together.
func (s *Scanner) SlowPatterns() (patterns []Custom) {
	for _, c := range s.custom {
		if c.expr.IsSlow() {
			patterns = append(patterns, Custom{c.Name, c.expr.String()})
		}
	}
	return patterns
}
