package prefilter

import (
	"math/bits"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// heads are the first four bytes of words, a bit for the hash of each, and the first two
// bytes of words without a known third. A word without its bit is none of them; a word
// with its bit may be one.
type heads struct {
	four [1 << 10]uint64
	two  *[1 << 7][2]uint64 // nil if there is none
}

// hash4 hashes the first four bytes of a word.
func hash4(head string) uint32 {
	_ = head[3]
	x := uint32(head[0]) | uint32(head[1])<<8 | uint32(head[2])<<16 | uint32(head[3])<<24
	return x * 0x9e3779b1 >> 16
}

// filter returns the words of the block at a place that may have one of the heads, a bit
// each. It has no branch for each word, since few of many match.
func (h *heads) filter(words uint64, in string, at int) (found uint64) {
	in = in[at:]
	for rest := words; rest != 0; rest &= rest - 1 {
		bit := uint(bits.TrailingZeros64(rest)) & 63
		if bit+4 > uint(len(in)) {
			break
		}
		n := hash4(in[bit : bit+4])
		found |= h.four[n>>6] >> (n & 63) & 1 << bit
	}
	if h.two == nil {
		return found
	}
	for rest := words; rest != 0; rest &= rest - 1 {
		bit := uint(bits.TrailingZeros64(rest)) & 63
		a, b := in[bit], in[bit+1]
		found |= h.two[a&0x7f][b>>6&1] >> (b & 63) & 1 << bit
	}
	return found
}

// insert adds a word that begins with start, followed by bytes of a class.
func (h *heads) insert(start string, rest text.Class) {
	switch len(start) {
	case 2:
		if h.two == nil {
			h.two = new([1 << 7][2]uint64)
		}
		a, b := start[0], start[1]
		h.two[a&0x7f][b>>6&1] |= 1 << (b & 63)
	case 3:
		for c := range byte(0x80) {
			if text.Is(c, rest) {
				h.insert(start+string(rune(c)), rest)
			}
		}
	default:
		n := hash4(start)
		h.four[n>>6] |= 1 << (n & 63)
	}
}

// insertFold adds a word in small letters, in any case.
func (h *heads) insertFold(word string) {
	for capitals := range 1 << 4 {
		head := []byte(word[:min(4, len(word))])
		for i, c := range head {
			if capitals>>i&1 == 1 {
				head[i] = text.ToUpper(c)
			}
		}
		h.insert(string(head), text.Space|text.Colon)
	}
}
