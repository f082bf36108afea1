package alert

import (
	"container/list"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// maxValueBytes is the longest value that a group is told apart by.
const maxValueBytes = 256

// A watch is a rule at work: its groups, the one used last in front.
type watch struct {
	rule   *Rule
	set    *Settings
	stats  *Stats
	width  time.Duration // of a part of the window
	by     []cowork.Dimension
	groups map[string]*list.Element
	used   *list.List
	key    []byte
	values []string
}

// A group is what a rule knows of one combination of values.
type group struct {
	key    string
	values []string
	window window
	state  state
	last   time.Time // when an event came, by the collector's clock: only Absent asks
}

func newWatch(r *Rule, set *Settings, stats *Stats) watch {
	w := watch{rule: r, set: set, stats: stats, width: r.Window / parts, groups: map[string]*list.Element{}, used: list.New()}
	for _, name := range r.GroupBy {
		w.by = append(w.by, cowork.DimensionOf(name))
	}
	return w
}

// add counts an event if the rule looks at it.
func (w *watch) add(ev cowork.Event, name string, now time.Time, out []Alert) []Alert {
	if len(w.rule.Events) > 0 && !slices.Contains(w.rule.Events, name) {
		return out
	}
	p, ok := w.weigh(ev)
	if !ok {
		return out
	}
	at := now
	if t := ev.Time(); t != 0 && t.AsTime().Before(now) {
		at = t.AsTime() // what claims to come from the future happened now
	}
	if now.Sub(at) > w.set.Lateness {
		w.stats.Late++
		return out
	}
	w.identify(ev)
	g, out := w.group(now, out)
	g.last = now
	if w.rule.windowed() && !g.window.add(p, at, w.width) {
		w.stats.Late++
		return out
	}
	return w.look(g, now, true, out)
}

// weigh returns what an event adds to the window, false if nothing.
func (w *watch) weigh(ev cowork.Event) (pair, bool) {
	meant := w.rule.Condition == nil || w.rule.Condition(ev)
	switch w.rule.Measure {
	case Ratio:
		if !w.rule.Of(ev) {
			return pair{}, false
		}
		if meant {
			return pair{1, 1}, true
		}
		return pair{0, 1}, true
	case Sum:
		f, ok := ev.Float(w.rule.Attribute)
		return pair{f, 1}, ok && meant
	default:
		return pair{1, 1}, meant
	}
}

// look asks whether the rule holds for a group, and appends what is to be told.
func (w *watch) look(g *group, now time.Time, event bool, out []Alert) []Alert {
	value, holds := 1.0, event
	switch {
	case w.rule.windowed():
		value, holds = w.measure(g.window.total(now, w.width))
	case w.rule.Measure == Absent:
		silent := now.Sub(g.last)
		value, holds = silent.Seconds(), silent >= w.rule.Window
	}
	status := g.state.step(now, holds, w.rule, w.set.RepeatInterval)
	if status == "" {
		return out
	}
	return append(out, w.alert(g, status, value, now))
}

func (w *watch) measure(sum pair) (value float64, holds bool) {
	value = sum.part
	if w.rule.Measure == Ratio {
		if sum.whole == 0 || sum.whole < w.rule.AtLeast {
			return 0, false
		}
		value = sum.part / sum.whole
	}
	return value, value > w.rule.Above
}

func (w *watch) alert(g *group, status Status, value float64, now time.Time) Alert {
	a := Alert{Rule: w.rule, Status: status, Group: g.values, Value: value, StartsAt: g.state.start}
	if status == Resolved {
		a.EndsAt = now
	}
	return a
}

// tick looks at every group, and forgets those of which nothing is left.
func (w *watch) tick(now time.Time, out []Alert) []Alert {
	if w.rule.Measure == Absent && len(w.by) == 0 && len(w.groups) == 0 {
		g, _ := w.group(now, nil)
		g.last = now
	}
	for e := w.used.Front(); e != nil; {
		next, g := e.Next(), e.Value.(*group)
		out = w.look(g, now, false, out)
		if w.idle(g, now) {
			w.used.Remove(e)
			delete(w.groups, g.key)
		}
		e = next
	}
	return out
}

// idle reports whether nothing of a group needs to be kept. One that can become
// absent is kept for as long as there is room.
func (w *watch) idle(g *group, now time.Time) bool {
	if g.state.phase != inactive || w.rule.Measure == Absent {
		return false
	}
	return !w.rule.windowed() || g.window.total(now, w.width) == pair{}
}

// group returns the group that was identified last. To make room for a new one, the one idle
// longest is forgotten, and resolved if it fired: nobody else would.
func (w *watch) group(now time.Time, out []Alert) (*group, []Alert) {
	if e, ok := w.groups[string(w.key)]; ok {
		w.used.MoveToFront(e)
		return e.Value.(*group), out
	}
	if w.used.Len() >= w.set.MaxGroups {
		old := w.used.Remove(w.used.Back()).(*group)
		delete(w.groups, old.key)
		w.stats.Evicted++
		if old.state.phase == firing {
			out = append(out, w.alert(old, Resolved, 0, now))
		}
	}
	g := &group{key: string(w.key), values: make([]string, len(w.values))}
	for i, v := range w.values {
		g.values[i] = strings.Clone(v) // the event does not outlive its batch
	}
	w.groups[g.key] = w.used.PushFront(g)
	return g, out
}

// identify sets the key and the values of an event's group.
func (w *watch) identify(ev cowork.Event) {
	w.key, w.values = w.key[:0], w.values[:0]
	for _, dimension := range w.by {
		v := dimension(ev)
		if len(v) > maxValueBytes {
			v = strings.ToValidUTF8(v[:maxValueBytes], "")
			w.stats.Clipped++
		}
		w.key = append(binary.AppendUvarint(w.key, uint64(len(v))), v...)
		w.values = append(w.values, v)
	}
}
