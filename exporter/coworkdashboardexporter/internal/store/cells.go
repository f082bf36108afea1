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
const shardBits = 9

// keyColumns are the columns of a cell's key: user, organization, model.
const keyColumns = 3

// padding stands behind the columns, so that a number can be read as eight bytes
// wherever it stands.
const padding = 8

// encode writes cells as columns: their number, then each column as the width of its
// numbers and the numbers.
func encode(f *family, cells map[cellKey]sums) []byte {
	keys := slices.SortedFunc(maps.Keys(cells), func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(a.user, b.user), cmp.Compare(a.org, b.org), cmp.Compare(a.model, b.model))
	})
	column := make([]uint64, len(keys))
	b := binary.AppendUvarint(nil, uint64(len(keys)))
	write := func(value func(cellKey) uint64) {
		var all uint64
		for i, k := range keys {
			column[i] = value(k)
			all |= column[i]
		}
		width := (bits.Len64(all) + 7) / 8
		b = append(b, byte(width))
		for _, v := range column {
			for range width {
				b = append(b, byte(v))
				v >>= 8
			}
		}
	}
	write(func(k cellKey) uint64 { return uint64(k.user) })
	write(func(k cellKey) uint64 { return uint64(k.org) })
	write(func(k cellKey) uint64 { return uint64(k.model) })
	for m := range f.measures {
		write(func(k cellKey) uint64 { return uint64(cells[k][m]) })
	}
	return append(b, make([]byte, padding)...)
}

// A column is one of a blob's. The zero value has only zeros.
type column struct {
	data  []byte
	width int
	mask  uint64
}

func (c column) at(i int) uint64 {
	return binary.LittleEndian.Uint64(c.data[i*c.width:]) & c.mask
}

// A block is a blob that was checked, so that reading its columns cannot fail.
type block struct {
	n                int
	user, org, model column
	measures         [maxMeasures]column
}

var errBlock = errors.New("a blob of sums is damaged")

// parse checks a blob of a family. The block is a view of it.
func parse(f *family, b []byte) (blk block, err error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)) {
		return block{}, errBlock
	}
	blk.n = int(n)
	b = b[size:]
	next := func() (c column) {
		if len(b) < 1+padding || b[0] > 8 {
			err = errBlock
			return column{}
		}
		c.width = int(b[0])
		end := 1 + c.width*blk.n
		if end+padding > len(b) {
			err = errBlock
			return column{}
		}
		c.data = b[1:]
		c.mask = 1<<(8*c.width) - 1 // all bits at 8, where the shift leaves none
		b = b[end:]
		return c
	}
	blk.user, blk.org, blk.model = next(), next(), next()
	for m := range f.measures {
		blk.measures[m] = next()
	}
	if err != nil || len(b) != padding {
		return block{}, errBlock
	}
	return blk, nil
}

// addTo adds a block's cells to others.
func (b *block) addTo(f *family, cells map[cellKey]sums) {
	for i := range b.n {
		k := cellKey{uint32(b.org.at(i)), uint32(b.user.at(i)), uint32(b.model.at(i))}
		s := cells[k]
		for m := range f.measures {
			s[m] = plus(s[m], int64(b.measures[m].at(i)))
		}
		cells[k] = s
	}
}
