package store

import "math/bits"

// A bitset is a set of ids with one bit each.
type bitset []uint64

func (b *bitset) insertID(id uint32) {
	word := int(id >> 6)
	if word >= len(*b) {
		*b = append(*b, make([]uint64, word+1-len(*b))...)
	}
	(*b)[word] |= 1 << (id & 63)
}

func (b bitset) has(id uint32) bool {
	word := int(id >> 6)
	return word < len(b) && b[word]>>(id&63)&1 == 1
}

func (b bitset) count() (n int) {
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}
