package alert

import (
	"iter"
	"strconv"
)

// distinctKind compares the number of different values within the window with a threshold.
var distinctKind = Kind{
	Key:     "distinct",
	Example: "{attribute: user, above: 3}",
	Fires:   "more than `above` different values come within `window`",
	Keys: []Key{
		{Name: "attribute", Value: typeAttribute, Doc: "the values that are counted"},
		thresholdKey("the number of different values, below 4096"),
	},
	window:  true,
	compile: compileDistinct,
}

// DistinctSpec holds while an attribute had more different values than Above within
// the window.
type DistinctSpec struct {
	Attribute string  `mapstructure:"attribute" yaml:"attribute"`
	Above     float64 `mapstructure:"above" yaml:"above"`
}

// maxDistinct bounds the values of a group within a window. Values beyond it are counted
// in Stats only, and a threshold must be below it.
const maxDistinct = 4096

// maxValues bounds the values of all groups of a rule. A value takes some tens of bytes.
const maxValues = 1_000_000

func compileDistinct(c *ruleCompiler) []variant {
	s := c.spec.Distinct
	c.checkNotNegative("distinct::above", s.Above)
	c.check(s.Above < maxDistinct, "distinct::above", "must be below "+strconv.Itoa(maxDistinct))
	value, width := c.textReader("distinct::attribute", s.Attribute), bucketWidth(c.spec.Window)
	return oneVariant(s.Above, func(l limits) aggregator {
		return &distinctAggregator{filter{c.condition}, value, width, s.Above, l, 0}
	})
}

type distinctAggregator struct {
	filter
	value  field
	width  int64
	above  float64
	limits limits
	values int // of all groups, at the last tick and since
}

func (g *distinctAggregator) contribution(a arrival) (contribution, bool) {
	if !g.matches(a.ev) {
		return contribution{}, false
	}
	v := g.value.read(a.ev)
	return contribution{term: hash(v)}, v != ""
}

// beforeTick counts the values again, as some have left their windows.
func (g *distinctAggregator) beforeTick(now int64, all iter.Seq[aggregate]) {
	g.values = 0
	for m := range all {
		m.(*distinct).advanceTo(now)
		g.values += len(m.(*distinct).last)
	}
}

func (g *distinctAggregator) newAggregate(int64) aggregate {
	return &distinct{aggregator: g, last: map[uint64]int64{}}
}

// A distinct has the number of the bucket in which each value came last.
type distinct struct {
	aggregator *distinctAggregator
	newest     int64
	last       map[uint64]int64
}

func (m *distinct) addEvent(c contribution, at, _ int64) bool {
	n := at / m.aggregator.width
	if m.newest-n >= buckets {
		return false
	}
	m.removeOld(n)
	last, known := m.last[c.term]
	if !known && (len(m.last) >= maxDistinct || m.aggregator.values >= maxValues) {
		m.aggregator.limits.stats.Saturated++
		return true
	}
	if !known {
		m.aggregator.values++
	}
	m.last[c.term] = max(last, n)
	return true
}

// removeOld removes the values that have left the window that ends with bucket n.
func (m *distinct) removeOld(n int64) {
	if n <= m.newest {
		return
	}
	m.newest = n
	for term, last := range m.last {
		if n-last >= buckets {
			delete(m.last, term)
		}
	}
}

func (m *distinct) evaluate(now int64, _ bool) (float64, bool) {
	m.advanceTo(now)
	n := float64(len(m.last))
	return n, n > m.aggregator.above
}

// advanceTo moves to the window that ends now. As with a [window], one of the future is
// cleared.
func (m *distinct) advanceTo(now int64) {
	n := now / m.aggregator.width
	if m.newest-n >= buckets {
		m.newest = n
		clear(m.last)
	}
	m.removeOld(n)
}

func (m *distinct) isIdle(now int64) bool { m.advanceTo(now); return len(m.last) == 0 }

func (m *distinct) encode(e *encoder) {
	e.int(m.newest)
	e.uint(uint64(len(m.last)))
	for term, last := range m.last {
		e.fixed(term)
		e.uint(uint64(m.newest - last))
	}
}

func (m *distinct) decode(d *decoder) {
	m.newest = d.time()
	for range d.length(maxDistinct) {
		term := d.fixed()
		m.last[term] = m.newest - int64(d.uint()%buckets)
	}
}
