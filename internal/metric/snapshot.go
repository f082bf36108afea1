package metric

import "go.opentelemetry.io/collector/pdata/pcommon"

// A Snapshot holds the sums of an [Accumulator] at a time. It is read without the
// accumulator's lock.
type Snapshot struct {
	plan       *Plan
	start, end pcommon.Timestamp
	points     []point
}

// A point is a series at the time of a snapshot.
type point struct {
	series *series
	amount
	isFirst bool // announces the series with the value 0
}

// maxIdle is the number of snapshots without a new value after which a series of
// deltas is dropped. A cumulative series is dropped only to make room for another: if it
// begins again at 0, it goes back.
const maxIdle = 20

// Take returns the sums up to now.
//
// Deltas are contiguous: all points begin at the snapshot before. The first cumulative
// point of a series has the value 0, and its sum follows with the next snapshot:
// backends such as Prometheus ignore the first value of a counter, and most counters
// of a user count only once.
func (a *Accumulator) Take(now pcommon.Timestamp) *Snapshot {
	now = max(now, a.last+1)
	s := &Snapshot{plan: a.plan, start: a.since, end: now, points: make([]point, 0, a.Len())}
	for _, one := range a.series {
		if !s.appendPoint(one) {
			a.drop(one)
		}
	}
	for _, one := range a.overflow {
		if one != nil {
			s.appendPoint(one)
		}
	}
	a.since, a.last = now, now
	return s
}

// Pending returns the deltas since the last [Accumulator.Take], which remain. A component
// stores them, so that a crash does not lose them. Cumulative sums have none.
func (a *Accumulator) Pending(now pcommon.Timestamp) *Snapshot {
	s := &Snapshot{plan: a.plan, start: a.since, end: max(now, a.last+1)}
	if !a.plan.set.Delta {
		return s
	}
	add := func(one *series) {
		if one.n > 0 {
			s.points = append(s.points, point{series: one, amount: one.clone()})
		}
	}
	for _, one := range a.series {
		add(one)
	}
	for _, one := range a.overflow {
		if one != nil {
			add(one)
		}
	}
	return s
}

// appendPoint appends the point of a series and reports whether the series is kept.
func (s *Snapshot) appendPoint(one *series) (keep bool) {
	switch {
	case !s.plan.set.Delta:
		s.appendCumulative(one)
	case one.n > 0:
		one.idle = 0
		s.points = append(s.points, point{series: one, amount: one.clone()})
		one.reset()
	default:
		one.idle++
	}
	return one.idle <= maxIdle
}

func (s *Snapshot) appendCumulative(one *series) {
	p := point{series: one, isFirst: !one.announced}
	if p.isFirst {
		p.dist = emptyBuckets(s.plan, one)
	} else {
		p.amount = one.clone()
	}
	one.announced = true
	one.settled, one.taken = one.taken, p.n
	s.points = append(s.points, p)
}

func emptyBuckets(p *Plan, one *series) buckets {
	if one.dist == nil {
		return nil
	}
	return newBuckets(p.set, one.row)
}

// Len returns how many points a snapshot has.
func (s *Snapshot) Len() int { return len(s.points) }

// Incomplete reports whether the snapshot announces series whose sums follow with the
// next one.
func (s *Snapshot) Incomplete() bool {
	for i := range s.points {
		if s.points[i].isFirst {
			return true
		}
	}
	return false
}

// PutBack returns the accumulator's last snapshot, which was not delivered. The next
// snapshot includes it.
func (a *Accumulator) PutBack(s *Snapshot) {
	for i := range s.points {
		p := &s.points[i]
		switch {
		case s.plan.set.Delta && p.series.evicted:
			a.overflowOf(p.series.row).merge(&p.amount)
		case s.plan.set.Delta:
			p.series.merge(&p.amount)
		default:
			p.series.taken = p.series.settled
			p.series.announced = p.series.announced && !p.isFirst
		}
	}
	if s.plan.set.Delta {
		a.since = s.start
	}
}
