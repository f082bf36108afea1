package repeat

import (
	"math/bits"
	"strings"
)

// Least is the length of the shortest part that counts as repeated.
const Least = 24

const (
	group  = 8                  // bytes of a group
	stride = Least - group      // between the groups that are checked
	fold   = 0x2020202020202020 // the bits that are ignored, of a group
	spread = 0x9E3779B97F4A7C15 // multiplier that distributes a group or a hash
	base   = 0x5851F42D4C957F2D // of the rolling hash
	minLog = 10                 // smallest size of both tables
	maxLog = 22                 // greatest size of the bitmap
)

// baseLeast is base to the power of Least - 1: the weight of the first byte of a window.
var baseLeast = func() uint64 {
	power := uint64(1)
	for range Least - 1 {
		power *= base
	}
	return power
}()

// A Range is a part [Start, End) of a text.
type Range struct{ Start, End int }

// An Index holds the windows of its sources. The zero value holds none. It is not safe for
// concurrent use.
type Index struct {
	groups     []uint64 // bitmap
	groupShift int
	windows    []uint32 // hash table with open addressing; 0 is empty
	shift      int
	normalizer normalizer
}

// Reset replaces the sources. It keeps the memory of the tables.
func (x *Index) Reset(sources []string) {
	windows := 0
	for _, s := range sources {
		n := max(0, len(s)-Least+1)
		if strings.ContainsAny(s, specials) {
			n *= 3 // with those of the normal form, at most twice as many
		}
		windows += n
	}
	if windows == 0 {
		x.windows, x.groups = x.windows[:0], x.groups[:0]
		return
	}
	size := max(minLog, bits.Len(uint(2*windows)))
	x.windows, x.shift = cleared(x.windows, 1<<size), 64-size
	size = min(maxLog, size+3)
	x.groups, x.groupShift = cleared(x.groups, 1<<(size-6)), 64-size
	for _, s := range sources {
		x.insert(s)
		if strings.ContainsAny(s, specials) {
			x.insert(x.normalizer.normalize(s))
		}
	}
}

// cleared returns a slice of n zeros, in the memory of the given slice if it is large
// enough.
func cleared[T uint32 | uint64](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// Empty reports whether the index has no window.
func (x *Index) Empty() bool { return len(x.windows) == 0 }

// insert adds the windows of a source.
func (x *Index) insert(s string) {
	if len(s) < Least {
		return
	}
	for i := range len(s) - group + 1 {
		at := x.groupAt(s, i)
		x.groups[at>>6] |= 1 << (at & 63)
	}
	h := hashOf(s)
	for i := 0; ; i++ {
		x.insertHash(h)
		if i+Least == len(s) {
			return
		}
		h = next(h, s[i], s[i+Least])
	}
}

func (x *Index) insertHash(h uint64) {
	at, mark := x.slot(h)
	for x.windows[at] != 0 && x.windows[at] != mark {
		at = (at + 1) & (len(x.windows) - 1)
	}
	x.windows[at] = mark
}

// has reports whether a window with the hash was inserted.
func (x *Index) has(h uint64) bool {
	at, mark := x.slot(h)
	for x.windows[at] != 0 {
		if x.windows[at] == mark {
			return true
		}
		at = (at + 1) & (len(x.windows) - 1)
	}
	return false
}

// slot returns the first place of a hash in the table, and the mark that is stored there.
func (x *Index) slot(h uint64) (at int, mark uint32) {
	h = (h ^ h>>32) * spread
	return int(h >> x.shift), uint32(h) | 1 //nolint:gosec // the low half
}

// groupAt returns the bit of the group at i.
func (x *Index) groupAt(s string, i int) uint64 {
	b := s[i : i+group]
	g := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
	return (g | fold) * spread >> x.groupShift
}

// hashOf returns the hash of the first window.
func hashOf(s string) (h uint64) {
	for i := range Least {
		h = h*base + uint64(s[i]|0x20)
	}
	return h
}

// next returns the hash of the window that begins and ends one byte later.
func next(h uint64, out, in byte) uint64 {
	return (h-uint64(out|0x20)*baseLeast)*base + uint64(in|0x20)
}
