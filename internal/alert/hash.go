package alert

import "math/bits"

// The hashes of this file tell values apart that need not be kept themselves. They are
// stored, so they are the same in every process.

// hash returns a hash of a text.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h, uint64(len(s)))
}

// mix adds a hash to another. The order matters.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xbf58476d1ce4e5b9)
	return bits.RotateLeft64(a, 23) ^ hi ^ lo
}
