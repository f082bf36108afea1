package metric

// A memory knows the digests that were added last. It has two tables: when the
// younger is full, the older is forgotten and the younger takes its place. So what is
// known is between one and two tables full, and forgetting costs nothing.
//
// The zero value knows nothing. It is not safe for concurrent use.
type memory struct {
	young, old []digest // open addressing; 0 is free
	n, m       int      // in young, in old
}

// A table begins small and has room for maxTable digests at most, of which one in
// four places stays free: two of them take two MiB.
const (
	minTable = 1 << 10
	maxTable = 1 << 17
)

// add makes a digest known and reports whether it was, and how many others were
// forgotten for it.
func (m *memory) add(d digest) (known bool, forgotten int) {
	if find(m.young, d) || find(m.old, d) {
		return true, 0
	}
	if m.n >= len(m.young)/4*3 {
		forgotten = m.makeRoom()
	}
	put(m.young, d)
	m.n++
	return false, forgotten
}

// makeRoom doubles the younger table, or makes it the older one.
func (m *memory) makeRoom() (forgotten int) {
	if size := max(2*len(m.young), minTable); size <= maxTable {
		grown := make([]digest, size)
		for _, d := range m.young {
			if d != 0 {
				put(grown, d)
			}
		}
		m.young = grown
		return 0
	}
	forgotten = m.m
	if m.old == nil {
		m.old = make([]digest, maxTable)
	}
	clear(m.old)
	m.young, m.old = m.old, m.young
	m.n, m.m = 0, m.n
	return forgotten
}

func find(table []digest, d digest) bool {
	if len(table) == 0 {
		return false
	}
	mask := digest(len(table) - 1)
	for i := d & mask; table[i] != 0; i = (i + 1) & mask {
		if table[i] == d {
			return true
		}
	}
	return false
}

func put(table []digest, d digest) {
	mask := digest(len(table) - 1)
	i := d & mask
	for table[i] != 0 {
		i = (i + 1) & mask
	}
	table[i] = d
}
