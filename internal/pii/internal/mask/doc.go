// Package mask says of each byte of a text which of eight sets it is in, 64
// bytes at a time: a [Block] holds a 64-bit mask for each set.
//
// Masks are what makes looking for things fast: where a run of sixteen letters
// starts, or a digit stands behind a separator, is known for 64 positions from a
// few shifts, and most of a text is never looked at byte by byte.
//
// On amd64 with AVX2 the masks are made by two table look-ups of 32 bytes each,
// one by the low and one by the high four bits of a byte; elsewhere by a table of
// 256 entries and a transposition of bits. Both give the same masks.
package mask
