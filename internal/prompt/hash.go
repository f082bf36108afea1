package prompt

import (
	"encoding/binary"
	"math/bits"
)

// A digest is a 64-bit hash of several fields, by which things are known again. It
// has no secret seed, since digests are stored and compared after a restart. Whoever
// can make two of them collide can send any numbers anyway, and to that prompt only.
type digest uint64

// Multipliers with as many ones as zeros, as wyhash has them.
const (
	mixA = 0xa0761d6478bd642f
	mixB = 0xe7037ed1a0b428db
)

func (d digest) word(w uint64) digest {
	hi, lo := bits.Mul64(uint64(d)^w^mixA, mixB)
	return digest(hi ^ lo ^ uint64(d)<<1)
}

// text adds a string and its length, so that ("ab", "c") is not ("a", "bc").
func (d digest) text(s string) digest {
	d = d.word(uint64(len(s)))
	for ; len(s) >= 8; s = s[8:] {
		d = d.word(binary.LittleEndian.Uint64([]byte(s[:8])))
	}
	if s != "" {
		var last [8]byte
		copy(last[:], s)
		d = d.word(binary.LittleEndian.Uint64(last[:]))
	}
	return d
}

// id returns the digest as a number that is never 0, which stands for nothing.
func (d digest) id() uint64 {
	if d = d.word(mixB); d == 0 {
		return 1
	}
	return uint64(d)
}

// What a digest is of.
const (
	ofSession digest = iota + 1
	ofEvent
	ofRequest
	ofTool
	ofRejection
	ofOrigin
)
