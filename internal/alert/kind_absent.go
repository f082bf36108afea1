package alert

// absentKind fires for a group that was seen and from which no event has come since.
var absentKind = Kind{
	Key:              "absent",
	Example:          "30m",
	Fires:            "no event has come for this long from a group that was seen; without `group_by`, from the start on",
	eventless:        true,
	byArrival:        true,
	usesResolveAfter: true,
	compile:          compileAbsent,
}

func compileAbsent(c *ruleCompiler) []variant {
	c.check(c.spec.Absent > 0, "absent", "must be positive, such as 30m")
	c.rule.forget = int64(c.spec.ResolveAfter)
	g := &absentAggregator{filter{c.condition}, int64(c.spec.Absent)}
	return []variant{{threshold: c.spec.Absent.Seconds(), fromStart: true, newAggregator: func(limits) aggregator { return g }}}
}

type absentAggregator struct {
	filter
	silence int64
}

func (g *absentAggregator) newAggregate(now int64) aggregate {
	return &absence{aggregator: g, last: now}
}

// An absence has the time of a group's last event by the clock of the collector. The
// clock of a client can be wrong, and a batch that is late is no silence.
type absence struct {
	aggregator *absentAggregator
	last       int64
}

func (m *absence) addEvent(_ contribution, _, now int64) bool { m.last = now; return true }

// evaluate returns the seconds of silence.
func (m *absence) evaluate(now int64, _ bool) (float64, bool) {
	m.last = min(m.last, now) // the clock can be put back
	silent := now - m.last
	return float64(silent) / 1e9, silent >= m.aggregator.silence
}

// isIdle returns false: a group that can become absent is kept within the bound.
func (m *absence) isIdle(int64) bool { return false }
func (m *absence) encode(e *encoder) { e.int(m.last) }

// decode restarts the silence of a group that does not fire: events that came while the
// collector was down were not counted.
func (m *absence) decode(d *decoder) {
	if last := d.time(); d.firing {
		m.last = last
	} else {
		m.last = d.now
	}
}
