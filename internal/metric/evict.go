package metric

// This file makes room for new series where there are too many: sessions whose user is
// new each time would otherwise fill the table for good.

// maxTried bounds the series that are tried until one makes room.
const maxTried = 16

// An updateOrder lists series by their last update.
type updateOrder struct{ oldest, newest *series }

// appendSeries appends a series that is not in the list.
func (o *updateOrder) appendSeries(s *series) {
	s.older, s.newer = o.newest, nil
	if o.newest != nil {
		o.newest.newer = s
	} else {
		o.oldest = s
	}
	o.newest = s
}

// unlinkSeries removes a series.
func (o *updateOrder) unlinkSeries(s *series) {
	if s.older != nil {
		s.older.newer = s.newer
	} else {
		o.oldest = s.newer
	}
	if s.newer != nil {
		s.newer.older = s.older
	} else {
		o.newest = s.older
	}
	s.older, s.newer = nil, nil
}

// touch makes a series the newest.
func (o *updateOrder) touch(s *series) {
	if o.newest != s {
		o.unlinkSeries(s)
		o.appendSeries(s)
	}
}

// makeRoom removes the series that was not updated for longest, and reports whether there
// was one that can go without a loss. If the series returns, it begins again at 0 with a
// new start.
func (a *Accumulator) makeRoom() bool {
	s := a.order.oldest
	for range maxTried {
		if s == nil {
			return false
		}
		if a.isSettled(s) {
			a.evict(s)
			return true
		}
		if s.n > 0 && s.taken == 0 { // nothing of it was emitted
			a.stats.Overflow[s.row.Name] += int64(s.n)
			a.overflowOf(s.row).merge(&s.amount)
			a.evict(s)
			return true
		}
		s = s.newer
	}
	return false
}

// isSettled reports whether all that a series has counted was delivered.
func (a *Accumulator) isSettled(s *series) bool {
	if a.plan.set.Delta {
		return s.n == 0 && s.idle > 0
	}
	return s.n == s.settled
}

func (a *Accumulator) evict(s *series) {
	a.stats.Evicted[s.row.Name]++
	a.drop(s)
}

// drop removes a series from the accumulator.
func (a *Accumulator) drop(s *series) {
	s.evicted = true
	a.order.unlinkSeries(s)
	delete(a.series, s.id)
}

// overflowOf returns the overflow series of a metric, which it creates if there is none.
func (a *Accumulator) overflowOf(r *row) *series {
	if a.overflow[r.index] == nil {
		a.overflow[r.index] = a.newSeries(r)
	}
	return a.overflow[r.index]
}
