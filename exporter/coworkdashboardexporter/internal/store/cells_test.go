package store

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func drawCells(t *rapid.T, f *family) map[cellKey]sums {
	cells := map[cellKey]sums{}
	number := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 1<<40), rapid.Int64Range(0, maxSum))
	for range rapid.IntRange(0, 40).Draw(t, "cells") {
		k := cellKey{
			rapid.Uint32Range(0, 9).Draw(t, "org"), rapid.Uint32Range(0, maxID).Draw(t, "user"), rapid.Uint32Range(0, 300).Draw(t, "model"),
		}
		var s sums
		for m := range f.measures {
			s[m] = number.Draw(t, "number")
		}
		cells[k] = s
	}
	return cells
}

// TestCellsAreReadAsWritten checks that a blob has what it was made of, whatever the
// numbers, and that adding it adds each cell.
func TestCellsAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range []*family{spend, people} {
			cells := drawCells(t, f)
			blk, err := reparse(f, cells)
			require.NoError(t, err)
			read := map[cellKey]sums{}
			blk.addTo(f, read)
			require.Equal(t, cells, read)
			blk.addTo(f, read)
			for k, s := range cells {
				for m := range f.measures {
					require.Equal(t, plus(s[m], s[m]), read[k][m])
				}
			}
		}
	})
}

// TestDamagedCellsAreRefused checks that no bytes make reading fail but with an error:
// what parse takes, every cell of it can be read.
func TestDamagedCellsAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, blobs := encode(spend, drawCells(t, spend))
		which := rapid.IntRange(0, len(blobs)-1).Draw(t, "column")
		b := blobs[which]
		switch rapid.IntRange(0, 3).Draw(t, "damage") {
		case 0:
			blobs[which] = b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]
			_, err := parse(spend, int64(n), blobs)
			require.ErrorIs(t, err, errBlock)
		case 1:
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= rapid.Byte().Draw(t, "bits")
		case 2:
			n += rapid.IntRange(-n-1, 1<<40).Draw(t, "more")
		default:
			blobs[which] = rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		}
		if blk, err := parse(spend, int64(n), blobs); err == nil && blk.n < 1000 {
			blk.addTo(spend, map[cellKey]sums{})
		}
	})
}

// reparse reads what cells are written as.
func reparse(f *family, cells map[cellKey]sums) (block, error) {
	n, blobs := encode(f, cells)
	return parse(f, int64(n), blobs)
}
