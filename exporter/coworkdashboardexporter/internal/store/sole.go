package store

import "math/bits"

// isSole reports whether all cells of a blob are of one group. Most questions of the
// page are such, and adding up a column at a time takes them a third of the time.
func (f *fold) isSole() bool {
	return (f.how == "total" || f.how == "at") && f.org == 0 && f.user == 0 && f.model == 0
}

// addAll adds all cells of a block to a group.
func (f *fold) addAll(blk *block, g *group) error {
	var user uint32
	for i := 0; i < blk.n && f.needs&needsUsers != 0; i++ {
		user += uint32(blk.step.at(i))
		if user > maxID {
			return errBlock
		}
		if user != noName {
			g.users.add(user)
		}
	}
	for m := range f.family.measures {
		if c := blk.measures[m]; c.width > 0 {
			g.sums[m] = plus(g.sums[m], c.sum(blk.n))
		}
	}
	return nil
}

// sum adds the first numbers of a column up, to no more than can be told.
func (c column) sum(n int) (sum int64) {
	if c.width+bits.Len(uint(n)) > maxBits {
		for i := range n {
			sum = plus(sum, int64(c.at(i)))
		}
		return sum
	}
	for i := range n {
		sum += int64(c.at(i))
	}
	return sum
}
