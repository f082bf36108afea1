package store

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// A column is an array of numbers with a fixed number of bits each. A width of 0 means
// zeros.
type column struct {
	data  []byte
	width int
	mask  uint64
}

var zeros = column{data: make([]byte, padding)}

// padding follows the data of a column, so that eight bytes can be read at every number.
const padding = 8

// maxBits is the largest width at which a number fits into eight bytes at any bit offset.
// Larger numbers have a width of 64.
const maxBits = 57

var errBlock = errors.New("a row of sums is damaged")

// encodeColumn encodes the width of the numbers as one byte, then the numbers.
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
			word = n >> (width - filled) // 0 if the number is complete
		}
	}
	for ; filled > 0; filled -= 8 {
		b = append(b, byte(word))
		word >>= 8
	}
	return append(b, make([]byte, padding)...)
}

// parseColumn validates a column of n numbers, so that reading it cannot fail. The column
// is a view of the bytes.
func parseColumn(n int, b []byte) (column, error) {
	if len(b) == 0 || b[0] > 64 {
		return column{}, errBlock
	}
	width := int(b[0])
	if len(b) != 1+(width*n+7)/8+padding {
		return column{}, errBlock
	}
	return column{b[1:], width, 1<<width - 1}, nil // the mask has all bits at a width of 64, where the shift yields 0
}

func (c column) at(i int) uint64 {
	bit := i * c.width
	return binary.LittleEndian.Uint64(c.data[bit>>3:]) >> (bit & 7) & c.mask
}

// sum sums the numbers of a range, up to maxSum.
func (c column) sum(from, to int) (sum int64) {
	if c.width+bits.Len(uint(to-from)) > maxBits {
		for i := from; i < to; i++ {
			sum = plus(sum, int64(c.at(i)))
		}
		return sum
	}
	for i := from; i < to; i++ {
		sum += int64(c.at(i))
	}
	return sum
}
