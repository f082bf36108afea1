// Package text reads bytes of text: their classes, runs of them, words regardless of
// case, the shape of a value, and checksums. A [View] is a text with its key.
//
// No function allocates, and each reads a bounded number of bytes unless it states
// otherwise. Offsets are byte offsets; a function that takes one accepts any from 0 to
// the length of the text.
package text
