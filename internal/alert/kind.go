package alert

import (
	"iter"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A kind is a sort of rule: how it is written, and what it becomes.
type kind struct {
	key       string
	set       func(*Spec) bool
	parts     func(*draft) []part
	window    bool // it has one
	moment    bool // it holds at an event only, and has no end of its own
	eventless bool // it begins to hold without an event
}

// each is the kind of a rule that sets none: it fires on every event that is meant.
var each = kind{key: "each", parts: eachParts, moment: true}

// kinds are all others. To add one, write a file with its gauge and a row here.
var kinds = []kind{
	{key: "count", set: func(s *Spec) bool { return s.Count != nil }, parts: countParts, window: true},
	{key: "ratio", set: func(s *Spec) bool { return s.Ratio != nil }, parts: ratioParts, window: true},
	{key: "sum", set: func(s *Spec) bool { return s.Sum != nil }, parts: sumParts, window: true},
	{key: "budget", set: func(s *Spec) bool { return s.Budget != nil }, parts: budgetParts},
	{key: "distinct", set: func(s *Spec) bool { return s.Distinct != nil }, parts: distinctParts, window: true},
	{key: "absent", set: func(s *Spec) bool { return s.Absent != 0 }, parts: absentParts, eventless: true},
	{key: "ratio_to_peers", set: func(s *Spec) bool { return s.RatioToPeers != nil }, parts: peersParts, window: true, eventless: true},
	{key: "spike", set: func(s *Spec) bool { return s.Spike != nil }, parts: spikeParts, window: true},
	{key: "new_term", set: func(s *Spec) bool { return s.NewTerm != nil }, parts: newTermParts, moment: true},
	{key: "schedule", set: func(s *Spec) bool { return s.Schedule != nil }, parts: scheduleParts, moment: true},
	{key: "list", set: func(s *Spec) bool { return s.List != nil }, parts: listParts, moment: true},
	{key: "sequence", set: func(s *Spec) bool { return s.Sequence != nil }, parts: sequenceParts, window: true, moment: true},
}

// Limits are what a gauge may use.
type limits struct {
	groups   int   // how many it may know
	lateness int64 // how old events may be
	stats    *Stats
}

// An input is an event on its way through a rule. Times are in nanoseconds since 1970.
type input struct {
	ev   cowork.Event
	at   int64 // when it happened
	now  int64
	sum  pair   // what it adds
	term uint64 // the value that it brings, hashed
	turn int64  // the stretch of time that it belongs to
}

// A gauge measures the groups of a rule at work.
type gauge interface {
	// read reports whether an event counts, and says in the input what it adds.
	read(*input) bool
	// fresh returns the measure of a group of which nothing is known.
	fresh(now int64) measure
	// survey is called before all groups are looked at.
	survey(now int64, all iter.Seq[measure])
	// save and load are for what it knows beside the groups.
	save(*encoder)
	load(*decoder)
}

// A measure is what is known of a group.
type measure interface {
	// add counts what an input adds. It is false if that is too late.
	add(*input) bool
	// look returns what is measured, and whether the rule holds. Event says that one
	// of the group has just been added.
	look(now int64, event bool) (value float64, holds bool)
	// idle reports whether nothing needs to be kept of a group that does not fire.
	idle(now int64) bool
	save(*encoder)
	load(*decoder)
}

// A simple gauge counts what is meant, and knows nothing beside the groups.
type simple struct{ condition }

func (g simple) read(in *input) bool           { return g.meant(in.ev) }
func (simple) survey(int64, iter.Seq[measure]) {}
func (simple) save(*encoder)                   {}
func (simple) load(*decoder)                   {}

// only returns the parts of a rule that has one.
func only(threshold float64, g func(limits) gauge) []part {
	return []part{{threshold: threshold, gauge: g}}
}
