package store

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
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
	name     string
	measures []string
}

// The families. Measures are added at the end only: they are columns of what is stored.
var (
	spend  = &family{0, "spend", []string{"cost", "input", "output", "cache_read", "cache_creation", "requests", "errors", "refusals"}}
	people = &family{1, "people", []string{"events", "prompts", "sessions"}}
)

// columns are the names of a row's blobs.
func (f *family) columns() []string {
	names := []string{"user", "organization", "model"}
	for m := range f.measures {
		names = append(names, fmt.Sprintf("m%d", m))
	}
	return names
}

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

// shardBits is how many users' cells stand in one row, as a power of two: a commit
// writes the rows anew that it changes, a question of one user reads no others.
const shardBits = 11

// padding stands behind a column, so that a number can be read as eight bytes
// wherever it stands.
const padding = 8

// keyColumns are the columns of a cell's key, which stand before those of its measures.
const keyColumns = 3

// encode writes cells as columns: each is how many bits its numbers have, and the
// numbers. Users are told as their distance from the one before.
func encode(f *family, cells map[cellKey]sums) (n int, blobs [][]byte) {
	keys := slices.SortedFunc(maps.Keys(cells), func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(a.user, b.user), cmp.Compare(a.org, b.org), cmp.Compare(a.model, b.model))
	})
	numbers := make([]uint64, len(keys))
	write := func(number func(k cellKey) uint64) {
		for i, k := range keys {
			numbers[i] = number(k)
		}
		blobs = append(blobs, encodeColumn(numbers))
	}
	var before uint32
	write(func(k cellKey) uint64 {
		step := k.user - before
		before = k.user
		return uint64(step)
	})
	write(func(k cellKey) uint64 { return uint64(k.org) })
	write(func(k cellKey) uint64 { return uint64(k.model) })
	for m := range f.measures {
		write(func(k cellKey) uint64 { return uint64(cells[k][m]) })
	}
	return len(keys), blobs
}

// maxBits is the widest number that can be read as eight bytes at any bit. Wider ones
// take all eight.
const maxBits = 57

func encodeColumn(numbers []uint64) []byte {
	var all uint64
	for _, n := range numbers {
		all |= n
	}
	width := bits.Len64(all)
	if width > maxBits {
		width = 64
	}
	b := make([]byte, 1, 1+(width*len(numbers)+7)/8+padding)
	b[0] = byte(width)
	var word uint64
	filled := 0
	for _, n := range numbers {
		word |= n << filled
		if filled += width; filled >= 64 {
			b = binary.LittleEndian.AppendUint64(b, word)
			filled -= 64
			word = n >> (width - filled) // 0 where nothing is left of the number
		}
	}
	for ; filled > 0; filled -= 8 {
		b = append(b, byte(word))
		word >>= 8
	}
	return append(b, make([]byte, padding)...)
}

// A column is one of a row's. Without a width it is zeros.
type column struct {
	data  []byte
	width int
	mask  uint64
}

var zeros = column{data: make([]byte, padding)}

func (c column) at(i int) uint64 {
	bit := i * c.width
	return binary.LittleEndian.Uint64(c.data[bit>>3:]) >> (bit & 7) & c.mask
}

// A block is a row's blobs that were checked, so that reading its columns cannot fail.
type block struct {
	n                int
	step, org, model column // step is the distance from the user before
	measures         [maxMeasures]column
}

var errBlock = errors.New("a blob of sums is damaged")

// parse checks the columns of a blob of a family, keys first. One that is nil was not
// asked for and reads as zeros. The block is a view of them.
func parse(f *family, n int64, blobs [][]byte) (blk block, err error) {
	if n < 0 || n > maxCells || len(blobs) != keyColumns+len(f.measures) {
		return block{}, errBlock
	}
	blk.n = int(n)
	columns := [keyColumns + maxMeasures]*column{&blk.step, &blk.org, &blk.model}
	for m := range f.measures {
		columns[keyColumns+m] = &blk.measures[m]
	}
	for i, b := range blobs {
		if b == nil {
			*columns[i] = zeros
			continue
		}
		if *columns[i], err = parseColumn(blk.n, b); err != nil {
			return block{}, err
		}
	}
	return blk, nil
}

func parseColumn(n int, b []byte) (column, error) {
	if len(b) == 0 || b[0] > 64 {
		return column{}, errBlock
	}
	width := int(b[0])
	if len(b) != 1+(width*n+7)/8+padding {
		return column{}, errBlock
	}
	return column{b[1:], width, 1<<width - 1}, nil // all bits at 64, where the shift leaves none
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
