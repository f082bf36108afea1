package alert

import (
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Rule is compiled and ready to be used by any number of evaluators, one after the
// other. It must not be changed.
type Rule struct {
	// Name is what the alert is called.
	Name string
	// Description, Why and Action tell people what happened and what to do.
	Description, Why, Action string
	// Severity is info, warning or critical.
	Severity string
	// Labels are told with every alert.
	Labels map[string]string
	// Events are the short names of the kinds that the rule looks at. None means all.
	Events []string

	by      []field
	message template
	wait    int64 // how long it must hold
	keep    int64 // how long it fires on
	forget  int64 // when a group that is absent is given up, 0 for never
	caused  bool  // by one event, which is worth naming
	parts   []part
	hash    [16]byte // of its definition
}

// A part of a rule has groups of its own. All rules have one, but a budget one a step.
type part struct {
	step      string // "" where there is one only
	threshold float64
	begin     bool // without groups, it is looked at from the first tick on
	gauge     func(limits) gauge
}

// A condition says whether an event is meant. A nil one means every event.
type condition func(cowork.Event) bool

func (c condition) meant(ev cowork.Event) bool { return c == nil || c(ev) }

// looksAt reports whether a rule looks at a kind of events.
func (r *Rule) looksAt(kind string) bool {
	return len(r.Events) == 0 || slices.Contains(r.Events, kind)
}
