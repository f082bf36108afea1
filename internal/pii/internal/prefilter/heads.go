package prefilter

import (
	"math/bits"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// hash4 hashes the first four bytes of a word.
func hash4(head string) uint32 {
	_ = head[3]
	return (uint32(head[0]) | uint32(head[1])<<8 | uint32(head[2])<<16 | uint32(head[3])<<24) * multiplier
}

const multiplier = 0x9e3779b1

// keywordHeads are the first four bytes of keywords, in any case, a bit for the hash of each. A word without
// its bit is none of them; a word with its bit may be one. The table is small, so that it stays in the
// fastest cache: it is read for each word of a text.
type keywordHeads [1 << 8]uint64

// fourth has what counts of the fourth byte of a word: its letter, in any case, or its digit, and
// nothing of what follows a word of three letters.
var fourth = buildFourth()

func buildFourth() (t [256]uint8) {
	for c := range t {
		if text.Is(byte(c), text.Alnum) {
			t[c] = byte(c) | 0x20
		}
	}
	return t
}

func keywordHash(head string) uint32 {
	_ = head[3]
	x := uint32(head[0]) | uint32(head[1])<<8 | uint32(head[2])<<16 | 0x202020 | uint32(fourth[head[3]])<<24
	return x * multiplier >> 18
}

// filter returns the words of the block at a place that may have one of the heads, a bit
// each. It has no branch for each word, since few of many match.
func (h *keywordHeads) filter(words uint64, in string, at int) (found uint64) {
	in = in[at:]
	for rest := words; rest != 0; rest &= rest - 1 {
		bit := uint(bits.TrailingZeros64(rest)) & 63
		if bit+4 > uint(len(in)) {
			break
		}
		n := keywordHash(in[bit : bit+4])
		found |= h[n>>6] >> (n & 63) & 1 << bit
	}
	return found
}

// insert adds a word in small letters, of three letters at least.
func (h *keywordHeads) insert(word string) {
	n := keywordHash(word + " ")
	h[n>>6] |= 1 << (n & 63)
}

// prefixHeads are the first four bytes of prefixes, as above, and the first two bytes of
// prefixes without a known third.
type prefixHeads struct {
	four [1 << 9]uint64
	two  [1 << 7][2]uint64
}

// filter returns the words that may have one of the heads, as above.
func (h *prefixHeads) filter(words uint64, in string, at int) (found uint64) {
	in = in[at:]
	for ; words != 0; words &= words - 1 {
		bit := uint(bits.TrailingZeros64(words)) & 63
		if bit+4 > uint(len(in)) {
			break
		}
		n := hash4(in[bit:bit+4]) >> 17
		a, b := in[bit], in[bit+1]
		found |= (h.four[n>>6]>>(n&63) | h.two[a&0x7f][b>>6&1]>>(b&63)) & 1 << bit
	}
	return found
}

// insert adds a prefix that begins with start, followed by bytes of a class.
func (h *prefixHeads) insert(start string, rest text.Class) {
	switch len(start) {
	case 2:
		a, b := start[0], start[1]
		h.two[a&0x7f][b>>6&1] |= 1 << (b & 63)
	case 3:
		for c := range byte(0x80) {
			if text.Is(c, rest) {
				h.insert(start+string(rune(c)), rest)
			}
		}
	default:
		n := hash4(start) >> 17
		h.four[n>>6] |= 1 << (n & 63)
	}
}
