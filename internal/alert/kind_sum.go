package alert

import "time"

// sumGauge is of rules that compare what a window adds up with a threshold: counts,
// sums and ratios.
type sumGauge struct {
	simple
	width int64 // of a part of the window
	what  amount
	of    condition // of what a ratio is, nil for others
	above float64
	least float64
}

func countParts(d *draft) []part {
	d.finite("count::above", d.spec.Count.Above)
	return sumOf(d, sumGauge{what: one, above: d.spec.Count.Above})
}

func sumParts(d *draft) []part {
	s := d.spec.Sum
	d.finite("sum::above", s.Above)
	return sumOf(d, sumGauge{what: d.amount("sum", s.Amount, false), above: s.Above})
}

func ratioParts(d *draft) []part {
	s := d.spec.Ratio
	d.check(s.Above >= 0 && s.Above < 1, "ratio::above", "must be a share, from 0 to below 1")
	d.finite("ratio::at_least", s.AtLeast)
	g := sumGauge{what: one, above: s.Above, least: max(1, s.AtLeast)}
	if s.Of == "" {
		d.fail("ratio::of", "must be a condition that says what the ratio is of ('true' for all events)")
	} else {
		g.of = d.condition("ratio::of", s.Of)
	}
	return sumOf(d, g)
}

func sumOf(d *draft, g sumGauge) []part {
	g.simple, g.width = simple{d.meant}, width(d.spec.Window)
	return only(g.above, func(limits) gauge { return &g })
}

// width returns how wide a part of a window is.
func width(w time.Duration) int64 { return max(1, int64(w)/parts) }

func (g *sumGauge) read(in *input) bool {
	if g.of != nil && !g.of(in.ev) {
		return false
	}
	in.sum = pair{0, 1}
	if !g.meant(in.ev) {
		return g.of != nil
	}
	f, ok := g.what(in.ev)
	in.sum.part = f
	return ok
}

func (g *sumGauge) fresh(int64) measure { return &sumMeasure{gauge: g} }

type sumMeasure struct {
	gauge  *sumGauge
	window window
}

func (m *sumMeasure) add(in *input) bool { return m.window.add(in.sum, in.at, m.gauge.width) }

func (m *sumMeasure) look(now int64, _ bool) (float64, bool) {
	sum := m.window.total(now, m.gauge.width)
	value := sum.part
	if m.gauge.of != nil {
		if sum.whole < m.gauge.least {
			return 0, false
		}
		value /= sum.whole
	}
	return value, value > m.gauge.above
}

func (m *sumMeasure) idle(now int64) bool { return m.window.total(now, m.gauge.width) == pair{} }
func (m *sumMeasure) save(e *encoder)     { m.window.save(e) }
func (m *sumMeasure) load(d *decoder)     { m.window.load(d) }
