package alert

import (
	"fmt"
	"iter"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// sequenceKind fires when events that have a value in common match conditions in order.
var sequenceKind = Kind{
	Key:     "sequence",
	Example: "{by: prompt.id, steps: ['attributes[\"tool_name\"] == \"Read\"', 'attributes[\"tool_name\"] == \"WebFetch\"']}",
	Fires:   "events match all `steps` in the order of their own time, within `window`",
	Keys: []Key{
		{Name: "by", Value: typeAttribute, Doc: "the value that the events have in common, such as `prompt.id` or `session.id`"},
		{Name: "steps", Value: typeCondition, Doc: "a list of 2 to 8 conditions"},
	},
	window:  true,
	moment:  true,
	compile: compileSequence,
}

// SequenceSpec holds when events of one By match the Steps one after the other, by their
// own time and within the window.
type SequenceSpec struct {
	By    string   `mapstructure:"by" yaml:"by"`
	Steps []string `mapstructure:"steps" yaml:"steps"`
}

const (
	// maxSteps bounds the steps of a sequence.
	maxSteps = 8
	// maxMatches bounds the events of a step that are kept of one progress. The latest
	// are kept.
	maxMatches = 8
)

func compileSequence(c *ruleCompiler) []variant {
	s := c.spec.Sequence
	c.check(len(s.Steps) >= 2 && len(s.Steps) <= maxSteps, "sequence::steps", fmt.Sprintf("must be from 2 to %d conditions", maxSteps))
	by := c.textReader("sequence::by", s.By)
	steps := make([]condition, len(s.Steps))
	for i, text := range s.Steps {
		steps[i] = c.compileCondition(fmt.Sprintf("sequence::steps::%d", i), text)
	}
	return oneVariant(0, func(l limits) aggregator {
		return &sequenceAggregator{filter{c.condition}, by, steps, int64(c.spec.Window), l, newLRU[progress]()}
	})
}

// A sequenceAggregator keeps the matching events of each prompt, session or tool call. An
// event can come late, so the events of all steps are kept with their times.
type sequenceAggregator struct {
	filter
	by     field
	steps  []condition
	window int64
	limits limits
	known  *lru[progress]
}

// A progress has the events of one prompt that match the steps.
type progress struct {
	count uint64 // of matching events
	last  int64  // time of the last arrival
	steps [][]match
}

// A match is an event that matches a step.
type match struct {
	at int64
	id uint64
}

func (g *sequenceAggregator) contribution(a arrival) (contribution, bool) {
	if !g.matches(a.ev) {
		return contribution{}, false
	}
	var p *progress
	for i, step := range g.steps {
		if !step.matches(a.ev) {
			continue
		}
		if p == nil {
			if p = g.progressOf(a.ev); p == nil {
				return contribution{}, false
			}
			p.count, p.last = p.count+1, a.now
		}
		p.addMatch(i, match{a.at, p.count})
	}
	if p == nil || !p.isComplete(g.window) {
		return contribution{}, false
	}
	clear(p.steps) // so that the same events do not complete it again
	return contribution{}, true
}

// progressOf returns the progress of an event's prompt or session, nil if it has none.
func (g *sequenceAggregator) progressOf(ev cowork.Event) *progress {
	v := g.by.read(ev)
	if v == "" || cowork.IsMarker(v) {
		return nil
	}
	key := hash(v)
	if p := g.known.get(key); p != nil {
		return p
	}
	p, evicted := g.known.insert(key, progress{steps: make([][]match, len(g.steps))}, g.limits.groups)
	if evicted {
		g.limits.stats.Evicted++
	}
	return p
}

// addMatch adds a match of a step, in the order of the times.
func (p *progress) addMatch(step int, m match) {
	ms := p.steps[step]
	i, _ := slices.BinarySearchFunc(ms, m, func(a, b match) int { return int(min(1, max(-1, a.at-b.at))) })
	ms = slices.Insert(ms, i, m)
	if len(ms) > maxMatches {
		ms = slices.Delete(ms, 0, 1)
	}
	p.steps[step] = ms
}

// isComplete reports whether there is an event for each step, in order and within the
// window.
func (p *progress) isComplete(window int64) bool {
	for _, first := range p.steps[0] {
		if p.matchesFrom(1, []match{first}, first.at+window) {
			return true
		}
	}
	return false
}

// matchesFrom reports whether the steps from one on have events after those of the steps
// before it. One event matches one step only.
func (p *progress) matchesFrom(step int, before []match, until int64) bool {
	if step == len(p.steps) {
		return true
	}
	last := before[len(before)-1]
	for _, m := range p.steps[step] {
		if m.at < last.at || m.at > until || slices.ContainsFunc(before, func(b match) bool { return b.id == m.id }) {
			continue
		}
		return p.matchesFrom(step+1, append(before, m), until)
	}
	return false
}

func (g *sequenceAggregator) newAggregate(int64) aggregate { return &eventCount{} }

// beforeTick removes the progresses that no event can complete any more.
func (g *sequenceAggregator) beforeTick(now int64, _ iter.Seq[aggregate]) {
	for n := range g.known.order.fromOldest() {
		if now-n.value.value.last <= g.window+g.limits.lateness {
			return
		}
		g.known.remove(n)
	}
}

func (g *sequenceAggregator) encode(e *encoder) {
	e.uint(uint64(g.known.len()))
	for n := range g.known.order.fromOldest() {
		e.fixed(n.value.key)
		e.uint(n.value.value.count)
		e.int(n.value.value.last)
		for _, ms := range n.value.value.steps {
			e.uint(uint64(len(ms)))
			for _, m := range ms {
				e.int(m.at)
				e.uint(m.id)
			}
		}
	}
}

func (g *sequenceAggregator) decode(d *decoder) {
	for range d.length(g.limits.groups) {
		key := d.fixed()
		p := progress{count: d.uint(), last: d.time(), steps: make([][]match, len(g.steps))}
		for i := range p.steps {
			for range d.length(maxMatches) {
				p.steps[i] = append(p.steps[i], match{d.time(), d.uint()})
			}
		}
		if g.known.get(key) == nil {
			g.known.insert(key, p, g.limits.groups)
		}
	}
}
