package store

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawCells draws cells of a shard.
func drawCells(t *rapid.T, f *measureGroup, shard int64) map[cellKey]sums {
	cells, first := map[cellKey]sums{}, uint32(shard<<shardBits)
	number := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 1<<40), rapid.Int64Range(0, maxSum))
	for range rapid.IntRange(0, 40).Draw(t, "cells") {
		k := cellKey{
			rapid.Uint32Range(0, 3).Draw(t, "org"), first + rapid.Uint32Range(0, 1<<shardBits-1).Draw(t, "user"), rapid.Uint32Range(0, 3).Draw(t, "model"),
		}
		var s sums
		for m := range f.measures {
			s[m] = number.Draw(t, "number")
		}
		cells[k] = s
	}
	return cells
}

// TestCellsAreReadAsWritten checks that parsing reverses encoding for all numbers, and
// that adding a block adds each cell.
func TestCellsAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range []*measureGroup{spend, people} {
			shard := drawShard(t)
			cells := drawCells(t, f, shard)
			blk, err := reparse(f, shard, cells)
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

// TestDamagedCells checks random bytes: parse fails with an error, or every
// cell can be read.
func TestDamagedCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, blobs := encode(spend, drawCells(t, spend, 0))
		which := rapid.IntRange(0, len(blobs)-1).Draw(t, "column")
		b := blobs[which]
		cut := len(b) > 0 && rapid.Bool().Draw(t, "is cut")
		switch {
		case cut:
			blobs[which] = b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]
		case len(b) > 0 && rapid.Bool().Draw(t, "is bent"):
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= rapid.Byte().Draw(t, "bits")
		case rapid.Bool().Draw(t, "is miscounted"):
			n += rapid.IntRange(-n-1, 1<<40).Draw(t, "more")
		default:
			blobs[which] = rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		}
		var blk block
		err := blk.parse(spend, 0, int64(n), blobs)
		if err == nil && n < 1000 {
			blk.addTo(spend, map[cellKey]sums{})
		}
		if cut {
			require.ErrorIs(t, err, errBlock)
		}
	})
}

func TestDamagedRunsAreRefused(t *testing.T) {
	users := encodeColumn([]uint64{1, 2})
	for name, runs := range map[string][]byte{
		"too few":        {1, 1, 1},
		"too many":       {1, 1, 3},
		"of nothing":     {1, 1, 2, 1, 2, 0},
		"cut":            {1, 1},
		"past all names": binary.AppendUvarint([]byte{1}, maxID+1),
		"past all cells": append([]byte{1, 1}, binary.AppendUvarint(nil, 1<<63)...),
	} {
		var blk block
		require.ErrorIs(t, blk.parse(people, 0, 2, [][]byte{runs, users, nil, nil, nil, nil}), errBlock, name)
	}
	var blk block
	require.NoError(t, blk.parse(people, 0, 2, [][]byte{{1, 1, 2}, users, nil, nil, nil, nil}))
	require.ErrorIs(t, blk.parse(people, maxID, 2, [][]byte{{1, 1, 2}, users, nil, nil, nil, nil}), errBlock, "a shard that no user is in")
	require.ErrorIs(t, blk.parse(people, 0, 2, [][]byte{{1, 1, 2}, encodeColumn([]uint64{1, 1 << shardBits}), nil, nil, nil, nil}), errBlock, "a user of another shard")
	require.ErrorIs(t, blk.parse(people, 0, 2, [][]byte{{1, 1, 2}, users, nil, nil, nil}), errBlock, "a measure too few")
}

func drawShard(t *rapid.T) int64 { return rapid.Int64Range(0, 3).Draw(t, "shard") }

// reparse encodes and parses cells.
func reparse(f *measureGroup, shard int64, cells map[cellKey]sums) (blk block, err error) {
	n, blobs := encode(f, cells)
	return blk, blk.parse(f, shard, int64(n), blobs)
}
