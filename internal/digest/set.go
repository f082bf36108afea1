package digest

import "iter"

// A Set remembers digests. It has two generations: when the younger one is full and
// must not grow, the older one is dropped and the younger one takes its place. So the
// latest digests, as many as fill one generation, are always remembered.
//
// The zero value is an empty set. A Set is not safe for concurrent use.
type Set struct {
	young, old []Digest // open addressing; lengths are powers of two, 0 is a free slot
	n, m       int32    // digests in young, in old
}

const (
	// minSlots is the size of the first table.
	minSlots = 8
	// denseSlots is the size up to which a table is filled to 7/8. A larger table is
	// filled to 3/4: its slots are not in the cache, so that probes cost more.
	denseSlots = 1 << 14
)

// capacity returns how many digests a table holds.
func capacity(slots int) int {
	if slots > denseSlots {
		return slots / 4 * 3
	}
	return slots - slots/8
}

// SlotsFor returns the size of a generation that holds at least n digests.
func SlotsFor(n int) int {
	slots := minSlots
	for capacity(slots) < n {
		slots *= 2
	}
	return slots
}

// Contains reports whether the set remembers a digest.
func (s *Set) Contains(d Digest) bool { return contains(s.young, d) || contains(s.old, d) }

// Insert remembers a digest that the set does not contain and that is not 0. A
// generation grows to maxSlots at most; with 0 it keeps its size. Insert returns how
// many digests were dropped.
func (s *Set) Insert(d Digest, maxSlots int) (dropped int) {
	if int(s.n) >= capacity(len(s.young)) {
		dropped = s.makeRoom(maxSlots)
	}
	insert(s.young, d)
	s.n++
	return dropped
}

// makeRoom doubles the younger generation, or makes it the older one.
func (s *Set) makeRoom(maxSlots int) (dropped int) {
	if size := max(2*len(s.young), minSlots); size <= max(maxSlots, minSlots) {
		grown := make([]Digest, size)
		for _, d := range s.young {
			if d != 0 {
				insert(grown, d)
			}
		}
		s.young = grown
		return 0
	}
	dropped = int(s.m)
	reuse := s.old
	if len(reuse) != len(s.young) {
		reuse = make([]Digest, len(s.young))
	}
	clear(reuse)
	s.old, s.m = s.young, s.n
	s.young, s.n = reuse, 0
	return dropped
}

// Slots returns the memory that the set takes, in words of 8 bytes.
func (s *Set) Slots() int { return len(s.young) + len(s.old) }

// Len returns how many digests the set remembers.
func (s *Set) Len() int { return int(s.n + s.m) }

// All returns the digests, the older generation first.
func (s *Set) All() iter.Seq[Digest] {
	return func(yield func(Digest) bool) {
		for _, table := range [...][]Digest{s.old, s.young} {
			for _, d := range table {
				if d != 0 && !yield(d) {
					return
				}
			}
		}
	}
}

func contains(table []Digest, d Digest) bool {
	if len(table) == 0 {
		return false
	}
	mask := Digest(len(table) - 1)
	for i := d & mask; table[i] != 0; i = (i + 1) & mask {
		if table[i] == d {
			return true
		}
	}
	return false
}

func insert(table []Digest, d Digest) {
	mask := Digest(len(table) - 1)
	i := d & mask
	for table[i] != 0 {
		i = (i + 1) & mask
	}
	table[i] = d
}
