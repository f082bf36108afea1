package store

import (
	"cmp"
	"slices"
)

// groups are the groups of a fold with their sums, by index.
type groups struct {
	measureGroup *measureGroup
	keys         []groupKey
	users        []bitset
	sums         [maxMeasures][]int64

	byID  []int32 // the index of a group without a time, plus 1
	pairs map[groupKey]int32
}

type groupKey struct {
	id uint32
	at int64
}

func newGroups(f *measureGroup) groups { return groups{measureGroup: f, pairs: map[groupKey]int32{}} }

// find returns the index of a group, which it adds if it is new.
func (g *groups) find(k groupKey) int32 {
	if k.at != 0 {
		i, known := g.pairs[k]
		if !known {
			i = g.appendGroup(k)
			g.pairs[k] = i
		}
		return i
	}
	if int(k.id) >= len(g.byID) {
		g.byID = append(g.byID, make([]int32, int(k.id)+1-len(g.byID))...)
	}
	if g.byID[k.id] == 0 {
		g.byID[k.id] = g.appendGroup(k) + 1
	}
	return g.byID[k.id] - 1
}

func (g *groups) appendGroup(k groupKey) int32 {
	g.keys, g.users = append(g.keys, k), append(g.users, nil)
	for m := range g.measureGroup.measures {
		g.sums[m] = append(g.sums[m], 0)
	}
	return int32(len(g.keys) - 1)
}

// ranked returns the groups in the order of their scores, in the order of arrival if rank
// is 0. A limit of 0 means none.
func (g *groups) ranked(rank int64, limit int) []int32 {
	order := make([]int32, len(g.keys))
	for i := range order {
		order[i] = int32(i)
	}
	if rank != 0 {
		scores := make([]int64, len(g.keys))
		for i := range scores {
			scores[i] = g.score(rank, int32(i))
		}
		slices.SortFunc(order, func(a, b int32) int {
			return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(g.keys[a].id, g.keys[b].id), cmp.Compare(a, b))
		})
	}
	if limit > 0 && len(order) > limit {
		order = order[:limit]
	}
	return order
}

// score returns the sum of the measures whose bits are set in rank.
func (g *groups) score(rank int64, i int32) (score int64) {
	for m := range g.measureGroup.measures {
		if rank>>m&1 == 1 {
			score = plus(score, g.sums[m][i])
		}
	}
	return score
}
