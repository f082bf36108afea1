// Package prefilter finds the candidates of a text, the bytes at which a finding can begin.
// A [Filter] has no detectors: it knows the words, prefixes and names of the layers above
// it ([Settings]), and returns the offsets of the candidates of one [Window] after another.
//
// # Stages
//
//  1. Each byte of 64 gets a bit in eight masks, one for each set of bytes ([Table]). On
//     amd64 with AVX2 two table look-ups of 32 bytes each compute them, one by the
//     low and one by the high four bits of a byte; elsewhere a table of
//     256 entries and a transposition of bits do. Both compute the same masks.
//  2. Shifts of the masks give the signs, the numbers, the starts of words and of long runs.
//  3. Words that are no keyword or prefix are dropped by a hash of the whole word, eight bytes at most, and
//     the others are compared completely.
//  4. Tables of the bytes around a sign or a digit drop most candidates without a branch; a few
//     branches, and a comparison with the names of secrets, drop most of the others.
//
// # Where the time goes
//
// Of typical texts, 64 bytes take about 15 ns for the masks, 20 for the shifts, 70 for the
// words and 60 for stage four. One candidate that a detector reads takes 100 to 250 ns, as long
// as all stages for 64 bytes, and a noun whose sentence is read takes 1 to 3 µs. So a more exact comparison
// here pays: comparing names and keywords completely made the candidates that detectors read
// fall from 20 to 6 per KiB.
//
// Most words begin like one of 700 keywords. Of 16 words per KiB with the hash of one, 2 are keywords.
// The byte that follows and the first eight bytes reject most of the others.
package prefilter
