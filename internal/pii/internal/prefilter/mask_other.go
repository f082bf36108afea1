//go:build !amd64

package prefilter

// hasVectors reports that there is only the portable way.
func hasVectors() bool { return false }

func fillVectors(*Block, *byte, int, *nibbles) { panic("mask: there are no vectors here") }
