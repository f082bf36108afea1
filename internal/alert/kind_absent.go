package alert

// absentGauge is of rules that hold for a group that was seen and of which nothing has
// come for a while. Without groups, the first look counts as one.
type absentGauge struct {
	simple
	silence int64
}

func absentParts(d *draft) []part {
	d.rule.forget = int64(d.spec.ResolveAfter)
	g := &absentGauge{simple{d.meant}, int64(d.spec.Absent)}
	return []part{{threshold: d.spec.Absent.Seconds(), begin: true, gauge: func(limits) gauge { return g }}}
}

func (g *absentGauge) fresh(now int64) measure { return &absence{gauge: g, last: now} }

// An absence is how long nothing has come, by the collector's clock: a client's can be
// wrong, and a batch that is late is not silence.
type absence struct {
	gauge *absentGauge
	last  int64
}

func (m *absence) add(in *input) bool { m.last = in.now; return true }

// look returns the seconds of silence.
func (m *absence) look(now int64, _ bool) (float64, bool) {
	m.last = min(m.last, now) // a clock can be put back
	silent := now - m.last
	return float64(silent) / 1e9, silent >= m.gauge.silence
}

// idle is false: a group that can become absent is kept for as long as there is room.
func (m *absence) idle(int64) bool { return false }
func (m *absence) save(e *encoder) { e.int(m.last) }

// load begins the silence anew where it was not yet too long: while the collector was
// down, nobody was there to hear. A group that fires goes on.
func (m *absence) load(d *decoder) {
	if last := d.time(); d.firing {
		m.last = last
	} else {
		m.last = d.now
	}
}
