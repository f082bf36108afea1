package alert

import "time"

// spikeGauge is of rules that compare a window with the mean of those before it.
type spikeGauge struct {
	sumGauge
	long     int64 // the width of a part of the window and the baseline together
	window   int64
	baseline int64
}

func spikeParts(d *draft) []part {
	s := d.spec.Spike
	d.positive("spike::above", s.Above)
	d.finite("spike::least", s.Least)
	d.check(s.Baseline >= 2*d.spec.Window && s.Baseline > 0, "spike::baseline", "must be at least twice the window")
	d.check(s.Baseline <= 366*24*time.Hour, "spike::baseline", "must be a year at most")
	g := &spikeGauge{
		sumGauge: sumGauge{
			simple: simple{d.meant}, width: width(d.spec.Window), above: s.Above, least: s.Least,
			what: d.amount("spike", s.Amount, true),
		},
		long: width(s.Baseline + d.spec.Window), window: int64(d.spec.Window), baseline: int64(s.Baseline),
	}
	return only(s.Above, func(limits) gauge { return g })
}

func (g *spikeGauge) fresh(now int64) measure { return &spike{gauge: g, since: now} }

// A spike has what came within the window, and within the window and the baseline.
type spike struct {
	gauge *spikeGauge
	since int64 // when the group was seen first
	short window
	long  window
}

func (m *spike) add(in *input) bool {
	m.since = min(m.since, in.at)
	m.long.add(in.sum, in.at, m.gauge.long)
	return m.short.add(in.sum, in.at, m.gauge.width)
}

// look returns how many times the mean of the windows of the baseline the window has.
// Until the baseline is known it says nothing.
func (m *spike) look(now int64, _ bool) (float64, bool) {
	g := m.gauge
	all, sum := m.long.total(now, g.long).part, m.short.total(now, g.width).part
	m.since = min(m.since, now) // a clock can be put back
	if now-m.since < g.baseline {
		return 0, false
	}
	span := min(now-m.since, reach(now, g.long)) - reach(now, g.width)
	if all <= sum || span <= 0 {
		return 0, false
	}
	mean := (all - sum) * float64(g.window) / float64(span)
	value := sum / mean
	return value, value > g.above && sum >= g.least
}

// reach returns how far back a window of that many parts reaches.
func reach(now, width int64) int64 { return (parts-1)*width + now%width }

func (m *spike) idle(now int64) bool { return m.long.total(now, m.gauge.long) == pair{} }

func (m *spike) save(e *encoder) { e.int(m.since); m.short.save(e); m.long.save(e) }

// load takes the time for which the collector was down, to a part of the baseline, for
// not having been: nothing that came then was counted, and after it everything would be
// a spike.
func (m *spike) load(d *decoder) {
	m.since = d.time()
	m.short.load(d)
	m.long.load(d)
	down := d.down / m.gauge.long * m.gauge.long
	m.since += down
	m.short.newest += down / m.gauge.width
	m.long.newest += down / m.gauge.long
}
