package repeat

import (
	"iter"
	"math/bits"
	"slices"
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
	groups     []uint64 // bitmap; empty if there is no window
	groupShift int

	// The windows are inserted when the first text has a group: few texts have one.
	windows []uint32 // hash table with open addressing; 0 is empty
	shift   int
	pending []string // the sources while they are not inserted

	normalizer normalizer
}

// Reset replaces the sources. It keeps the memory of the tables.
func (x *Index) Reset(sources []string) {
	groups := 0
	for _, s := range sources {
		if len(s) >= Least {
			groups += len(s)
		}
	}
	x.pending, x.groups = sources, x.groups[:0]
	x.normalizer.keep = slices.ContainsFunc(sources, hasEscape)
	if groups == 0 {
		return
	}
	size := min(maxLog, max(minLog, bits.Len(uint(groups))+3))
	x.groups, x.groupShift = cleared(x.groups, 1<<(size-6)), 64-size
	for s := range x.forms() {
		for i := range len(s) - group + 1 {
			at := x.groupAt(s, i)
			x.groups[at>>6] |= 1 << (at & 63)
		}
	}
}

// forms iterates over the pending sources that have a window and, if a source has a
// backslash, over their normal forms. The normal form of a source without one is itself.
func (x *Index) forms() iter.Seq[string] {
	return func(yield func(string) bool) {
		n := normalizer{keep: true} // that of the index may hold the text that is searched
		for _, s := range x.pending {
			if len(s) < Least {
				continue
			}
			if !yield(s) {
				return
			}
			if x.normalizer.keep && n.nextEscape(s) >= 0 {
				if s = n.normalize(s); len(s) >= Least && !yield(s) {
					return
				}
			}
		}
	}
}

// insertPending inserts the windows of the sources.
func (x *Index) insertPending() {
	windows := 0
	for s := range x.forms() {
		windows += len(s)
	}
	size := max(minLog, bits.Len(uint(windows))+1)
	x.windows, x.shift = cleared(x.windows, 1<<size), 64-size
	for s := range x.forms() {
		x.insertWindows(s)
	}
	x.pending = nil
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
func (x *Index) Empty() bool { return len(x.groups) == 0 }

// insertWindows adds the windows of a source.
func (x *Index) insertWindows(s string) {
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
	return int(h >> x.shift), uint32(h) | 1
}

// hasGroup reports whether a source has the group at i. Of a hundred groups that no
// source has, it reports about twelve.
func (x *Index) hasGroup(s string, i int) bool {
	at := x.groupAt(s, i)
	return x.groups[at>>6]>>(at&63)&1 == 1
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
