package alert

import (
	"encoding/binary"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A grouping is what several rules group by. An event's place in it is looked for once,
// whichever of them ask.
type grouping struct {
	by    []field
	users int // the rules
	known map[string]*identity
	turn  uint64 // of which event the rest is
	key   []byte
	found *identity // nil where no rule knows it
}

// An identity is a combination of values, with what each rule knows of it.
type identity struct {
	key    string
	values []string // as people may see them
	groups []*node[group]
	used   int // how many of the groups are there
}

// groupingOf returns the grouping of a rule and the rule's place in it.
func (e *Evaluator) groupingOf(by []field) (*grouping, int) {
	i := slices.IndexFunc(e.groupings, func(g *grouping) bool {
		return slices.EqualFunc(g.by, by, func(a, b field) bool { return a.named && b.named && a.name == b.name })
	})
	if i < 0 {
		e.groupings = append(e.groupings, &grouping{by: by, known: map[string]*identity{}})
		i = len(e.groupings) - 1
	}
	g := e.groupings[i]
	g.users++
	return g, g.users - 1
}

// find looks for an event's identity, once for each turn.
func (g *grouping) find(ev cowork.Event, turn uint64, stats *Stats) {
	if g.turn == turn {
		return
	}
	g.turn, g.key = turn, g.key[:0]
	for i := range g.by {
		v := g.by[i].read(ev)
		if len(v) > maxValueBytes {
			v = clip(v, maxValueBytes)
			stats.Clipped++
		}
		g.key = append(binary.AppendUvarint(g.key, uint64(len(v))), v...)
	}
	g.found = g.known[string(g.key)]
}

// make makes an identity of the event that was looked for, if there is none.
func (g *grouping) make(ev cowork.Event) *identity {
	if g.found != nil {
		return g.found
	}
	values := make([]string, len(g.by))
	for i := range g.by {
		values[i] = g.by[i].shown(g.by[i].read(ev))
	}
	g.found = g.take(string(g.key), values)
	return g.found
}

// take returns the identity of a key, with these values if it is new.
func (g *grouping) take(key string, values []string) *identity {
	id := g.known[key]
	if id == nil {
		id = &identity{key: key, values: values, groups: make([]*node[group], g.users)}
		g.known[key] = id
	}
	return id
}

// drop forgets what a rule knows of an identity, which goes with the last of them.
func (g *grouping) drop(id *identity, slot int) {
	id.groups[slot] = nil
	if id.used--; id.used > 0 {
		return
	}
	delete(g.known, id.key)
	if g.found == id {
		g.found = nil
	}
}
