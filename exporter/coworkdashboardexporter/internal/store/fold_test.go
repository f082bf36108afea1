package store

import (
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestFoldsAreSums compares folds with sums of single cells, for every partition and
// filter.
func TestFoldsAreSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := func(name string, most int64) int64 { return rapid.Int64Range(-1, most).Draw(t, name) }
		how := rapid.SampledFrom(slices.Sorted(maps.Keys(partitions))).Draw(t, "how")
		org, user, model := id("organization", 3), id("user", 2), id("model", 3)
		rank, needs := rapid.Int64Range(0, 1<<maxMeasures-1).Draw(t, "rank"), rapid.Int64Range(0, 2*needsUsers-1).Draw(t, "needs")
		limit := rapid.Int64Range(0, 5).Draw(t, "limit")
		needs |= rank
		f := &fold{measureGroup: spend}
		want := map[groupKey]*naive{}
		for at := range int64(rapid.IntRange(1, 4).Draw(t, "rows")) {
			shard := drawShard(t)
			cells := drawCells(t, spend, shard)
			n, blobs := encode(spend, cells)
			args := []driver.Value{how, rank, limit, org, user, model, "", needs, at, shard, int64(n)}
			for i, b := range blobs {
				var arg driver.Value = b
				if i >= keyColumns && needs>>(i-keyColumns)&1 == 0 {
					arg = nil
				}
				args = append(args, arg)
			}
			require.NoError(t, f.Step(nil, args))
			for k, s := range cells {
				if (org != 0 && org != int64(k.org)) || (user != 0 && user != int64(k.user)) || (model != 0 && model != int64(k.model)) {
					continue
				}
				addNaive(want, partitions[how].of(run{org: k.org, model: k.model}, k.user, at), k.user, s)
			}
		}
		require.Equal(t, rowsOf(want, partitions[how].single, rank, limit, needs), foldRows(t, f, rank != 0))
	})
}

// A naive is a group that is summed cell by cell.
type naive struct {
	key   groupKey
	sums  sums
	users map[uint32]bool
}

func addNaive(groups map[groupKey]*naive, key groupKey, user uint32, s sums) {
	g := groups[key]
	if g == nil {
		g = &naive{key: key, users: map[uint32]bool{}}
		groups[key] = g
	}
	for m := range s {
		g.sums[m] = plus(g.sums[m], s[m])
	}
	if user != noName {
		g.users[user] = true
	}
}

// rowsOf returns the expected rows of a fold.
func rowsOf(groups map[groupKey]*naive, single bool, rank, limit, needs int64) [][]int64 {
	score := func(g *naive) (n int64) {
		for m, sum := range g.sums {
			if rank>>m&1 == 1 {
				n = plus(n, sum)
			}
		}
		return n
	}
	list := slices.SortedFunc(maps.Values(groups), func(a, b *naive) int {
		return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a.key.id, b.key.id), cmp.Compare(a.key.at, b.key.at))
	})
	rows := [][]int64{}
	for _, g := range list {
		users := int64(0)
		switch {
		case single:
			users = 1
		case needs&needsUsers != 0:
			users = int64(len(g.users))
		}
		row := []int64{int64(g.key.id), g.key.at, int64(len(groups)), users}
		for m, sum := range g.sums {
			if needs>>m&1 == 0 {
				sum = 0
			}
			row = append(row, sum)
		}
		rows = append(rows, row)
	}
	if rank == 0 {
		sortRows(rows)
		return rows
	}
	if limit > 0 && len(rows) > int(limit) {
		rows = rows[:limit]
	}
	return rows
}

// foldRows returns the rows of a fold, sorted if their order is undefined.
func foldRows(t *rapid.T, f *fold, ordered bool) (rows [][]int64) {
	if !ordered {
		f.limit = 0
	}
	text, err := f.WindowValue(nil)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal([]byte(text.(string)), &rows))
	if !ordered {
		sortRows(rows)
	}
	return rows
}

func sortRows(rows [][]int64) { slices.SortFunc(rows, slices.Compare) }

// TestFoldOfSomeUsers checks a fold that is limited to a list of users.
func TestFoldOfSomeUsers(t *testing.T) {
	f := &fold{measureGroup: people}
	for at := range int64(2) {
		n, blobs := encode(people, map[cellKey]sums{{2, 5, 0}: {at + 1}, {2, 6, 0}: {7}, {3, 5, 0}: {10}})
		args := []driver.Value{"user_at", int64(1), int64(0), int64(0), int64(0), int64(0), "[5,99]", int64(1), at + 100, int64(0), int64(n)}
		for _, b := range blobs {
			args = append(args, b)
		}
		require.NoError(t, f.Step(nil, args))
	}
	text, err := f.WindowValue(nil)
	require.NoError(t, err)
	require.JSONEq(t, "[[5,101,12],[5,100,11]]", text.(string))
}

// TestFoldOfMissingColumns checks that runs and users are required, and that a missing
// measure is 0.
func TestFoldOfMissingColumns(t *testing.T) {
	n, blobs := encode(people, map[cellKey]sums{{2, 5, 0}: {1, 2, 3, 4}})
	for missing, want := range []string{"", "", "[[0,0,1,1,0,2,3,4]]", "[[0,0,1,1,1,0,3,4]]", "[[0,0,1,1,1,2,0,4]]", "[[0,0,1,1,1,2,3,0]]"} {
		f := &fold{measureGroup: people}
		args := []driver.Value{"total", int64(0), int64(0), int64(0), int64(0), int64(0), "", int64(7 | needsUsers), int64(1), int64(0), int64(n)}
		for i, b := range blobs {
			if i == missing {
				args = append(args, nil)
				continue
			}
			args = append(args, b)
		}
		err := f.Step(nil, args)
		if want == "" {
			require.ErrorIs(t, err, errBlock, "column %d", missing)
			continue
		}
		require.NoError(t, err)
		text, err := f.WindowValue(nil)
		require.NoError(t, err)
		require.Equal(t, want, text)
	}
}
