package alert

import (
	"errors"
	"slices"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Settings bound an Evaluator.
type Settings struct {
	// MaxGroups bounds the groups of a rule. One more evicts the one that has been idle
	// longest.
	MaxGroups int
	// MaxActive bounds the alerts of a rule that fire at a time. One more alert reports the
	// number of others that would fire.
	MaxActive int
	// Lateness is the maximum age of an event, by its own time, that counts in a window.
	// Single events are evaluated up to a day.
	Lateness time.Duration
	// RepeatInterval is the interval at which the alert of a firing group is sent again.
	RepeatInterval time.Duration
}

// Stats count the effects of the bounds, and the groups.
type Stats struct {
	// Evicted are the groups that were removed early.
	Evicted int64
	// Late are the events that were too old, once a rule.
	Late int64
	// Ungrouped are the events that were skipped as they lack a value of group_by, once a
	// rule.
	Ungrouped int64
	// Clipped are the values of groups that were cut.
	Clipped int64
	// Suppressed are the alerts that were not sent when they began to fire, as too many of
	// their rule fired.
	Suppressed int64
	// Saturated are the values that were not recorded, as a group or a rule had too many.
	Saturated int64
	// Groups, Pending and Firing are the current numbers.
	Groups, Pending, Firing int64
}

// An Evaluator evaluates rules on events and holds the state of their groups. It is not
// safe for concurrent use.
type Evaluator struct {
	settings   Settings
	states     []*ruleState
	byKind     map[string][]*ruleState // for the kinds of events that a rule names
	otherKinds []*ruleState            // for all other kinds
	groupings  []*grouping
	identities []*identity // of the event at hand, by grouping; only Add uses it
	orphans    []Alert
	stats      Stats
	last       int64 // time of the last call
}

// New returns an Evaluator of rules.
func New(rules []Rule, set Settings) (*Evaluator, error) {
	var errs []error
	for _, s := range []struct {
		bad  bool
		text string
	}{
		{set.MaxGroups < 1, "max_groups: must be positive"},
		{set.MaxActive < 1, "max_active: must be positive"},
		{set.Lateness < 0, "lateness: must not be negative"},
		{set.RepeatInterval <= 0, "repeat_interval: must be positive"},
	} {
		if s.bad {
			errs = append(errs, errors.New(s.text))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	e := &Evaluator{settings: set, byKind: map[string][]*ruleState{}}
	for i := range rules {
		for v := range rules[i].variants {
			e.states = append(e.states, newRuleState(&rules[i], &rules[i].variants[v], e))
		}
	}
	e.identities = make([]*identity, len(e.groupings))
	e.indexByKind()
	return e, nil
}

// indexByKind assigns to each kind of events the rules that evaluate it.
func (e *Evaluator) indexByKind() {
	for _, s := range e.states {
		for _, kind := range s.rule.Events {
			e.byKind[kind] = nil
		}
	}
	for _, s := range e.states {
		for kind := range e.byKind {
			if s.rule.evaluatesKind(kind) {
				e.byKind[kind] = append(e.byKind[kind], s)
			}
		}
		if len(s.rule.Events) == 0 {
			e.otherKinds = append(e.otherKinds, s)
		}
	}
	e.otherKinds = slices.Clip(e.otherKinds)
}

// Add evaluates the rules on an event and appends the alerts that it causes to out. The
// event counts at its own time; an event from the future counts as of now.
func (e *Evaluator) Add(ev cowork.Event, now time.Time, out []Alert) []Alert {
	states, ok := e.byKind[ev.Name()]
	if !ok {
		states = e.otherKinds
	}
	if len(states) == 0 {
		return out
	}
	a := arrival{ev: ev, at: now.UnixNano(), now: now.UnixNano()}
	if t := ev.Time(); t != 0 && uint64(t) < uint64(a.now) { // beyond 2^63 it would be negative
		a.at = int64(t)
	}
	e.last = a.now
	if len(e.orphans) > 0 {
		out = e.resolveOrphans(a.now, out)
	}
	clear(e.identities)
	for _, s := range states {
		if a.now-a.at > s.maxAge {
			e.stats.Late++
			continue
		}
		c, counts := s.aggregator.contribution(a)
		if !counts {
			continue
		}
		id := e.identities[s.grouping.index]
		if id == nil {
			id = s.grouping.identityOf(ev, &e.stats)
			e.identities[s.grouping.index] = id
		}
		if id == noIdentity {
			e.stats.Ungrouped++
			continue
		}
		out = s.addEvent(&a, id, c, out)
	}
	return out
}

// Tick evaluates the rules for all groups at a time and appends the alerts to out. An
// alert resolves at a tick or at an event of its group.
func (e *Evaluator) Tick(now time.Time, out []Alert) []Alert {
	e.last = now.UnixNano()
	out = e.resolveOrphans(e.last, out)
	for _, s := range e.states {
		out = s.tick(e.last, out)
	}
	return out
}

// Stats returns the counts since the start, and the current numbers of groups.
func (e *Evaluator) Stats() Stats {
	stats := e.stats
	for _, s := range e.states {
		stats.Groups += int64(s.groups.n)
		stats.Pending += int64(s.counts[pending])
		stats.Firing += int64(s.counts[firing])
	}
	return stats
}
