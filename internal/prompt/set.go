package prompt

// A set remembers digests, the latest ones for certain. It holds two generations:
// when the younger is full and may not grow, the older is forgotten and the younger
// takes its place. So memory is bounded, and forgetting costs nothing.
//
// The zero value is an empty set. It is not safe for concurrent use.
type set struct {
	young, old []uint64 // open addressing, lengths are powers of two, 0 is free
	n          int32    // in young
	m          int32    // in old
}

// minSlots is the length of the first table.
const minSlots = 8

// has reports whether the set remembers a digest.
func (s *set) has(id uint64) bool {
	return find(s.young, id) || find(s.old, id)
}

// add remembers a digest that the set does not have, in at most limit slots a
// generation. It returns how many others were forgotten for it.
func (s *set) add(id uint64, limit int) (forgotten int) {
	if int(s.n)+1 > len(s.young)-len(s.young)/8 {
		forgotten = s.makeRoom(limit)
	}
	insert(s.young, id)
	s.n++
	return forgotten
}

// makeRoom doubles the younger generation, or makes it the older one.
func (s *set) makeRoom(limit int) (forgotten int) {
	if size := max(2*len(s.young), minSlots); size <= max(limit, minSlots) {
		grown := make([]uint64, size)
		for _, id := range s.young {
			if id != 0 {
				insert(grown, id)
			}
		}
		s.young = grown
		return 0
	}
	forgotten = int(s.m)
	reuse := s.old
	if len(reuse) != len(s.young) {
		reuse = make([]uint64, len(s.young))
	}
	clear(reuse)
	s.old, s.m = s.young, s.n
	s.young, s.n = reuse, 0
	return forgotten
}

// slots returns the memory that the set takes, in words.
func (s *set) slots() int { return len(s.young) + len(s.old) }

// len returns how many digests are remembered.
func (s *set) len() int { return int(s.n + s.m) }

// all calls f with every digest, the older generation first.
func (s *set) all(f func(uint64)) {
	for _, table := range [...][]uint64{s.old, s.young} {
		for _, id := range table {
			if id != 0 {
				f(id)
			}
		}
	}
}

func find(table []uint64, id uint64) bool {
	if len(table) == 0 {
		return false
	}
	mask := uint64(len(table) - 1)
	for i := id & mask; table[i] != 0; i = (i + 1) & mask {
		if table[i] == id {
			return true
		}
	}
	return false
}

func insert(table []uint64, id uint64) {
	mask := uint64(len(table) - 1)
	i := id & mask
	for table[i] != 0 {
		i = (i + 1) & mask
	}
	table[i] = id
}
