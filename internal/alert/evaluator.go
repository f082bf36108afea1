package alert

import (
	"errors"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// Settings bound an Evaluator.
type Settings struct {
	// MaxGroups is how many groups a rule keeps. Over it the one idle longest goes.
	MaxGroups int
	// Lateness is how old an event may be and still count, by its own time.
	Lateness time.Duration
	// RepeatInterval is when a firing group is told again.
	RepeatInterval time.Duration
}

// Stats count what the bounds cost.
type Stats struct {
	// Evicted are the groups that were forgotten early.
	Evicted int64
	// Late are the events that were too old for a window, once a rule.
	Late int64
	// Clipped are the values of groups that were cut.
	Clipped int64
}

// An Alert tells that a rule fires, or stopped firing, for a group.
type Alert struct {
	Rule   *Rule
	Status Status
	// Group has the value of each dimension of the rule's GroupBy.
	Group []string
	// Value is the measure that was compared, for Absent the seconds of silence. It
	// is 0 when the group was evicted.
	Value    float64
	StartsAt time.Time
	// EndsAt is zero while the alert fires.
	EndsAt time.Time
}

// An Evaluator holds rules and what is known of their groups. It is not safe for
// concurrent use.
type Evaluator struct {
	settings Settings
	watches  []watch
	stats    Stats
}

// New returns an Evaluator of rules.
func New(rules []Rule, set Settings) (*Evaluator, error) {
	errs := []error{Validate(rules)}
	if set.MaxGroups < 1 {
		errs = append(errs, errors.New("max_groups: must be positive"))
	}
	if set.Lateness < 0 {
		errs = append(errs, errors.New("lateness: must not be negative"))
	}
	if set.RepeatInterval <= 0 {
		errs = append(errs, errors.New("repeat_interval: must be positive"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	e := &Evaluator{settings: set}
	for i := range rules {
		e.watches = append(e.watches, newWatch(&rules[i], &e.settings, &e.stats))
	}
	return e, nil
}

// Add looks at an event and appends the alerts that it causes to out.
func (e *Evaluator) Add(ev cowork.Event, now time.Time, out []Alert) []Alert {
	name := ev.Name()
	for i := range e.watches {
		out = e.watches[i].add(ev, name, now, out)
	}
	return out
}

// Tick looks at every group at a time and appends the alerts to out. Without it
// nothing resolves.
func (e *Evaluator) Tick(now time.Time, out []Alert) []Alert {
	for i := range e.watches {
		out = e.watches[i].tick(now, out)
	}
	return out
}

// Stats returns what the bounds have cost so far.
func (e *Evaluator) Stats() Stats { return e.stats }
