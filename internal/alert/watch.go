package alert

import "iter"

// A watch is a part of a rule at work.
type watch struct {
	rule   *Rule
	part   *part
	set    *Settings
	stats  *Stats
	repeat int64
	late   int64
	names  []string
	shared *grouping
	slot   int // in identities of the grouping
	gauge  gauge
	groups *ring[group]
	counts [phases]int // groups that are pending, and that fire
	muted  int         // of these
	excess state       // of the alert that says so
}

func newWatch(r *Rule, p *part, e *Evaluator) *watch {
	w := &watch{
		rule: r, part: p, set: &e.settings, stats: &e.stats,
		repeat: int64(e.settings.RepeatInterval), late: int64(e.settings.Lateness),
	}
	w.shared, w.slot = e.groupingOf(r.by)
	for i := range r.by {
		w.names = append(w.names, r.by[i].name)
	}
	if p.step != "" {
		w.names = append(w.names, "step")
	}
	w.reset()
	return w
}

// reset forgets everything.
func (w *watch) reset() {
	w.gauge = w.part.gauge(limits{w.set.MaxGroups, w.late, w.stats})
	if w.groups != nil {
		for n := range w.groups.fromOldest() {
			w.remove(n)
		}
	}
	w.groups, w.counts, w.muted, w.excess = newRing[group](), [phases]int{}, 0, state{}
}

// add counts an event.
func (w *watch) add(in *input, turn uint64, out []Alert) []Alert {
	if !w.gauge.read(in) {
		return out
	}
	w.shared.find(in.ev, turn, w.stats)
	n, out := w.group(in, out)
	if !n.value.measure.add(in) {
		w.stats.Late++
		return out
	}
	return w.tellSurplus(in.now, w.look(n, in.now, in, out))
}

// look asks whether the rule holds for a group, and appends what is to be told. With an
// event, it is of the group and has just been added.
func (w *watch) look(n *node[group], now int64, in *input, out []Alert) []Alert {
	g := &n.value
	value, holds := g.measure.look(now, in != nil)
	if holds && in != nil && g.state.phase == inactive {
		g.cause = w.rule.causeOf(in.ev)
	}
	before := g.state.phase
	status := g.state.step(now, holds, w.rule, w.repeat)
	if after := g.state.phase; after != before {
		w.counts[before]--
		w.counts[after]++
	}
	if status != "" && !w.mute(g, before, status) {
		out = append(out, w.alert(g, status, value, now))
	}
	if g.state.phase == inactive {
		g.cause = nil
	}
	return out
}

// mute reports whether a group must not be told of, because too many are.
func (w *watch) mute(g *group, before phase, status Status) bool {
	room := w.counts[firing]-w.muted <= w.set.MaxActive
	switch {
	case status == Resolved:
		muted := g.muted
		w.speak(g)
		return muted
	case before != firing && !room:
		g.muted = true
		w.muted++
		w.stats.Suppressed++
	case g.muted && w.counts[firing]-w.muted < w.set.MaxActive:
		w.speak(g)
	}
	return g.muted
}

func (w *watch) speak(g *group) {
	if g.muted {
		g.muted = false
		w.muted--
	}
}

// tick looks at every group, and forgets those of which nothing is left.
func (w *watch) tick(now int64, out []Alert) []Alert {
	if w.part.begin && len(w.rule.by) == 0 && w.groups.n == 0 {
		w.insert(w.shared.take("", nil), group{measure: w.gauge.fresh(now)})
	}
	w.gauge.survey(now, w.measures())
	for n := range w.groups.fromOldest() {
		out = w.look(n, now, nil, out)
		out = w.unmute(n, now, out)
		g := &n.value
		if w.tooLong(g, now) {
			out = w.forget(n, now, out)
		} else if g.state.phase == inactive && g.measure.idle(now) {
			w.remove(n)
		}
	}
	return w.tellSurplus(now, out)
}

// unmute tells of a group that was not told of while there was no room.
func (w *watch) unmute(n *node[group], now int64, out []Alert) []Alert {
	g := &n.value
	if !g.muted || w.counts[firing]-w.muted >= w.set.MaxActive {
		return out
	}
	w.speak(g)
	g.state.told = now
	value, _ := g.measure.look(now, false)
	return append(out, w.alert(g, Firing, value, now))
}

// tooLong reports whether a group that has been absent is given up.
func (w *watch) tooLong(g *group, now int64) bool {
	return w.rule.forget > 0 && g.state.phase == firing && now-g.state.start >= w.rule.forget
}

// forget removes a group, and resolves it if it fires: nobody else would.
func (w *watch) forget(n *node[group], now int64, out []Alert) []Alert {
	g := &n.value
	w.remove(n)
	w.counts[g.state.phase]--
	told := g.state.phase == firing && !g.muted
	w.speak(g)
	if !told {
		return out
	}
	return append(out, w.alert(g, Resolved, 0, now))
}

// surplus stands for a group in the alert that tells of groups that are not told.
const surplus = "\x00surplus"

// tellSurplus tells how many groups fire that are not told of.
func (w *watch) tellSurplus(now int64, out []Alert) []Alert {
	if w.muted == 0 && w.excess.phase == inactive {
		return out
	}
	status := w.excess.step(now, w.muted > 0, &Rule{}, w.repeat)
	if status == "" {
		return out
	}
	a := w.about(status, surplus, now, w.excess.start)
	a.Value, a.Threshold = float64(w.counts[firing]), float64(w.set.MaxActive)
	a.Message = w.rule.Name + ": " + number(float64(w.muted)) + " more alerts fire than are told (max_active is " + number(a.Threshold) + ")"
	return append(out, a)
}

func (w *watch) measures() iter.Seq[measure] {
	return func(yield func(measure) bool) {
		for n := range w.groups.fromOldest() {
			if !yield(n.value.measure) {
				return
			}
		}
	}
}

// group returns the group of the event that was looked for last. To make room for a new
// one, the one idle longest is forgotten.
func (w *watch) group(in *input, out []Alert) (*node[group], []Alert) {
	if id := w.shared.found; id != nil && id.groups[w.slot] != nil {
		n := id.groups[w.slot]
		w.groups.touch(n)
		return n, out
	}
	if w.groups.n >= w.set.MaxGroups {
		w.stats.Evicted++
		out = w.forget(w.groups.oldest(), in.now, out)
	}
	return w.insert(w.shared.make(in.ev), group{measure: w.gauge.fresh(in.now)}), out
}

// insert adds a group that is not there yet.
func (w *watch) insert(id *identity, g group) *node[group] {
	g.id = id
	n := w.groups.add(g)
	id.groups[w.slot] = n
	id.used++
	return n
}

func (w *watch) remove(n *node[group]) {
	w.groups.remove(n)
	w.shared.drop(n.value.id, w.slot)
}
