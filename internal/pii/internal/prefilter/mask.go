package prefilter

import "unsafe"

// Sets is how many sets of bytes there are. The last, [Foreign], is given.
const Sets = 8

// Foreign is the set of the bytes that are not ASCII.
const Foreign = Sets - 1

// Size is how many bytes a block is about.
const Size = 64

// A Block has, for each set, a bit for each of 64 bytes, the first lowest.
type Block [Sets]uint64

// A Table holds the sets in the forms that the ways to make masks need.
type Table struct {
	sets    [256]uint64 // a byte for each set, 1 where the byte is in it
	nibbles nibbles
	fits    bool // in nibbles
	fast    bool // masks are made by vectors
}

// NewTable returns a table of sets, each given as the ASCII bytes in it.
func NewTable(sets [Foreign]string) *Table {
	t := new(Table)
	for set, members := range sets {
		for i := range len(members) {
			if members[i] < 0x80 {
				t.sets[members[i]] |= 1 << (8 * set)
			}
		}
	}
	for c := 0x80; c < len(t.sets); c++ {
		t.sets[c] = 1 << (8 * Foreign)
	}
	t.fits = t.nibbles.fill(&t.sets)
	t.fast = t.fits && hasVectors()
	return t
}

// Fits reports whether the sets are simple enough for the fast way; if they are
// not, masks are made the slow way everywhere.
func (t *Table) Fits() bool { return t.fits }

// Portable returns the table without vector instructions, for comparison.
func (t *Table) Portable() *Table {
	slow := *t
	slow.fast = false
	return &slow
}

// Make fills the masks of text into blocks, of which it needs one for each 64
// bytes begun. Behind the end of the text no bit is set.
func (t *Table) Make(blocks []Block, text string) {
	whole, rest := len(text)/Size, len(text)%Size
	if whole > 0 {
		t.fill(blocks[:whole], text)
	}
	if rest == 0 {
		return
	}
	last := blocks[whole : whole+1]
	if whole > 0 { // the last 64 bytes, some of which were seen before
		t.fill(last, text[len(text)-Size:])
		for set := range last[0] {
			last[0][set] >>= Size - rest
		}
		return
	}
	var padded [Size]byte
	copy(padded[:], text)
	t.fill(last, unsafe.String(&padded[0], Size)) //nolint:gosec // a view that no caller keeps
	for set := range last[0] {
		last[0][set] &= 1<<rest - 1
	}
}

// fill fills the blocks of a text of at least 64 bytes for each.
func (t *Table) fill(blocks []Block, text string) {
	if t.fast {
		fillVectors(&blocks[0], unsafe.StringData(text), len(blocks), &t.nibbles) //nolint:gosec // reads 64 bytes a block
		return
	}
	for i := range blocks {
		t.portable(&blocks[i], text[i*Size:])
	}
}
