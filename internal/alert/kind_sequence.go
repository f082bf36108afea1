package alert

import (
	"fmt"
	"iter"
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

const (
	// maxSteps is how many steps a sequence may have.
	maxSteps = 8
	// maxMatches is how many events of a step are remembered of one prompt or session:
	// the latest.
	maxMatches = 8
)

// sequenceGauge is of rules that hold when events of one prompt, session or tool call
// have met all steps in order. An event can come late, so a step is known by when it
// was met, not by where the sequence stands.
type sequenceGauge struct {
	simple
	by     field
	steps  []condition
	window int64
	limits limits
	known  *lru[progress]
}

// A progress has the events that met the steps, and counts them.
type progress struct {
	count uint64
	last  int64 // when one came
	steps [][]match
}

// A match is an event that met a step.
type match struct {
	at int64
	id uint64
}

func sequenceParts(d *draft) []part {
	s := d.spec.Sequence
	d.check(len(s.Steps) >= 2 && len(s.Steps) <= maxSteps, "sequence::steps", fmt.Sprintf("must be from 2 to %d conditions", maxSteps))
	by := d.field("sequence::by", s.By)
	steps := make([]condition, len(s.Steps))
	for i, text := range s.Steps {
		steps[i] = d.condition(fmt.Sprintf("sequence::steps::%d", i), text)
	}
	return only(0, func(l limits) gauge {
		return &sequenceGauge{simple{d.meant}, by, steps, int64(d.spec.Window), l, newLRU[progress]()}
	})
}

func (g *sequenceGauge) read(in *input) bool {
	if !g.meant(in.ev) {
		return false
	}
	var p *progress
	for i, step := range g.steps {
		if !step.meant(in.ev) {
			continue
		}
		if p == nil {
			if p = g.of(in); p == nil {
				return false
			}
			p.count, p.last = p.count+1, in.now
		}
		p.note(i, match{in.at, p.count})
	}
	if p == nil || !p.complete(g.window) {
		return false
	}
	clear(p.steps) // so that the same events do not complete it again
	return true
}

// of returns the progress of an event's prompt or session, nil if it has none.
func (g *sequenceGauge) of(in *input) *progress {
	v := g.by.read(in.ev)
	if v == "" || cowork.IsMarker(v) {
		return nil
	}
	key := hash(v)
	if p := g.known.get(key); p != nil {
		return p
	}
	p, full := g.known.add(key, progress{steps: make([][]match, len(g.steps))}, g.limits.groups)
	if full {
		g.limits.stats.Evicted++
	}
	return p
}

// note keeps the matches of a step in the order of their time.
func (p *progress) note(step int, m match) {
	ms := p.steps[step]
	i, _ := slices.BinarySearchFunc(ms, m, func(a, b match) int { return int(min(1, max(-1, a.at-b.at))) })
	ms = slices.Insert(ms, i, m)
	if len(ms) > maxMatches {
		ms = slices.Delete(ms, 0, 1)
	}
	p.steps[step] = ms
}

// complete reports whether there is an event for each step, in order and in time.
func (p *progress) complete(window int64) bool {
	for _, first := range p.steps[0] {
		if p.follow(1, []match{first}, first.at+window) {
			return true
		}
	}
	return false
}

// follow looks for the rest of a sequence. Two steps are never met by one event.
func (p *progress) follow(step int, before []match, until int64) bool {
	if step == len(p.steps) {
		return true
	}
	last := before[len(before)-1]
	for _, m := range p.steps[step] {
		if m.at < last.at || m.at > until || slices.ContainsFunc(before, func(b match) bool { return b.id == m.id }) {
			continue
		}
		return p.follow(step+1, append(before, m), until)
	}
	return false
}

func (g *sequenceGauge) fresh(int64) measure { return &moment{} }

// survey forgets what no event can complete any more.
func (g *sequenceGauge) survey(now int64, _ iter.Seq[measure]) {
	for n := range g.known.order.fromOldest() {
		if now-n.value.value.last <= g.window+g.limits.lateness {
			return
		}
		g.known.remove(n)
	}
}

func (g *sequenceGauge) save(e *encoder) {
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

func (g *sequenceGauge) load(d *decoder) {
	for range d.count(g.limits.groups) {
		key := d.fixed()
		p := progress{count: d.uint(), last: d.time(), steps: make([][]match, len(g.steps))}
		for i := range p.steps {
			for range d.count(maxMatches) {
				p.steps[i] = append(p.steps[i], match{d.time(), d.uint()})
			}
		}
		if g.known.get(key) == nil {
			g.known.add(key, p, g.limits.groups)
		}
	}
}
