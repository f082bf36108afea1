// Package prefilter computes for each byte of a text which of eight sets contain it, 64
// bytes at a time: a [Block] has a 64-bit mask for each set.
//
// Masks make searching fast: a few shifts find the starts of runs of sixteen letters, or
// the digits after a separator, for 64 positions at once, and most of a text is never
// read byte by byte.
//
// On amd64 with AVX2 two table look-ups of 32 bytes each compute the masks, one by the
// low and one by the high four bits of a byte; elsewhere a table of
// 256 entries and a transposition of bits do. Both compute the same masks.
package prefilter
