package literals

import (
	"maps"
	"math"
	"slices"
)

// A table finds literals by their first two bytes.
type table struct {
	classes [256]uint16 // of bytes; 0: at the start of no literal
	count   int         // of classes
	starts  []uint32    // index of a bucket by the classes of two bytes; 0: none
	buckets []bucket
	single  [256]bits // the clauses of the literals of one byte
}

// A bucket has the literals that start with two bytes.
type bucket struct {
	thirds  uint64 // a bit for each third byte, modulo 64; all bits if there may be none
	clauses bits   // of the literal of two bytes
	longer  []entry
}

// An entry is a literal of more than two bytes and its clauses.
type entry struct {
	third   byte
	literal string
	clauses bits
}

func newTable(literals map[string]bits) *table {
	t := &table{count: 1, buckets: make([]bucket, 1)}
	for literal := range literals {
		for _, b := range []byte(literal[:min(2, len(literal))]) {
			if t.classes[b] == 0 {
				t.classes[b] = uint16(t.count)
				t.count++
			}
		}
	}
	t.starts = make([]uint32, t.count*t.count)
	for _, literal := range slices.Sorted(maps.Keys(literals)) {
		if len(literal) == 1 {
			t.single[literal[0]] = literals[literal]
			continue
		}
		start := &t.starts[t.pair(literal[0], literal[1])]
		if *start == 0 {
			*start = uint32(len(t.buckets))
			t.buckets = append(t.buckets, bucket{})
		}
		t.buckets[*start].addLiteral(literal, literals[literal])
	}
	return t
}

func (b *bucket) addLiteral(literal string, clauses bits) {
	if len(literal) == 2 {
		b.thirds, b.clauses = math.MaxUint64, clauses
		return
	}
	b.thirds |= 1 << (literal[2] % 64)
	b.longer = append(b.longer, entry{literal[2], literal, clauses})
}

func (t *table) pair(a, b byte) int { return int(t.classes[a])*t.count + int(t.classes[b]) }

// find sets the bits of the clauses that a text satisfies.
func (t *table) find(text []byte, satisfied []uint64) {
	var seen [256]bool
	for i, b := range text {
		seen[b] = true
		if i+1 == len(text) {
			break
		}
		if start := t.starts[t.pair(b, text[i+1])]; start != 0 {
			t.buckets[start].find(text[i:], satisfied)
		}
	}
	for b := range seen {
		if seen[b] {
			t.single[b].addTo(satisfied)
		}
	}
}

// find sets the bits of the clauses of the literals that a text starts with.
func (b *bucket) find(text []byte, satisfied []uint64) {
	third := byte(0)
	if len(text) > 2 {
		third = text[2]
	}
	if b.thirds&(1<<(third%64)) == 0 {
		return
	}
	b.clauses.addTo(satisfied)
	for i := range b.longer {
		if e := &b.longer[i]; e.third == third && len(e.literal) <= len(text) && string(text[:len(e.literal)]) == e.literal {
			e.clauses.addTo(satisfied)
		}
	}
}
