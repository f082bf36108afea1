package metric

import "go.opentelemetry.io/collector/pdata/pcommon"

// A Snapshot is what an [Accumulator] had added up at a time. It is read without the
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
	fresh bool // shown for the first time, as nothing
}

// maxIdle is for how many snapshots a series may have nothing new before it gives up
// its room, where points tell only what is new. Where they tell everything a series
// stays: if it came again from 0 it would have gone back.
const maxIdle = 20

// Take returns what was added up until now.
//
// Deltas are contiguous: all points begin at the snapshot before. Of cumulative
// points, the first of a series is nothing at all, and what it has follows with the
// next snapshot: backends such as Prometheus take no notice of what a counter begins
// with, and most counters of a user never count more than once.
func (a *Accumulator) Take(now pcommon.Timestamp) *Snapshot {
	now = max(now, a.last+1)
	s := &Snapshot{plan: a.plan, start: a.since, end: now, points: make([]point, 0, a.Len())}
	for id, one := range a.series {
		if !s.take(one) {
			delete(a.series, id)
		}
	}
	for _, one := range a.overflow {
		if one != nil {
			s.take(one)
		}
	}
	a.since, a.last = now, now
	return s
}

// take appends the point of a series and reports whether it keeps its room.
func (s *Snapshot) take(one *series) (keep bool) {
	switch {
	case !s.plan.set.Delta:
		s.takeAll(one)
	case one.n > 0:
		one.idle = 0
		s.points = append(s.points, point{series: one, amount: one.clone()})
		one.reset()
	default:
		one.idle++
	}
	return one.idle <= maxIdle
}

func (s *Snapshot) takeAll(one *series) {
	p := point{series: one, fresh: !one.shown}
	if p.fresh {
		p.dist = emptyLike(s.plan, one)
	} else {
		p.amount = one.clone()
	}
	one.shown = true
	s.points = append(s.points, p)
}

func emptyLike(p *Plan, one *series) buckets {
	if one.dist == nil {
		return nil
	}
	return p.newBuckets(one.row)
}

// Len returns how many points a snapshot has.
func (s *Snapshot) Len() int { return len(s.points) }

// Fresh reports whether there are series of which the snapshot does not tell yet what
// they have.
func (s *Snapshot) Fresh() bool {
	for i := range s.points {
		if s.points[i].fresh {
			return true
		}
	}
	return false
}

// PutBack takes back the accumulator's last snapshot, since it was not delivered. The
// next one tells what it told.
func (a *Accumulator) PutBack(s *Snapshot) {
	for i := range s.points {
		p := &s.points[i]
		if s.plan.set.Delta {
			p.series.merge(&p.amount)
		} else if p.fresh {
			p.series.shown = false
		}
	}
	if s.plan.set.Delta {
		a.since = s.start
	}
}
