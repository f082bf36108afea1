package prefilter

import (
	"encoding/binary"
	"math/bits"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// hash4 hashes the first four bytes of a word.
func hash4(head string) uint32 {
	_ = head[3]
	return (uint32(head[0]) | uint32(head[1])<<8 | uint32(head[2])<<16 | uint32(head[3])<<24) * multiplier
}

const multiplier = 0x9e3779b1

// keywordHeads are the hashes of keywords, in any case, a bit each: of the letters and digits up to
// the first other byte, eight at most. A word without its bit is none of them; a word with its bit
// is one, with few exceptions. The tables are small, so that they stay in the fastest cache: they are
// read for each word of a text.
type keywordHeads struct {
	words [1 << 9]uint64
	stems [1 << 9]uint64 // the first four letters of the keywords that other letters may follow
}

// headMask has the bytes of a word of some length among the eight bytes that are read of it.
var headMask = [9]uint64{
	0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, 0xffffffffffffffff,
}

const (
	smallLetters = 0x2020202020202020
	wordFactor   = 0x9e3779b97f4a7c15
)

// wordHash returns the hash of the first n of eight bytes, in 15 bits.
func wordHash(eight uint64, n int) uint64 {
	return (eight | smallLetters) & headMask[n] * wordFactor >> 49
}

// eightBytes returns the first eight bytes of a text.
func eightBytes(in string) uint64 {
	_ = in[7]
	return uint64(in[0]) | uint64(in[1])<<8 | uint64(in[2])<<16 | uint64(in[3])<<24 |
		uint64(in[4])<<32 | uint64(in[5])<<40 | uint64(in[6])<<48 | uint64(in[7])<<56
}

// stemHash returns the hash of the first four of eight bytes, in 15 bits.
func stemHash(eight uint64) uint32 {
	return (uint32(eight) | smallLetters&0xffffffff) * multiplier >> 17
}

// filter keeps those of n words of a window that may be keywords, and returns how many there are. in is
// the text from the start of the window on. It has no branch for each word, since few of many match.
func (h *keywordHeads) filter(w *Window, n int, in string) (kept int) {
	for _, k := range w.words[:n] {
		eight := uint64(0)
		if i := int(k); i+8 <= len(in) {
			eight = eightBytes(in[i : i+8])
		} else {
			eight = headOf(in, i)
		}
		bit := k & (Size - 1)
		block := w.blocks[k/Size+1 : k/Size+3]
		run := bits.TrailingZeros64(^(block[0][inWord]>>bit | block[1][inWord]<<1<<(Size-1-bit)) | 1<<8)
		word, stem := wordHash(eight, run), stemHash(eight)
		w.words[kept] = k
		kept += bitOf(h.words[word>>6], word) | bitOf(h.stems[stem>>6], uint64(stem))
	}
	return kept
}

// bitOf returns the bit of a set for the low six bits of a hash.
func bitOf(set, hash uint64) (n int) {
	if set&(1<<(hash&63)) != 0 {
		n = 1
	}
	return n
}

// insert adds a keyword, of three letters at least.
func (h *keywordHeads) insert(k Keyword) {
	var head [8]byte
	n := 0
	for n < len(head) && n < len(k.Word) && text.Is(k.Word[n], text.Alnum) {
		head[n] = k.Word[n]
		n++
	}
	eight := binary.LittleEndian.Uint64(head[:])
	if k.After == AnyByte {
		for c := range uint64(1 << 8) {
			if n > 3 && c != uint64(head[3]) {
				continue
			}
			stem := stemHash(eight&headMask[3] | c<<24)
			h.stems[stem>>6] |= 1 << (stem & 63)
		}
		return
	}
	for _, c := range []byte(k.After) { // the word continues
		if !text.Is(c, text.Alnum) {
			continue
		}
		stem := stemHash(eight)
		if n == 3 {
			stem = stemHash(eight | uint64(c)<<24)
		}
		h.stems[stem>>6] |= 1 << (stem & 63)
	}
	word := wordHash(eight, n)
	h.words[word>>6] |= 1 << (word & 63)
}

// prefixHeads are the first four bytes of prefixes, as above, and the first two bytes of
// prefixes without a known third.
type prefixHeads struct {
	four [1 << 9]uint64
	two  [1 << 7][2]uint64
}

// filter keeps those of n words of a window that may have one of the heads, as above.
func (h *prefixHeads) filter(w *Window, n int, in string) (kept int) {
	for _, k := range w.tokens[:n] {
		head := in[k : k+4] // such words are longer
		hash := hash4(head) >> 17
		w.tokens[kept] = k
		kept += int((h.four[hash>>6]>>(hash&63) | h.two[head[0]&0x7f][head[1]>>6&1]>>(head[1]&63)) & 1)
	}
	return kept
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
