package alert

import (
	"iter"
	"time"
)

// A ruleState is the state of one variant of a rule in an evaluator.
type ruleState struct {
	rule       *Rule
	variant    *variant
	settings   *Settings
	maxAge     int64 // of an event that is evaluated
	stats      *Stats
	names      []string // of the values of a group, then of the own values
	ownValues  []string // the step of a budget
	grouping   *grouping
	slot       int // in the identities of the grouping
	aggregator aggregator
	groups     *ring[group]
	counts     [phases]int     // of groups that are pending and that fire
	suppressed int             // of those that fire
	overflow   alertState      // of the alert that reports suppressed ones
	changed    map[string]bool // keys of the groups whose alerts were sent, nil if not recorded
}

func newRuleState(r *Rule, v *variant, e *Evaluator) *ruleState {
	s := &ruleState{rule: r, variant: v, settings: &e.settings, stats: &e.stats}
	s.maxAge = max(r.maxAge, int64(e.settings.Lateness))
	s.grouping, s.slot = e.groupingOf(r.groupBy, r.missing)
	for i := range r.groupBy {
		s.names = append(s.names, r.groupBy[i].name)
	}
	if v.step != "" {
		s.names, s.ownValues = append(s.names, "step"), []string{v.step}
	}
	s.reset()
	return s
}

// reset removes all groups and what the aggregator holds.
func (s *ruleState) reset() {
	s.aggregator = s.variant.newAggregator(limits{s.settings.MaxGroups, int64(s.settings.Lateness), s.stats})
	if s.groups != nil {
		for n := range s.groups.fromOldest() {
			s.removeGroup(n)
		}
	}
	s.groups, s.counts, s.suppressed, s.overflow = newRing[group](), [phases]int{}, 0, alertState{}
}

// addEvent adds what an event contributes to the group of its identity, evaluates the
// rule for the group, and appends alerts to out.
func (s *ruleState) addEvent(a *arrival, id *identity, c contribution, out []Alert) []Alert {
	n := id.groups[s.slot]
	if n != nil {
		s.groups.touch(n)
	} else {
		n, out = s.addGroup(id, group{aggregate: s.aggregator.newAggregate(a.now)}, a.now, out)
	}
	at := a.at
	if s.rule.lateAsNow && a.now-at > int64(s.settings.Lateness) {
		at = a.now
	}
	if !n.value.aggregate.addEvent(c, at, a.now) {
		s.stats.Late++
		return out
	}
	out = s.evaluate(&n.value, a.now, a, out)
	if s.suppressed == 0 && s.overflow.phase == inactive {
		return out
	}
	return s.reportSuppressed(a.now, out)
}

// evaluate evaluates the rule for a group and appends the alert that must be sent to out.
// The arrival is the one that was just added to the group, nil at a tick.
func (s *ruleState) evaluate(g *group, now int64, a *arrival, out []Alert) []Alert {
	value, holds := g.aggregate.evaluate(now, a != nil)
	before := g.state.phase
	if holds && a != nil && before == inactive {
		g.cause = newCause(s.rule, a.ev)
	}
	status := g.state.advance(now, holds, s.rule, int64(s.settings.RepeatInterval))
	if after := g.state.phase; after != before {
		s.counts[before]--
		s.counts[after]++
	}
	if status != "" && !s.isSuppressed(g, before, status) {
		out = append(out, s.newAlert(g, status, value, now))
	}
	if g.state.phase == inactive {
		g.cause = nil
	}
	return out
}

