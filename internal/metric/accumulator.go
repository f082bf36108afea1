package metric

import (
	"unique"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// An Accumulator adds up what readers note.
//
// It never reads the clock and is not safe for concurrent use: its owner has a lock,
// and tells it the time.
type Accumulator struct {
	plan     *Plan
	series   map[digest]*series
	overflow []*series // by row; nil before it is needed
	came     memory
	stats    Stats
	since    pcommon.Timestamp // up to when deltas were taken
	last     pcommon.Timestamp // the latest time it was told
}

// NewAccumulator returns an accumulator that begins at a time.
func (p *Plan) NewAccumulator(now pcommon.Timestamp) *Accumulator {
	return &Accumulator{
		plan:     p,
		series:   map[digest]*series{},
		overflow: make([]*series, len(p.rows)),
		stats:    newStats(),
		since:    now,
		last:     now,
	}
}

// Add adds what a reader of the same plan has noted.
func (a *Accumulator) Add(r *Reader, now pcommon.Timestamp) {
	a.last = max(a.last, now)
	begin := 0
	for i := range r.events {
		e := &r.events[i]
		end := e.end
		if e.id != 0 && a.cameBefore(e) {
			end = e.every
		}
		for j := begin; j < end; j++ {
			a.observe(&r.seen[j], r.who[e.who:])
		}
		begin = e.end
	}
	a.stats.add(&r.stats)
}

func (a *Accumulator) cameBefore(e *reading) bool {
	known, forgotten := a.came.add(e.id)
	a.stats.Forgotten += int64(forgotten)
	if known {
		a.stats.Duplicates[e.ask.kind]++
	}
	return known
}

func (a *Accumulator) observe(o *observation, who []string) {
	s := a.series[o.series]
	if s == nil {
		s = a.admit(o, who)
	}
	s.add(o.value, o.row.per)
}

// admit returns a new series, or that which takes what finds no room.
func (a *Accumulator) admit(o *observation, who []string) *series {
	if len(a.series) < a.plan.set.MaxSeries {
		s := a.newSeries(o.row)
		s.values = o.row.values(o, who)
		a.series[o.series] = s
		return s
	}
	a.stats.Overflow[o.row.Name]++
	i := o.row.index
	if a.overflow[i] == nil {
		a.overflow[i] = a.newSeries(o.row)
	}
	return a.overflow[i]
}

func (a *Accumulator) newSeries(r *row) *series {
	s := &series{row: r, start: a.last}
	if r.Type == Histogram {
		s.dist = a.plan.newBuckets(r)
	}
	return s
}

// values returns what the attributes of a series are. All series that have one share
// its text.
func (r *row) values(o *observation, who []string) []unique.Handle[string] {
	values := make([]unique.Handle[string], 0, len(r.dims)+len(r.Labels))
	for _, i := range r.dims {
		values = append(values, unique.Make(who[i]))
	}
	for i := range r.Labels {
		values = append(values, unique.Make(o.labels[i]))
	}
	return values
}

// Len returns how many series there are.
func (a *Accumulator) Len() int {
	n := len(a.series)
	for _, s := range a.overflow {
		if s != nil {
			n++
		}
	}
	return n
}

// Stats returns what was counted since it was last called.
func (a *Accumulator) Stats() Stats {
	stats := a.stats
	a.stats = newStats()
	return stats
}
