package alert

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Condition says whether an event is meant. It must be safe to call with any
// event that the rule's kinds let through.
type Condition func(cowork.Event) bool

// A Measure is what a rule compares with its threshold.
type Measure string

// The measures.
const (
	// Each fires on every event that is meant. It has no window.
	Each Measure = "each"
	// Count is how many events are meant within the window.
	Count Measure = "count"
	// Ratio is the share of the events that are meant among those of Of.
	Ratio Measure = "ratio"
	// Sum is an attribute of the events that are meant, added up.
	Sum Measure = "sum"
	// Absent holds for a group that was seen and of which no event that is meant has
	// come for the length of the window. Without GroupBy, the first Tick counts as one.
	Absent Measure = "absent"
)

// A Rule says what is looked for. It must not be changed once it is in use.
type Rule struct {
	// Name is what the alert is called. It is unique.
	Name string
	// Severity is info, warning or critical.
	Severity string
	// Events are the kinds that the rule looks at. None means all.
	Events []string
	// Condition says which of them are meant. Nil means all.
	Condition Condition
	// GroupBy are the dimensions that are alerted on separately.
	GroupBy []string
	// Measure is what is compared with Above.
	Measure Measure
	// Window is how far back the measure reaches.
	Window time.Duration
	// Above is the threshold. The rule holds while the measure is greater.
	Above float64
	// Of says which events a Ratio is of. Those that are meant must be among them.
	Of Condition
	// AtLeast is how many events of Of a Ratio needs to mean anything.
	AtLeast float64
	// Attribute is what a Sum adds up.
	Attribute string
	// For is how long the rule must hold before it fires.
	For time.Duration
	// KeepFiringFor is how long it fires on after it last held.
	KeepFiringFor time.Duration
}

// windowed reports whether the measure adds something up over a window.
func (r *Rule) windowed() bool { return r.Measure != Each && r.Measure != Absent }

var severities = []string{"info", "warning", "critical"}

// A demand is what a rule must satisfy. bad reports that it does not.
type demand struct {
	field string
	want  string
	bad   func(*Rule) bool
}

var demands = []demand{
	{"name", "must be set", func(r *Rule) bool { return r.Name == "" }},
	{"severity", "must be info, warning or critical", func(r *Rule) bool { return !slices.Contains(severities, r.Severity) }},
	{"measure", "must be each, count, ratio, sum or absent", func(r *Rule) bool { return !slices.Contains(measures, r.Measure) }},
	{"window", "must be at least 1s", func(r *Rule) bool { return r.Measure != Each && r.Window < time.Second }},
	{"window", "must not be set without a measure of it (count, ratio, sum or absent)", func(r *Rule) bool { return r.Measure == Each && r.Window != 0 }},
	{"above", "must be a number", func(r *Rule) bool { return math.IsNaN(r.Above) || math.IsInf(r.Above, 0) }},
	{"of", "must say what the ratio is of", func(r *Rule) bool { return r.Measure == Ratio && r.Of == nil }},
	{"attribute", "must name what is added up", func(r *Rule) bool { return r.Measure == Sum && r.Attribute == "" }},
	{"for", "must not be negative", func(r *Rule) bool { return r.For < 0 }},
	{"for", "must not be set without a window", func(r *Rule) bool { return r.Measure == Each && r.For > 0 }},
	{"keep_firing_for", "must not be negative", func(r *Rule) bool { return r.KeepFiringFor < 0 }},
}

var measures = []Measure{Each, Count, Ratio, Sum, Absent}

// Validate says all that is wrong with a set of rules, and what would be right.
func Validate(rules []Rule) error {
	var errs []error
	first := map[string]int{}
	for i := range rules {
		r := &rules[i]
		for _, d := range demands {
			if d.bad(r) {
				errs = append(errs, fmt.Errorf("rules: %d: %s: %s", i, d.field, d.want))
			}
		}
		if at, ok := first[r.Name]; ok && r.Name != "" {
			errs = append(errs, fmt.Errorf("rules: %d: name: must be unique (rule %d has it)", i, at))
		} else {
			first[r.Name] = i
		}
	}
	return errors.Join(errs...)
}
