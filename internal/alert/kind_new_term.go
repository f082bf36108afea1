package alert

import (
	"iter"
	"slices"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// newTermKind fires at a value that a group has not had before.
var newTermKind = Kind{
	Key:     "new_term",
	Example: "{attribute: tool, learn: 24h}",
	Fires:   "a value comes that the group has not had before, once the group is as old as `learn`",
	Keys: []Key{
		{Name: "attribute", Value: typeAttribute, Doc: "the value; it is part of the alert's group"},
		{Name: "learn", Value: typeDuration, Doc: "the time from a group's first event during which new values do not fire"},
	},
	moment:  true,
	compile: compileNewTerm,
}

// NewTermSpec holds at a value that a group has not had before, once the group is as old
// as Learn. The value is part of the alert's group.
type NewTermSpec struct {
	Attribute string        `mapstructure:"attribute" yaml:"attribute"`
	Learn     time.Duration `mapstructure:"learn" yaml:"learn"`
}

// maxTerms bounds the values of a group. Values beyond it do not fire and are counted in
// Stats.
const maxTerms = 10_000

func compileNewTerm(c *ruleCompiler) []variant {
	s := c.spec.NewTerm
	c.check(s.Learn > 0, "new_term::learn", "must be positive, such as 24h")
	value := c.shownReader("new_term::attribute", s.Attribute)
	if !isName(value.name) {
		value.name = "term"
	}
	groupBy := slices.Clone(c.rule.groupBy)
	if !slices.ContainsFunc(groupBy, func(f field) bool { return f.name == value.name }) {
		c.rule.groupBy = append(c.rule.groupBy, value)
	}
	return oneVariant(0, func(l limits) aggregator {
		return &newTermAggregator{filter{c.condition}, groupBy, value, int64(s.Learn), l, newLRU[terms](), 0}
	})
}

// A newTermAggregator has the terms of each group of group_by. The groups of the rule
// itself have the value as one more part.
type newTermAggregator struct {
	filter
	groupBy []field
	value   field
	learn   int64
	limits  limits
	known   *lru[terms]
	terms   int // of all groups, at the last tick and since
}

// Terms are the hashed values of a group.
type terms struct {
	since int64 // time of the group's first event
	seen  map[uint64]bool
}

func (g *newTermAggregator) contribution(a arrival) (contribution, bool) {
	if !g.matches(a.ev) {
		return contribution{}, false
	}
	v := g.value.read(a.ev)
	return contribution{}, v != "" && !cowork.IsMarker(v) && g.isNew(a, v)
}

// isNew records a value of an event's group. It reports whether the value is new and the
// group old enough.
func (g *newTermAggregator) isNew(a arrival, value string) bool {
	known, term := g.termsOf(a), hash(value)
	if known.seen[term] {
		return false
	}
	if len(known.seen) >= maxTerms || g.terms >= maxValues {
		g.limits.stats.Saturated++
		return false
	}
	known.seen[term] = true
	g.terms++
	return a.now-known.since >= g.learn
}

// termsOf returns the terms of an event's group. A new group evicts the one that has been
// idle longest if there are too many.
func (g *newTermAggregator) termsOf(a arrival) *terms {
	key := uint64(0)
	for i := range g.groupBy {
		key = combineHashes(key, hash(g.groupBy[i].read(a.ev)))
	}
	if known := g.known.get(key); known != nil {
		known.since = min(known.since, a.now) // the clock can be put back
		return known
	}
	known, evicted := g.known.insert(key, terms{a.now, map[uint64]bool{}}, g.limits.groups)
	if evicted {
		g.limits.stats.Evicted++
	}
	return known
}

func (g *newTermAggregator) newAggregate(int64) aggregate { return &eventCount{} }

// beforeTick counts the terms again, as groups were evicted.
func (g *newTermAggregator) beforeTick(int64, iter.Seq[aggregate]) {
	g.terms = 0
	for n := range g.known.order.fromOldest() {
		g.terms += len(n.value.value.seen)
	}
}

func (g *newTermAggregator) encode(e *encoder) {
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

func (g *newTermAggregator) decode(d *decoder) {
	for range d.length(g.limits.groups) {
		key := d.fixed()
		known := terms{d.time(), map[uint64]bool{}}
		for range d.length(maxTerms) {
			known.seen[d.fixed()] = true
		}
		if g.known.get(key) == nil {
			g.known.insert(key, known, g.limits.groups)
		}
	}
}
