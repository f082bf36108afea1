package alert

import (
	"iter"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An aggregator aggregates the events of one variant of a rule, and creates the
// aggregates of its groups.
type aggregator interface {
	// contribution returns what an event adds to its group. It returns false if the rule
	// ignores the event.
	contribution(arrival) (contribution, bool)
	// newAggregate returns the aggregate of a new group.
	newAggregate(now int64) aggregate
	// beforeTick is called before all groups are evaluated.
	beforeTick(now int64, all iter.Seq[aggregate])
	// encode and decode store what the aggregator holds apart from its groups.
	encode(*encoder)
	decode(*decoder)
}

// An aggregate is what a rule holds of one group.
type aggregate interface {
	// addEvent adds what an event contributes. It returns false if the event is too late.
	addEvent(c contribution, at, now int64) bool
	// evaluate returns the aggregated value, and whether the rule holds. At an event, the
	// event has been added to this group.
	evaluate(now int64, atEvent bool) (value float64, holds bool)
	// isIdle reports whether a group that does not fire can be removed.
	isIdle(now int64) bool
	encode(*encoder)
	decode(*decoder)
}

// An arrival is an event with its time and the time of its arrival, in nanoseconds
// since 1970.
type arrival struct {
	ev      cowork.Event
	at, now int64
}

// A contribution is what an event adds to its group. Each kind of rules uses the fields
// that it needs.
type contribution struct {
	sums  sums
	term  uint64 // hash of a value
	since int64  // start of the off-hours that the event is in
}

// Limits bound the memory of an aggregator.
type limits struct {
	groups   int
	lateness int64
	stats    *Stats
}

// A condition selects events. A nil condition selects all.
type condition func(cowork.Event) bool

func (c condition) matches(ev cowork.Event) bool { return c == nil || c(ev) }

// A filter is the part of an aggregator that selects events by the rule's condition.
// Aggregators embed it and replace what they do otherwise.
type filter struct{ condition }

func (f filter) contribution(a arrival) (contribution, bool) { //nolint:unparam // of the interface
	return contribution{}, f.matches(a.ev)
}
func (filter) beforeTick(int64, iter.Seq[aggregate]) {}
func (filter) encode(*encoder)                       {}
func (filter) decode(*decoder)                       {}

// A variant of a rule has a threshold, an aggregator and groups of its own. A rule has
// one variant; a budget has one for each step.
type variant struct {
	step          string // of a budget
	threshold     float64
	fromStart     bool // without group_by, the group exists from the first tick
	newAggregator func(limits) aggregator
}

// oneVariant returns the variants of a rule that has a single one.
func oneVariant(threshold float64, newAggregator func(limits) aggregator) []variant {
	return []variant{{threshold: threshold, newAggregator: newAggregator}}
}
