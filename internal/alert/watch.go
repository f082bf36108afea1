package alert

import (
	"encoding/binary"
	"iter"
)

// A watch is a part of a rule at work.
type watch struct {
	rule   *Rule
	part   *part
	set    *Settings
	stats  *Stats
	repeat int64
	late   int64
	names  []string
	fields []int // where the evaluator keeps the values that the rule groups by
	gauge  gauge
	groups *lru[string, group]
	counts [phases]int // groups that are pending, and that fire
	muted  int         // of these
	excess state       // of the alert that says so
	key    []byte
}

func newWatch(r *Rule, p *part, e *Evaluator) *watch {
	w := &watch{
		rule: r, part: p, set: &e.settings, stats: &e.stats, groups: newLRU[string, group](),
		repeat: int64(e.settings.RepeatInterval), late: int64(e.settings.Lateness),
	}
	for i := range r.by {
		w.names = append(w.names, r.by[i].name)
		w.fields = append(w.fields, e.values.field(&r.by[i]))
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
	w.groups, w.counts, w.muted, w.excess = newLRU[string, group](), [phases]int{}, 0, state{}
}

// add counts an event.
func (w *watch) add(in *input, values *values, out []Alert) []Alert {
	if !w.gauge.read(in) {
		return out
	}
	w.identify(in, values)
	n, out := w.group(in, values, out)
	if !n.value.measure.add(in) {
		w.stats.Late++
		return out
	}
	return w.surplus(in.now, w.look(n, in.now, in, out))
}

// look asks whether the rule holds for a group, and appends what is to be told. With an
// event, it is of the group and has just been added.
func (w *watch) look(n *node[string, group], now int64, in *input, out []Alert) []Alert {
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
		out = append(out, w.alert(n.key, g, status, value, now))
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
	if w.part.begin && len(w.fields) == 0 && w.groups.len() == 0 {
		w.groups.add("", group{measure: w.gauge.fresh(now)})
	}
	w.gauge.survey(now, w.measures())
	for n := range w.groups.fromOldest() {
		out = w.look(n, now, nil, out)
		out = w.unmute(n, now, out)
		g := &n.value
		if w.tooLong(g, now) {
			out = w.forget(n, now, out)
		} else if g.state.phase == inactive && g.measure.idle(now) {
			w.groups.remove(n)
		}
	}
	return w.surplus(now, out)
}

// unmute tells of a group that was not told of while there was no room.
func (w *watch) unmute(n *node[string, group], now int64, out []Alert) []Alert {
	g := &n.value
	if !g.muted || w.counts[firing]-w.muted >= w.set.MaxActive {
		return out
	}
	w.speak(g)
	g.state.told = now
	value, _ := g.measure.look(now, false)
	return append(out, w.alert(n.key, g, Firing, value, now))
}

// tooLong reports whether a group that has been absent is given up.
func (w *watch) tooLong(g *group, now int64) bool {
	return w.rule.forget > 0 && g.state.phase == firing && now-g.state.start >= w.rule.forget
}

// forget removes a group, and resolves it if it fires: nobody else would.
func (w *watch) forget(n *node[string, group], now int64, out []Alert) []Alert {
	g := &n.value
	w.groups.remove(n)
	w.counts[g.state.phase]--
	told := g.state.phase == firing && !g.muted
	w.speak(g)
	if !told {
		return out
	}
	return append(out, w.alert(n.key, g, Resolved, 0, now))
}

// surplus tells how many groups fire that are not told of.
func (w *watch) surplus(now int64, out []Alert) []Alert {
	if w.muted == 0 && w.excess.phase == inactive {
		return out
	}
	status := w.excess.step(now, w.muted > 0, &Rule{}, w.repeat)
	if status == "" {
		return out
	}
	a := w.about(status, "\x00surplus", now, w.excess.start)
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

// group returns the group that was identified last. To make room for a new one, the one
// idle longest is forgotten.
func (w *watch) group(in *input, values *values, out []Alert) (*node[string, group], []Alert) {
	if n := w.groups.nodes[string(w.key)]; n != nil {
		w.groups.touch(n)
		return n, out
	}
	if w.groups.len() >= w.set.MaxGroups {
		w.stats.Evicted++
		out = w.forget(w.groups.oldest(), in.now, out)
	}
	g := group{measure: w.gauge.fresh(in.now), values: make([]string, 0, len(w.names))}
	for i, field := range w.fields {
		g.values = append(g.values, w.rule.by[i].shown(values.get(field, in.ev)))
	}
	if w.part.step != "" {
		g.values = append(g.values, w.part.step)
	}
	return w.groups.add(string(w.key), g), out
}

// identify sets the key of an event's group.
func (w *watch) identify(in *input, values *values) {
	w.key = w.key[:0]
	for _, field := range w.fields {
		v := values.get(field, in.ev)
		if len(v) > maxValueBytes {
			v = clip(v, maxValueBytes)
			w.stats.Clipped++
		}
		w.key = append(binary.AppendUvarint(w.key, uint64(len(v))), v...)
	}
}
