package alert

import (
	"iter"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// maxTerms is how many values are known of a group. What comes beyond it is taken for
// known, and counted in Stats.
const maxTerms = 10_000

// newTermGauge is of rules that hold at a value that a group has not had before. What
// is known of a group and what is alerted on differ by the value itself.
type newTermGauge struct {
	simple
	by     []field
	what   field
	learn  int64
	limits limits
	known  *lru[terms]
	terms  int // of all groups, at the last tick and since
}

// Terms are the values of a group, hashed.
type terms struct {
	since int64
	seen  map[uint64]bool
}

func newTermParts(d *draft) []part {
	s := d.spec.NewTerm
	d.check(s.Learn > 0, "new_term::learn", "must be positive, such as 24h")
	what := d.shownField("new_term::attribute", s.Attribute)
	if !isName(what.name) {
		what.name = "term"
	}
	by := slices.Clone(d.rule.by)
	if !slices.ContainsFunc(by, func(f field) bool { return f.name == what.name }) {
		d.rule.by = append(d.rule.by, what)
	}
	return only(0, func(l limits) gauge {
		return &newTermGauge{simple{d.meant}, by, what, int64(s.Learn), l, newLRU[terms](), 0}
	})
}

func (g *newTermGauge) read(in *input) bool {
	if !g.meant(in.ev) {
		return false
	}
	v := g.what.read(in.ev)
	if v == "" || cowork.IsMarker(v) {
		return false
	}
	known := g.of(in)
	term := hash(v)
	if known.seen[term] {
		return false
	}
	if len(known.seen) >= maxTerms || g.terms >= maxValues {
		g.limits.stats.Saturated++
		return false
	}
	known.seen[term] = true
	g.terms++
	return in.now-known.since >= g.learn
}

// of returns what is known of an event's group. The one idle longest makes room.
func (g *newTermGauge) of(in *input) *terms {
	key := uint64(0)
	for i := range g.by {
		key = mix(key, hash(g.by[i].read(in.ev)))
	}
	if known := g.known.get(key); known != nil {
		known.since = min(known.since, in.now) // a clock can be put back
		return known
	}
	known, full := g.known.add(key, terms{in.now, map[uint64]bool{}}, g.limits.groups)
	if full {
		g.limits.stats.Evicted++
	}
	return known
}

func (g *newTermGauge) fresh(int64) measure { return &moment{} }

// survey counts the terms anew, as groups were forgotten.
func (g *newTermGauge) survey(int64, iter.Seq[measure]) {
	g.terms = 0
	for n := range g.known.order.fromOldest() {
		g.terms += len(n.value.value.seen)
	}
}

func (g *newTermGauge) save(e *encoder) {
	e.uint(uint64(g.known.len()))
	for n := range g.known.order.fromOldest() {
		e.fixed(n.value.key)
		e.int(n.value.value.since)
		e.uint(uint64(len(n.value.value.seen)))
		for term := range n.value.value.seen {
			e.fixed(term)
		}
	}
}

func (g *newTermGauge) load(d *decoder) {
	for range d.count(g.limits.groups) {
		key := d.fixed()
		known := terms{d.time(), map[uint64]bool{}}
		for range d.count(maxTerms) {
			known.seen[d.fixed()] = true
		}
		if g.known.get(key) == nil {
			g.known.add(key, known, g.limits.groups)
		}
	}
}
