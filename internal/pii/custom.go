package pii

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/pii/internal/literal"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// A Custom is a pattern of the configuration, in RE2 syntax. Its marker is
// "[REDACTED_<NAME>]", the name in upper case.
type Custom struct {
	Name, Regexp string
}

// custom is a compiled Custom.
type custom struct {
	Pattern
	re    *regexp.Regexp
	needs literal.Needs
}

// CheckCustom returns an error if a custom pattern is invalid. The text does not name the
// place of the pattern, which the caller adds. It may quote the expression, which is
// configuration.
func CheckCustom(c Custom) error {
	_, err := compileCustom(c)
	return err
}

func compileCustom(c Custom) (custom, error) {
	if err := checkCustomName(c.Name); err != nil {
		return custom{}, err
	}
	if c.Regexp == "" {
		return custom{}, errors.New("the expression is empty")
	}
	re, err := regexp.Compile(c.Regexp)
	var bad *syntax.Error
	switch {
	case errors.As(err, &bad):
		return custom{}, fmt.Errorf("%s: `%s`", bad.Code, bad.Expr)
	case err != nil:
		return custom{}, err
	case re.MatchString(""):
		return custom{}, errors.New("matches the empty text")
	}
	needs, err := literal.Of(c.Regexp)
	if err != nil {
		return custom{}, err
	}
	marker := span.MarkerStart + "_" + strings.ToUpper(c.Name) + "]"
	return custom{Pattern{c.Name, marker}, re, needs}, nil
}

func checkCustomName(name string) error {
	switch {
	case name == "":
		return errors.New("the name is empty")
	case len(name) > span.MarkerMax:
		return fmt.Errorf("name %q: too long (at most %d characters)", name, span.MarkerMax)
	case builtinID(name) < span.BuiltinCount:
		return fmt.Errorf("name %q: is a built-in pattern's", name)
	}
	for i := range len(name) {
		c := name[i]
		if !text.Is(c, text.Lower) && (i == 0 || !text.Is(c, text.Digit) && c != '_') {
			return fmt.Errorf("name %q: want a small letter, then small letters, digits and underscores", name)
		}
	}
	return nil
}

// newGate returns the set of the literals of the custom patterns, nil if there is none.
func newGate(patterns []custom) *literal.Set {
	literals := make([][]string, len(patterns))
	has := false
	for i, c := range patterns {
		literals[i] = c.needs.Literals
		has = has || len(literals[i]) > 0
	}
	if !has {
		return nil
	}
	return literal.NewSet(literals)
}

// SlowPatterns returns the custom patterns without a literal of two or more bytes that
// every match must contain. Every complete text is searched with each of them, which
// takes many times as long as all built-in patterns together.
func (s *Scanner) SlowPatterns() (patterns []Custom) {
	for _, c := range s.custom {
		if len(c.needs.Literals) == 0 {
			patterns = append(patterns, Custom{c.Name, c.re.String()})
		}
	}
	return patterns
}

// An interval is a part of the text that is still to be searched with a custom
// pattern; the zero value is none.
type interval struct{ Start, End int }

// customs adds what the custom patterns match. A pattern that matches nothing allocates nothing.
func (w *walk) customs() {
	for i := range w.s.custom {
		if len(w.s.custom[i].needs.Literals) == 0 {
			w.search(i, interval{0, len(w.Text)})
		}
	}
	if w.s.gate == nil {
		return
	}
	seen := false
	w.s.gate.Find(w.Text, func(i, end int) {
		if !seen {
			w.near = append(w.near[:0], make([]interval, len(w.s.custom))...)
			seen = true
		}
		w.noteLiteral(i, end)
	})
	if !seen {
		return
	}
	for i, near := range w.near {
		w.search(i, near)
	}
}

// noteLiteral records that a literal of a custom pattern ends at end. A match that
// contains it starts and ends within the greatest length of a match from there. It merges
// overlapping intervals and searches those that are complete. An interval includes the
// runes before and after, since the pattern may test them.
func (w *walk) noteLiteral(i, end int) {
	near := &w.near[i]
	reach := w.s.custom[i].needs.MaxMatch + utf8.UTFMax
	if reach == utf8.UTFMax { // a match can be of any length
		*near = interval{0, len(w.Text)}
		return
	}
	if start := max(0, end-reach); start > near.End {
		w.search(i, *near)
		near.Start = start
	}
	near.End = min(len(w.Text), end+reach)
}

// search adds what a custom pattern matches in a part of the text.
func (w *walk) search(i int, in interval) {
	re, part := w.s.custom[i].re, w.Text[in.Start:in.End]
	if part == "" || !re.MatchString(part) {
		return
	}
	for _, m := range re.FindAllStringIndex(part, -1) {
		if m[0] < m[1] {
			w.found = append(w.found, span.Span{Start: in.Start + m[0], End: in.Start + m[1], ID: span.BuiltinCount + span.ID(i), Rank: span.FromCustom})
		}
	}
}
