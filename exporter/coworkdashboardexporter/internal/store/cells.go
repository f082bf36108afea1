package store

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"math/bits"
	"slices"
)

// A cell is what one user did with one model: its key and its sums.
type cellKey struct{ org, user, model uint32 }

// sums are the measures of a family, in its order.
type sums [maxMeasures]int64

const maxMeasures = 8

// A family is a set of measures that come together, so that none of its columns is
// mostly empty.
type family struct {
	id       uint8
	measures []string
}

// The families. Measures are added at the end only: they are columns of what is stored.
var (
	spend  = &family{0, []string{"cost", "input", "output", "cache_read", "cache_creation", "requests", "errors", "refusals"}}
	people = &family{1, []string{"events", "prompts", "sessions"}}
)

// Positions of the measures.
const (
	atCost = iota
	atInput
	atOutput
	atCacheRead
	atCacheCreation
	atRequests
	atErrors
	atRefusals

	atEvents   = 0
	atPrompts  = 1
	atSessions = 2
)

// shardBits is how many users' cells stand in one blob, as a power of two: a commit
// writes the blobs anew that it changes, a question of one user reads no others.
const shardBits = 11

// padding stands behind the columns, so that a number can be read as eight bytes
// wherever it stands.
const padding = 8

// encode writes cells as columns: their number, then each column as how many bits its
// numbers have, and the numbers. Users are told as their distance from the one before.
func encode(f *family, cells map[cellKey]sums) []byte {
	keys := slices.SortedFunc(maps.Keys(cells), func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(a.user, b.user), cmp.Compare(a.org, b.org), cmp.Compare(a.model, b.model))
	})
	c := columns{numbers: make([]uint64, len(keys)), b: binary.AppendUvarint(nil, uint64(len(keys)))}
	var before uint32
	c.write(func(i int) uint64 {
		step := keys[i].user - before
		before = keys[i].user
		return uint64(step)
	})
	c.write(func(i int) uint64 { return uint64(keys[i].org) })
	c.write(func(i int) uint64 { return uint64(keys[i].model) })
	for m := range f.measures {
		c.write(func(i int) uint64 { return uint64(cells[keys[i]][m]) })
	}
	return append(c.b, make([]byte, padding)...)
}

// columns writes one column after the other.
type columns struct {
	numbers []uint64
	b       []byte
}

// maxBits is the widest number that can be read as eight bytes at any bit. Wider ones
// take all eight.
const maxBits = 57

func (c *columns) write(number func(i int) uint64) {
	var all uint64
	for i := range c.numbers {
		c.numbers[i] = number(i)
		all |= c.numbers[i]
	}
	width := bits.Len64(all)
	if width > maxBits {
		width = 64
	}
	c.b = append(c.b, byte(width))
	var word uint64
	filled := 0
	for _, n := range c.numbers {
		word |= n << filled
		if filled += width; filled >= 64 {
			c.b = binary.LittleEndian.AppendUint64(c.b, word)
			filled -= 64
			word = n >> (width - filled) // 0 where nothing is left of the number
		}
	}
	for ; filled > 0; filled -= 8 {
		c.b = append(c.b, byte(word))
		word >>= 8
	}
}

// A column is one of a blob's.
type column struct {
	data  []byte
	width int
	mask  uint64
}

func (c column) at(i int) uint64 {
	bit := i * c.width
	return binary.LittleEndian.Uint64(c.data[bit>>3:]) >> (bit & 7) & c.mask
}

// A block is a blob that was checked, so that reading its columns cannot fail.
type block struct {
	n                int
	step, org, model column // step is the distance from the user before
	measures         [maxMeasures]column
}

var errBlock = errors.New("a blob of sums is damaged")

// parse checks a blob of a family. The block is a view of it.
func parse(f *family, b []byte) (blk block, err error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > maxCells {
		return block{}, errBlock
	}
	blk.n = int(n)
	b = b[size:]
	next := func() (c column) {
		if len(b) < 1+padding || b[0] > 64 {
			err = errBlock
			return column{data: b}
		}
		c.width = int(b[0])
		end := 1 + (c.width*blk.n+7)/8
		if end+padding > len(b) {
			err = errBlock
			return c
		}
		c.data = b[1:]
		c.mask = 1<<c.width - 1 // all bits at 64, where the shift leaves none
		b = b[end:]
		return c
	}
	blk.step, blk.org, blk.model = next(), next(), next()
	for m := range f.measures {
		blk.measures[m] = next()
	}
	if err != nil || len(b) != padding {
		return block{}, errBlock
	}
	return blk, nil
}

// maxCells is more than a blob can have, and few enough to count bits with.
const maxCells = 1 << 30

// addTo adds a block's cells to others.
func (b *block) addTo(f *family, cells map[cellKey]sums) {
	var k cellKey
	for i := range b.n {
		k = cellKey{uint32(b.org.at(i)), k.user + uint32(b.step.at(i)), uint32(b.model.at(i))}
		s := cells[k]
		for m := range f.measures {
			s[m] = plus(s[m], int64(b.measures[m].at(i)))
		}
		cells[k] = s
	}
}
