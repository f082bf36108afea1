package literals

// A table finds literals by their first two or three bytes. Bit sets of these exclude most
// places of a text.
type table struct {
	singles []single           // the literals of one byte
	pairs   map[uint32]bits    // of those of two bytes
	longer  map[uint32][]entry // the others, by their first three bytes
	isPair  [1 << 10]uint64    // a bit for each pair
	isStart [1 << 10]uint64    // a bit for each hash of three bytes
}

// A single is a literal of one byte and its clauses.
type single struct {
	char    byte
	clauses bits
}

// An entry is a literal and its clauses.
type entry struct {
	literal string
	clauses bits
}

func newTable(literals map[string]bits) *table {
	t := &table{pairs: map[uint32]bits{}, longer: map[uint32][]entry{}}
	for literal, clauses := range literals {
		switch len(literal) {
		case 1:
			t.singles = append(t.singles, single{literal[0], clauses})
		case 2:
			pair := uint32(literal[0]) | uint32(literal[1])<<8
			t.pairs[pair] = clauses
			t.isPair[pair/64] |= 1 << (pair % 64)
		default:
			start := uint32(literal[0]) | uint32(literal[1])<<8 | uint32(literal[2])<<16
			t.longer[start] = append(t.longer[start], entry{literal, clauses})
			t.isStart[hash(start)/64] |= 1 << (hash(start) % 64)
		}
	}
	return t
}

// hash returns 16 bits for three bytes.
func hash(start uint32) uint32 { return start * 0x9e3779b1 >> 16 }

// find sets the bits of the clauses that a text satisfies.
func (t *table) find(text []byte, satisfied []uint64) {
	var seen [256]bool
	for i, b := range text {
		seen[b] = true
		if i+1 == len(text) {
			break
		}
		pair := uint32(b) | uint32(text[i+1])<<8
		if t.isPair[pair/64]&(1<<(pair%64)) != 0 {
			t.pairs[pair].addTo(satisfied)
		}
		if i+2 == len(text) {
			continue
		}
		start := pair | uint32(text[i+2])<<16
		if h := hash(start); t.isStart[h/64]&(1<<(h%64)) != 0 {
			t.findFrom(start, text[i:], satisfied)
		}
	}
	for i := range t.singles {
		if seen[t.singles[i].char] {
			t.singles[i].clauses.addTo(satisfied)
		}
	}
}

// findFrom sets the bits of the clauses of the literals that a text starts with.
func (t *table) findFrom(start uint32, text []byte, satisfied []uint64) {
	for _, e := range t.longer[start] {
		if len(e.literal) <= len(text) && string(text[:len(e.literal)]) == e.literal {
			e.clauses.addTo(satisfied)
		}
	}
}
