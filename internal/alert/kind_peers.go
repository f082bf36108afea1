package alert

import (
	"iter"
	"slices"
)

// peersGauge is of rules that compare a group with the median of all groups. The
// median is taken when all are looked at, not at every event.
type peersGauge struct {
	sumGauge
	groups int // how many there must be
	median float64
	sums   []float64
}

func peersParts(d *draft) []part {
	s := d.spec.RatioToPeers
	d.positive("ratio_to_peers::above", s.Above)
	d.finite("ratio_to_peers::least", s.Least)
	d.check(s.AtLeast >= 0, "ratio_to_peers::at_least", "must not be negative")
	d.check(len(d.spec.GroupBy) > 0, "group_by", "must be set: peers are the groups of a rule")
	sum := sumGauge{
		simple: simple{d.meant}, width: width(d.spec.Window), above: s.Above, least: s.Least,
		what: d.amount("ratio_to_peers", s.Amount, true),
	}
	return only(s.Above, func(limits) gauge { return &peersGauge{sumGauge: sum, groups: max(2, s.AtLeast)} })
}

func (g *peersGauge) fresh(int64) measure { return &peer{sumMeasure{gauge: &g.sumGauge}, g} }

// survey takes the median of the groups that have anything, 0 if they are too few.
func (g *peersGauge) survey(now int64, all iter.Seq[measure]) {
	g.median, g.sums = 0, g.sums[:0]
	for m := range all {
		if sum := m.(*peer).window.total(now, g.width).part; sum > 0 {
			g.sums = append(g.sums, sum)
		}
	}
	if n := len(g.sums); n >= g.groups {
		slices.Sort(g.sums)
		g.median = (g.sums[(n-1)/2] + g.sums[n/2]) / 2
	}
}

// A peer is a group among others.
type peer struct {
	sumMeasure
	all *peersGauge
}

// look returns how many times the median a group has.
func (m *peer) look(now int64, _ bool) (float64, bool) {
	if m.all.median == 0 {
		return 0, false
	}
	sum := m.window.total(now, m.all.width).part
	value := sum / m.all.median
	return value, value > m.all.above && sum >= m.all.least
}

func (g *peersGauge) save(e *encoder) { e.float(g.median) }
func (g *peersGauge) load(d *decoder) { g.median = d.float() }
