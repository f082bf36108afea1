package alert

import (
	"iter"
	"strconv"
)

// maxDistinct is how many values of a group are told apart within a window. What comes
// beyond it is counted in Stats, and no threshold is as high.
const maxDistinct = 4096

// maxValues is how many values all groups of a rule have together, of a few ten bytes each.
const maxValues = 1_000_000

// distinctGauge is of rules that compare how many different values there were.
type distinctGauge struct {
	simple
	what   field
	width  int64
	above  float64
	limits limits
	values int // of all groups, at the last tick and since
}

func distinctParts(d *draft) []part {
	s := d.spec.Distinct
	d.finite("distinct::above", s.Above)
	d.check(s.Above < maxDistinct, "distinct::above", "must be below "+strconv.Itoa(maxDistinct))
	what, w := d.field("distinct::attribute", s.Attribute), width(d.spec.Window)
	return only(s.Above, func(l limits) gauge {
		return &distinctGauge{simple{d.meant}, what, w, s.Above, l, 0}
	})
}

func (g *distinctGauge) read(in *input) bool {
	if !g.meant(in.ev) {
		return false
	}
	v := g.what.read(in.ev)
	in.term = hash(v)
	return v != ""
}

// survey counts the values anew, as some have left their windows.
func (g *distinctGauge) survey(now int64, all iter.Seq[measure]) {
	g.values = 0
	for m := range all {
		m.(*distinct).turn(now)
		g.values += len(m.(*distinct).last)
	}
}

func (g *distinctGauge) fresh(int64) measure { return &distinct{gauge: g, last: map[uint64]int64{}} }

// A distinct has the part of the window in which each value came last.
type distinct struct {
	gauge  *distinctGauge
	newest int64
	last   map[uint64]int64
}

func (m *distinct) add(in *input) bool {
	n := in.at / m.gauge.width
	if m.newest-n >= parts {
		return false
	}
	m.advance(n)
	last, known := m.last[in.term]
	if !known && (len(m.last) >= maxDistinct || m.gauge.values >= maxValues) {
		m.gauge.limits.stats.Saturated++
		return true
	}
	if !known {
		m.gauge.values++
	}
	m.last[in.term] = max(last, n)
	return true
}

// advance forgets the values that have left the window that ends with part n.
func (m *distinct) advance(n int64) {
	if n <= m.newest {
		return
	}
	m.newest = n
	for term, last := range m.last {
		if n-last >= parts {
			delete(m.last, term)
		}
	}
}

func (m *distinct) look(now int64, _ bool) (float64, bool) {
	m.turn(now)
	n := float64(len(m.last))
	return n, n > m.gauge.above
}

// turn goes to the window that ends now. As with a [window], one of the future is forgotten.
func (m *distinct) turn(now int64) {
	n := now / m.gauge.width
	if m.newest-n >= parts {
		m.newest = n
		clear(m.last)
	}
	m.advance(n)
}

func (m *distinct) idle(now int64) bool { m.turn(now); return len(m.last) == 0 }

func (m *distinct) save(e *encoder) {
	e.int(m.newest)
	e.uint(uint64(len(m.last)))
	for term, last := range m.last {
		e.fixed(term)
		e.uint(uint64(m.newest - last))
	}
}

func (m *distinct) load(d *decoder) {
	m.newest = d.time()
	for range d.count(maxDistinct) {
		term := d.fixed()
		m.last[term] = m.newest - int64(d.uint()%parts)
	}
}
