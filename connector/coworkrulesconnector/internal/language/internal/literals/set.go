package literals

import (
	"strings"

	"github.com/cowork-otel/collector/internal/regexliteral"
)

// A Set holds the literals of expressions. The zero value has none. It is not safe for
// concurrent use.
type Set struct {
	patterns map[string]*Pattern // by their expression, nil for one that needs none
	clauses  map[string]int      // by their literals: expressions have many in common
	literals map[string]bits     // the clauses that a literal satisfies
	table    *table              // nil until the next scan after an expression was added
	buf      []byte              // the normal form of a text
}

// A Pattern is what an expression needs of a text: a clause of the set, what all parts
// need, or what one of the parts needs.
type Pattern struct {
	clause   int // -1 if it has parts
	all, one []Pattern
}

// AddExpression adds the literals of an expression. It returns nil for one that needs none.
func (s *Set) AddExpression(expression string) *Pattern {
	p, ok := s.patterns[expression]
	if ok {
		return p
	}
	if s.patterns == nil {
		s.patterns, s.clauses, s.literals = map[string]*Pattern{}, map[string]int{}, map[string]bits{}
	}
	if n := needOf(expression); !n.IsNothing() {
		compiled := s.compile(n)
		p = &compiled
	}
	s.patterns[expression] = p
	return p
}

func (s *Set) compile(n regexliteral.Need) Pattern {
	if len(n.Literals) > 0 {
		return Pattern{clause: s.addClause(n.Literals)}
	}
	p := Pattern{clause: -1}
	for _, part := range n.All {
		p.all = append(p.all, s.compile(part))
	}
	for _, part := range n.One {
		p.one = append(p.one, s.compile(part))
	}
	return p
}

// addClause returns the index of the clause that one of some literals satisfies.
func (s *Set) addClause(anyOf []string) int {
	key := strings.Join(anyOf, "\x00")
	clause, ok := s.clauses[key]
	if !ok {
		clause = len(s.clauses)
		s.clauses[key] = clause
		for _, literal := range anyOf {
			s.literals[literal] = s.literals[literal].with(clause)
		}
		s.table = nil
	}
	return clause
}

// A Text has the clauses that a text satisfies.
type Text struct {
	satisfied []uint64
	table     *table
}

// MayMatch reports whether a text has what the expression needs. The text was scanned.
func (p *Pattern) MayMatch(t *Text) bool {
	if p.clause >= 0 {
		return t.satisfied[p.clause/64]&(1<<(p.clause%64)) != 0
	}
	for i := range p.all {
		if !p.all[i].MayMatch(t) {
			return false
		}
	}
	for i := range p.one {
		if p.one[i].MayMatch(t) {
			return true
		}
	}
	return len(p.one) == 0
}

// IsScanned reports whether a text was scanned for all literals of a set.
func (s *Set) IsScanned(t *Text) bool { return s.table != nil && t.table == s.table }

// Scan finds the literals of a text.
func (s *Set) Scan(text string, t *Text) {
	if s.table == nil {
		s.table = newTable(s.literals)
	}
	if t.table != s.table {
		t.table, t.satisfied = s.table, make([]uint64, (len(s.clauses)+63)/64)
	}
	clear(t.satisfied)
	s.buf = appendNormal(s.buf[:0], text)
	s.table.find(s.buf, t.satisfied)
	if cap(s.buf) > maxBuffer {
		s.buf = nil
	}
}

// maxBuffer bounds the memory that is kept between two texts.
const maxBuffer = 64 << 10

// Bits are a set of small numbers.
type bits []word

type word struct {
	at  int
	set uint64
}

func (b bits) with(n int) bits {
	for i := range b {
		if b[i].at == n/64 {
			b[i].set |= 1 << (n % 64)
			return b
		}
	}
	return append(b, word{n / 64, 1 << (n % 64)})
}

func (b bits) addTo(words []uint64) {
	for i := range b {
		words[b[i].at] |= b[i].set
	}
}
