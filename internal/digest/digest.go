package digest

import (
	"encoding/binary"
	"math/bits"
)

// A Digest is a 64-bit hash of the fields that were mixed in, in their order. The
// value that mixing begins with separates domains: digests that begin with different
// values do not meet, except by chance.
type Digest uint64

// The multipliers of wyhash, which have as many ones as zeros.
const (
	mixA = 0xa0761d6478bd642f
	mixB = 0xe7037ed1a0b428db
)

// Word mixes in a number.
func (d Digest) Word(w uint64) Digest {
	hi, lo := bits.Mul64(uint64(d)^w^mixA, mixB)
	return Digest(hi ^ lo ^ uint64(d)<<1)
}

// Text mixes in a string and its length, so that ("ab", "c") differs from ("a", "bc").
func (d Digest) Text(s string) Digest {
	d = d.Word(uint64(len(s)))
	i := 0
	for ; i+8 <= len(s); i += 8 {
		d = d.Word(binary.LittleEndian.Uint64([]byte(s[i : i+8])))
	}
	if rest := len(s) - i; rest > 0 {
		d = d.Word(lastWord(s, rest))
	}
	return d
}

// lastWord returns the last n bytes of a string, at most 7, as a number.
func lastWord(s string, n int) uint64 {
	if len(s) >= 8 {
		return binary.LittleEndian.Uint64([]byte(s[len(s)-8:])) >> (64 - 8*n)
	}
	w := uint64(0)
	for i := range len(s) {
		w |= uint64(s[i]) << (8 * i)
	}
	return w
}

// Sum finishes a digest. The result is never 0, which means no digest.
func (d Digest) Sum() Digest {
	if d = d.Word(mixB); d == 0 {
		return 1
	}
	return d
}
