package alert

import (
	"encoding/binary"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A grouping is shared by all rules with the same group_by. The identity of an event is
// looked up once for all of them.
type grouping struct {
	index   int // among the groupings of the evaluator
	groupBy []field
	missing bool // an event without one of the values has an identity, too
	users   int  // rule states
	known   map[string]*identity
	key     []byte // buffer of identityOf
}

// An identity is a combination of values, with the group that each rule state has for it.
type identity struct {
	key    string
	values []string // as they may be shown to people
	groups []*node[group]
	used   int // number of groups
}

// A group is what a rule state holds of one combination of values.
type group struct {
	identity   *identity
	state      alertState
	suppressed bool // it fires without an alert, as too many others fire
	aggregate  aggregate
	cause      *cause
}

// isSent reports whether the alert of a group fires and was sent.
func (g *group) isSent() bool { return g.state.phase == firing && !g.suppressed }

// groupingOf returns the grouping for a group_by, and a slot in its identities.
func (e *Evaluator) groupingOf(groupBy []field, missing bool) (g *grouping, slot int) {
	i := slices.IndexFunc(e.groupings, func(g *grouping) bool {
		return g.missing == missing && slices.EqualFunc(g.groupBy, groupBy, func(a, b field) bool { return a.isName && b.isName && a.name == b.name })
	})
	if i < 0 {
		i = len(e.groupings)
		e.groupings = append(e.groupings, &grouping{index: i, groupBy: groupBy, missing: missing, known: map[string]*identity{}})
	}
	g = e.groupings[i]
	g.users++
	return g, g.users - 1
}

// noIdentity is the identity of events that lack a value of a grouping.
var noIdentity = &identity{}

// identityOf returns the identity of an event. The caller adds a group to a new one.
func (g *grouping) identityOf(ev cowork.Event, stats *Stats) *identity {
	g.key = g.key[:0]
	for i := range g.groupBy {
		v := g.groupBy[i].read(ev)
		if v == "" && !g.missing {
			return noIdentity
		}
		if len(v) > maxValueBytes {
			v = clip(v, maxValueBytes)
			stats.Clipped++
		}
		g.key = append(binary.AppendUvarint(g.key, uint64(len(v))), v...)
	}
	id := g.known[string(g.key)]
	if id == nil {
		id = &identity{key: string(g.key), values: make([]string, len(g.groupBy)), groups: make([]*node[group], g.users)}
		for i := range g.groupBy {
			id.values[i] = g.groupBy[i].display(g.groupBy[i].read(ev))
		}
		g.known[id.key] = id
	}
	return id
}

// identityOfKey returns the identity of a key. A new one has the values.
func (g *grouping) identityOfKey(key string, values []string) *identity {
	id := g.known[key]
	if id == nil {
		id = &identity{key: key, values: values, groups: make([]*node[group], g.users)}
		g.known[key] = id
	}
	return id
}

// removeGroup removes the group in a slot of an identity, and with the last one the
// identity.
func (g *grouping) removeGroup(id *identity, slot int) {
	id.groups[slot] = nil
	if id.used--; id.used == 0 {
		delete(g.known, id.key)
	}
}

// A phase is the phase of a group.
type phase uint8

const (
	inactive phase = iota
	pending
	firing
	phases
)

// An alertState is the state of a group between two evaluations. The zero value is
// inactive. Times are in nanoseconds since 1970.
type alertState struct {
	phase        phase
	pendingSince int64
	firingSince  int64
	lastHeld     int64
	lastSent     int64
}

// advance moves to a time at which the rule holds or does not. It returns the status of
// the alert that must be sent, "" for none.
func (s *alertState) advance(now int64, holds bool, r *Rule, repeat int64) Status {
	// A clock that was put back would delay repetition and resolution by as much.
	for _, t := range [...]*int64{&s.pendingSince, &s.firingSince, &s.lastHeld, &s.lastSent} {
		*t = min(*t, now)
	}
	if holds {
		s.lastHeld = now
	}
	switch {
	case s.phase == firing:
		if !holds && now-s.lastHeld >= r.keep {
			s.phase = inactive
			return Resolved
		}
		if r.once || now-s.lastSent < repeat {
			return ""
		}
		s.lastSent = now
		return Firing
	case !holds:
		s.phase = inactive
		return ""
	case s.phase == inactive:
		s.phase, s.pendingSince = pending, now
	}
	if now-s.pendingSince < r.wait {
		return ""
	}
	s.phase, s.firingSince, s.lastSent = firing, now, now
	return Firing
}

func (s *alertState) encodeTo(e *encoder) {
	e.uint(uint64(s.phase))
	for _, t := range [...]int64{s.pendingSince, s.firingSince, s.lastHeld, s.lastSent} {
		e.int(t)
	}
}

func (s *alertState) decodeFrom(d *decoder) {
	p := d.uint()
	if p >= uint64(phases) {
		d.fail()
		return
	}
	*s = alertState{phase(p), d.time(), d.time(), d.time(), d.time()}
}
