package alert

import (
	"errors"
	"slices"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Settings bound an Evaluator.
type Settings struct {
	// MaxGroups is how many groups a rule keeps. Over it the one idle longest goes.
	MaxGroups int
	// MaxActive is how many alerts of a rule fire at a time. Over it one more says how
	// many others would.
	MaxActive int
	// Lateness is how old an event may be and still count, by its own time.
	Lateness time.Duration
	// RepeatInterval is when a firing group is told again.
	RepeatInterval time.Duration
}

// Stats count what the bounds cost, and what there is.
type Stats struct {
	// Evicted are the groups that were forgotten early.
	Evicted int64
	// Late are the events that were too old, once a rule.
	Late int64
	// Clipped are the values of groups that were cut.
	Clipped int64
	// Suppressed are the alerts that were not told when they began to fire, since too
	// many of their rule did.
	Suppressed int64
	// Saturated are the values that were too many to be told apart.
	Saturated int64
	// Groups, Pending and Firing are what there is now.
	Groups, Pending, Firing int64
}

// An Evaluator holds rules and what is known of their groups. It is not safe for
// concurrent use.
type Evaluator struct {
	settings  Settings
	watches   []*watch
	byKind    map[string][]*watch // of the kinds that a rule names
	others    []*watch            // of all other kinds
	groupings []*grouping
	turn      uint64 // counts the events
	orphans   []Alert
	stats     Stats
	last      int64 // when it was told the time last
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
	e := &Evaluator{settings: set, byKind: map[string][]*watch{}}
	for i := range rules {
		for p := range rules[i].parts {
			e.watches = append(e.watches, newWatch(&rules[i], &rules[i].parts[p], e))
		}
	}
	e.index()
	return e, nil
}

// index says which rules look at which kind of events, so that the others cost
// nothing.
func (e *Evaluator) index() {
	for _, w := range e.watches {
		for _, kind := range w.rule.Events {
			e.byKind[kind] = nil
		}
	}
	for _, w := range e.watches {
		for kind := range e.byKind {
			if w.rule.looksAt(kind) {
				e.byKind[kind] = append(e.byKind[kind], w)
			}
		}
		if len(w.rule.Events) == 0 {
			e.others = append(e.others, w)
		}
	}
	e.others = slices.Clip(e.others)
}

// Add looks at an event and appends the alerts that it causes to out. It counts by its
// own time; what claims to come from the future happened now.
func (e *Evaluator) Add(ev cowork.Event, now time.Time, out []Alert) []Alert {
	watches, ok := e.byKind[ev.Name()]
	if !ok {
		watches = e.others
	}
	if len(watches) == 0 {
		return out
	}
	in := input{ev: ev, now: now.UnixNano()}
	in.at = in.now
	if t := ev.Time(); t != 0 && uint64(t) < uint64(in.now) { // above 2^63 one would seem to be of long ago
		in.at = int64(t)
	}
	e.last = in.now
	if len(e.orphans) > 0 {
		out = e.resolveOrphans(in.now, out)
	}
	if in.now-in.at > int64(e.settings.Lateness) {
		e.stats.Late += int64(len(watches))
		return out
	}
	e.turn++
	for _, w := range watches {
		out = w.add(&in, e.turn, out)
	}
	return out
}

// Tick looks at every group at a time and appends the alerts to out. Without it
// nothing resolves.
func (e *Evaluator) Tick(now time.Time, out []Alert) []Alert {
	e.last = now.UnixNano()
	out = e.resolveOrphans(e.last, out)
	for _, w := range e.watches {
		out = w.tick(e.last, out)
	}
	return out
}

// Stats returns what the bounds have cost so far, and what there is.
func (e *Evaluator) Stats() Stats {
	s := e.stats
	for _, w := range e.watches {
		s.Groups += int64(w.groups.n)
		s.Pending += int64(w.counts[pending])
		s.Firing += int64(w.counts[firing])
	}
	return s
}
