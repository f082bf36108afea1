package metric

import (
	"unique"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/digest"
)

// maxKnownSlots bounds a generation of the identities: 98,304 of them, in 1 MiB.
const maxKnownSlots = 1 << 17

// An Accumulator adds up what readers recorded.
//
// It never reads the clock and is not safe for concurrent use: its owner holds a lock
// and passes the time.
type Accumulator struct {
	plan     *Plan
	series   map[digest.Digest]*series
	order    updateOrder
	overflow []*series  // by row; nil while unused
	known    digest.Set // identities of what was counted
	stats    Stats
	since    pcommon.Timestamp // the end of the last deltas
	last     pcommon.Timestamp // the latest time that was passed
}

// NewAccumulator returns an accumulator that begins at a time.
func (p *Plan) NewAccumulator(now pcommon.Timestamp) *Accumulator {
	return &Accumulator{
		plan:     p,
		series:   map[digest.Digest]*series{},
		overflow: make([]*series, len(p.rows)),
		stats:    newStats(),
		since:    now,
		last:     now,
	}
}

// Add adds what a reader of the same plan recorded.
func (a *Accumulator) Add(r *Reader, now pcommon.Timestamp) {
	a.last = max(a.last, now)
	begin := 0
	for i := range r.events {
		e := &r.events[i]
		end := e.end
		if e.id != 0 && a.isDuplicate(e) {
			end = e.every
		}
		for j := begin; j < end; j++ {
			o := &r.observations[j]
			a.seriesOf(o, r.who[e.who:]).observe(o.value, o.row.per)
		}
		begin = e.end
	}
	a.stats.merge(&r.stats)
}

func (a *Accumulator) isDuplicate(e *eventReading) bool {
	if a.known.Contains(e.id) {
		a.stats.Duplicates[e.plan.kind]++
		return true
	}
	a.stats.Forgotten += int64(a.known.Insert(e.id, maxKnownSlots))
	return false
}

// seriesOf returns the series of an observation, which it creates if there is none. If
// there are too many series, the one that was not updated for longest makes room, else
// the result is the metric's overflow series.
func (a *Accumulator) seriesOf(o *observation, who []string) *series {
	if s := a.series[o.series]; s != nil {
		a.order.touch(s)
		return s
	}
	if len(a.series) < a.plan.set.MaxSeries || a.makeRoom() {
		s := a.newSeries(o.row)
		s.values, s.id = o.row.values(o, who), o.series
		a.series[o.series] = s
		a.order.appendSeries(s)
		return s
	}
	a.stats.Overflow[o.row.Name]++
	return a.overflowOf(o.row)
}

func (a *Accumulator) newSeries(r *row) *series {
	s := &series{row: r, start: a.last}
	if r.Type == Histogram {
		s.dist = newBuckets(a.plan.set, r)
	}
	return s
}

// values returns the attributes of a series. All series with the same value share its
// text.
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

// Stats returns what was counted since the last call.
func (a *Accumulator) Stats() Stats {
	stats := a.stats
	a.stats = newStats()
	return stats
}