// tick evaluates the rule for every group, and removes groups that are idle.
func (s *ruleState) tick(now int64, out []Alert) []Alert {
	if s.variant.fromStart && len(s.rule.groupBy) == 0 && s.groups.n == 0 {
		_, out = s.addGroup(s.grouping.identityOfKey("", nil), group{aggregate: s.aggregator.newAggregate(now)}, now, out)
	}
	s.aggregator.beforeTick(now, s.aggregates())
	for n := range s.groups.fromOldest() {
		g := &n.value
		out = s.evaluate(g, now, nil, out)
		if g.suppressed && s.hasRoomForAlert() {
			s.unsuppress(g)
			g.state.lastSent = now
			value, _ := g.aggregate.evaluate(now, false)
			out = append(out, s.newAlert(g, Firing, value, now))
		}
		absentTooLong := s.rule.forget > 0 && g.state.phase == firing && now-g.state.firingSince >= s.rule.forget
		if absentTooLong {
			out = s.evict(n, now, out)
		} else if g.state.phase == inactive && g.aggregate.isIdle(now) {
			s.removeGroup(n)
		}
	}
	return s.reportSuppressed(now, out)
}

func (s *ruleState) aggregates() iter.Seq[aggregate] {
	return func(yield func(aggregate) bool) {
		for n := range s.groups.fromOldest() {
			if !yield(n.value.aggregate) {
				return
			}
		}
	}
}

// isSuppressed reports whether no alert must be sent for a group, as too many fire.
func (s *ruleState) isSuppressed(g *group, before phase, status Status) bool {
	switch {
	case status == Resolved:
		suppressed := g.suppressed
		s.unsuppress(g)
		return suppressed
	case before != firing && s.counts[firing]-s.suppressed > s.settings.MaxActive:
		g.suppressed = true
		s.suppressed++
		s.stats.Suppressed++
	case g.suppressed && s.hasRoomForAlert():
		s.unsuppress(g)
	}
	return g.suppressed
}

func (s *ruleState) hasRoomForAlert() bool {
	return s.counts[firing]-s.suppressed < s.settings.MaxActive
}

func (s *ruleState) unsuppress(g *group) {
	if g.suppressed {
		g.suppressed = false
		s.suppressed--
	}
}

// overflowKey is the key of the alert that reports suppressed groups.
const overflowKey = "\x00surplus"

// reportSuppressed appends an alert with the number of groups that fire without an alert.
func (s *ruleState) reportSuppressed(now int64, out []Alert) []Alert {
	status := s.overflow.advance(now, s.suppressed > 0, &Rule{}, int64(s.settings.RepeatInterval))
	if status == "" {
		return out
	}
	a := Alert{
		Rule: s.rule, Status: status, Fingerprint: fingerprint(s.rule.Name, s.variant.step, overflowKey),
		Value: float64(s.counts[firing]), Threshold: float64(s.settings.MaxActive), StartsAt: time.Unix(0, s.overflow.firingSince).UTC(),
	}
	if status == Resolved {
		a.EndsAt = time.Unix(0, now).UTC()
	}
	s.markChanged(overflowKey)
	a.Message = s.rule.Name + ": " + formatNumber(float64(s.suppressed)) + " more alerts fire than are sent (max_active is " + formatNumber(a.Threshold) + ")"
	return append(out, a)
}

// evict removes a group. It appends the resolution of its alert, which could not be sent
// later.
func (s *ruleState) evict(n *node[group], now int64, out []Alert) []Alert {
	g := &n.value
	s.removeGroup(n)
	s.counts[g.state.phase]--
	sent := g.state.phase == firing && !g.suppressed
	s.unsuppress(g)
	if !sent {
		return out
	}
	return append(out, s.newAlert(g, Resolved, 0, now))
}

// addGroup adds the group of an identity that has none. If there are too many groups, it
// evicts the one that has been idle longest.
func (s *ruleState) addGroup(id *identity, g group, now int64, out []Alert) (*node[group], []Alert) {
	if s.groups.n >= s.settings.MaxGroups {
		s.stats.Evicted++
		out = s.evict(s.groups.oldest(), now, out)
	}
	g.identity = id
	n := s.groups.push(g)
	id.groups[s.slot] = n
	id.used++
	return n, out
}

func (s *ruleState) removeGroup(n *node[group]) {
	s.groups.remove(n)
	s.grouping.removeGroup(n.value.identity, s.slot)
}
