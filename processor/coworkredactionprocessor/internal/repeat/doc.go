// Package repeat finds parts of texts that repeat other texts.
//
// An [Index] holds the sources, such as the prompts of a batch. [Index.Find] returns the
// parts of a text of which every byte belongs to [Least] consecutive bytes of a source.
//
// # Comparison
//
// The case of letters is ignored: bytes are compared without the bit 0x20. A text with
// backslashes is compared twice: as it is, and in a normal form in which the escapes of
// JSON, at any depth of JSON in JSON, equal their characters. Nothing else is normalized: a line that is wrapped at another place
// repeats the source in several parts.
//
// # Method
//
// The index has a hash of every window of [Least] bytes, and a bitmap of the groups of
// eight bytes in them. Every window contains a group that begins at a multiple of 16, so
// Find checks one group in 16 bytes of a text. Only around a group in the bitmap does it
// compute the hashes of windows, at most 17 for each group. The time is linear in the
// length of the text and independent of the length of the sources.
//
// A collision of hashes reports a part that is no repetition, about once in 2^31
// compared windows. A repetition is never missed.
package repeat
