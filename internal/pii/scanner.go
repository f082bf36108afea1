package pii

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/cowork-otel/collector/internal/pii/internal/needle"
)

// Settings are what a [Scanner] is made of. The zero value means all built-in
// patterns and nothing else.
type Settings struct {
	// Custom patterns are tried before the built-in ones, in this order.
	Custom []Custom
	// Disabled names built-in patterns that are not looked for.
	Disabled []string
	// Allowed values are not findings: the exact match only, never the text around it.
	Allowed []string
	// Keys are those whose values in JSON are replaced whole, by "[REDACTED]",
	// whatever they hold.
	Keys []string
}

// A Finding is a part of a text that a pattern matched: byte offsets
// [Start, End) into the text as it was given, on rune boundaries.
type Finding struct {
	Start, End int
	Pattern    *Pattern

	// quote is 0 where the marker stands alone and n+1 where it has to be made a
	// JSON string n strings deep, since it replaces a number.
	quote uint8
}

// A Scanner finds sensitive values. It is immutable and safe for concurrent use.
type Scanner struct {
	custom  []custom
	gate    *needle.Set // the literals of custom
	on      uint32      // a bit for each built-in pattern
	allowed map[string]struct{}
	keys    map[string]struct{}
}

// New returns a scanner, or all that is wrong with its settings.
func New(set Settings) (*Scanner, error) {
	s := &Scanner{on: 1<<builtinCount - 1}
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

// Except returns the same scanner without the patterns of these names, built-in
// or custom. Names that the scanner does not know are ignored. Everything else is shared.
func (s *Scanner) Except(names ...string) *Scanner {
	t := *s
	for _, name := range names {
		if id := builtinID(name); id < builtinCount {
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
func (s *Scanner) pattern(id patternID) *Pattern {
	switch {
	case id < builtinCount:
		return &builtin[id]
	case id == wholeValue:
		return &wholeValuePattern
	default:
		return &s.custom[id-builtinCount].Pattern
	}
}

// scratch is what one call needs beside the text; pooled, so that clean text
// costs no allocation.
type scratch struct {
	walk
	doc    document
	window window
}

var pool = sync.Pool{New: func() any {
	p := new(scratch)
	p.walk.window = &p.window
	return p
}}

// release forgets the text and puts the scratch space back.
func (p *scratch) release() {
	p.s, p.key, p.text = nil, "", ""
	p.doc.forget()
	pool.Put(p)
}

// Scan appends the findings in text, in order, disjoint. key is the name the text
// was found under, an attribute's key for instance: it is context. Scan takes
// text as text, also where it is JSON.
func (s *Scanner) Scan(found []Finding, key, text string) []Finding {
	p := pool.Get().(*scratch)
	defer p.release()
	p.doc.begin(s, &p.walk)
	for _, f := range p.doc.findings(key, text) {
		found = append(found, Finding{Start: f.start, End: f.end, Pattern: s.pattern(f.id)})
	}
	return found
}

// Redact returns text with each finding replaced by its marker, and appends the
// findings, in order, disjoint, with their offsets in text. Text that opens a JSON
// object, array or string and is JSON is redacted as [Scanner.RedactJSON] does.
// Clean text is returned as it is and allocates nothing.
func (s *Scanner) Redact(found []Finding, key, text string) (string, []Finding) {
	return s.redact(found, key, text, likelyJSON)
}

// RedactJSON redacts the strings, the keys and the numbers of a JSON text in
// place: the order of keys, white space and the spelling of everything that is not a
// finding survive byte for byte, and valid JSON stays valid. A number that is a
// finding becomes a string. What is not valid JSON is redacted as text.
func (s *Scanner) RedactJSON(found []Finding, key, text string) (string, []Finding) {
	return s.redact(found, key, text, anyJSON)
}
