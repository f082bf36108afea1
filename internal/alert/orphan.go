package alert

// Orphans are alerts that the run before told to fire, of a rule that is no longer
// there, or measures something else now. Nobody else would say that they are over.

// maxNames is more than what a rule groups by.
const maxNames = 16

// saveOrphans writes what is told to fire, so that it can be read without the rule.
func (w *watch) saveOrphans(e *encoder) {
	e.text(w.rule.Severity)
	e.uint(uint64(len(w.names)))
	e.texts(w.names)
	told := w.counts[firing] - w.muted
	if w.excess.phase == firing {
		told++
	}
	e.uint(uint64(told))
	if w.excess.phase == firing {
		e.text(fingerprint(w.rule.Name, w.part.step, surplus))
		e.texts(make([]string, len(w.names)))
		e.int(w.excess.start)
	}
	for n := range w.groups.fromOldest() {
		if g := &n.value; g.state.phase == firing && !g.muted {
			e.text(fingerprint(w.rule.Name, w.part.step, g.id.key))
			e.texts(w.values(g))
			e.int(g.state.start)
		}
	}
}

// loadOrphans reads the alerts of a rule. They are resolved as soon as the evaluator is
// told the time.
func (e *Evaluator) loadOrphans(rule string, d *decoder) {
	r := &Rule{Name: rule, Severity: d.text(maxValueBytes)}
	names := d.texts(d.count(maxNames))
	for range d.count(len(d.buf)) {
		a := Alert{
			Rule: r, Status: Resolved, Message: rule, Names: names, Fingerprint: d.text(maxValueBytes),
			Group: d.texts(len(names)), StartsAt: moment64(d.time()),
		}
		if d.bad {
			return
		}
		e.orphans = append(e.orphans, a)
	}
}

// resolveOrphans tells that they are over, once.
func (e *Evaluator) resolveOrphans(now int64, out []Alert) []Alert {
	for _, a := range e.orphans {
		a.EndsAt = moment64(now)
		out = append(out, a)
	}
	e.orphans = nil
	return out
}
