package prefilter

import "golang.org/x/sys/cpu"

// hasVectors reports whether the processor has AVX2.
func hasVectors() bool { return cpu.X86.HasAVX2 }

// fillVectors fills n blocks from the 64 n bytes at text.
//
//go:noescape
func fillVectors(blocks *Block, text *byte, n int, t *nibbles)
