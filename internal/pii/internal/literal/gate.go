package literal

import (
	"unicode/utf8"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

// A Gate searches texts with many patterns at once. It is immutable and safe for
// concurrent use.
type Gate struct {
	patterns []Pattern
	literals *Set // nil if no pattern has one
}

// NewGate returns the gate of patterns.
func NewGate(patterns []Pattern) *Gate {
	g := &Gate{patterns: patterns}
	literals := make([][]string, len(patterns))
	has := false
	for i, p := range patterns {
		literals[i] = p.needs.Literals
		has = has || !p.IsSlow()
	}
	if has {
		g.literals = NewSet(literals)
	}
	return g
}

// A Search finds the matches of a gate in one text after another. It is not safe for
// concurrent use.
type Search struct {
	gate *Gate
	in   string
	near []interval // by pattern, the part around its literals that is still to be searched
	add  []span.Span
}

// An interval is a part of a text; the zero value is none.
type interval struct{ start, end int }

// Append appends what the patterns match in a text. A pattern that matches nothing
// allocates nothing.
func (s *Search) Append(found []span.Span, g *Gate, in string) []span.Span {
	s.gate, s.in, s.add = g, in, found
	for i := range g.patterns {
		if g.patterns[i].IsSlow() {
			s.match(i, interval{0, len(in)})
		}
	}
	if g.literals != nil {
		s.matchNear()
	}
	found = s.add
	s.gate, s.in, s.add = nil, "", nil
	return found
}

// matchNear adds the matches of the patterns with literals.
func (s *Search) matchNear() {
	seen := false
	s.gate.literals.Find(s.in, func(i, end int) {
		if !seen {
			s.near = append(s.near[:0], make([]interval, len(s.gate.patterns))...)
			seen = true
		}
		s.noteLiteral(i, end)
	})
	if !seen {
		return
	}
	for i, near := range s.near {
		s.match(i, near)
	}
}

// noteLiteral records that a literal of a pattern ends at end. A match that contains it
// starts and ends within the greatest length of a match from there. It merges overlapping
// intervals and searches those that are complete. An interval includes the runes before
// and after, since the pattern may test them.
func (s *Search) noteLiteral(i, end int) {
	near := &s.near[i]
	reach := s.gate.patterns[i].needs.MaxMatch + utf8.UTFMax
	if reach == utf8.UTFMax { // a match can be of any length
		*near = interval{0, len(s.in)}
		return
	}
	if start := max(0, end-reach); start > near.end {
		s.match(i, *near)
		near.start = start
	}
	near.end = min(len(s.in), end+reach)
}

// match adds what a pattern matches in a part of the text.
func (s *Search) match(i int, part interval) {
	re, in := s.gate.patterns[i].re, s.in[part.start:part.end]
	if in == "" || !re.MatchString(in) {
		return
	}
	for _, m := range re.FindAllStringIndex(in, -1) {
		if m[0] < m[1] {
			s.add = append(s.add, span.Span{Start: part.start + m[0], End: part.start + m[1], ID: span.BuiltinCount + span.ID(i), Rank: span.FromCustom})
		}
	}
}
