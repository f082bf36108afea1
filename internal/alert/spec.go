package alert

import "time"

// A Spec is a rule as it is written, in YAML or in a collector's configuration. At most
// one of its kinds is set, from Count to Sequence; with none it is a rule per event.
type Spec struct {
	// Name is what the alert is called. It is unique.
	Name string `mapstructure:"name" yaml:"name"`
	// Description says in a sentence what happened.
	Description string `mapstructure:"description" yaml:"description,omitempty"`
	// Why says why it matters.
	Why string `mapstructure:"why" yaml:"why,omitempty"`
	// Action says what to do.
	Action string `mapstructure:"action" yaml:"action,omitempty"`
	// Events are the kinds that the rule looks at, with or without a prefix such as
	// claude_code. None means all.
	Events []string `mapstructure:"events" yaml:"events,omitempty"`
	// Condition says which of them are meant. Empty means all.
	Condition string `mapstructure:"condition" yaml:"condition,omitempty"`
	// Severity is info, warning or critical.
	Severity string `mapstructure:"severity" yaml:"severity"`
	// Message is what people read: text with {attribute}, {dimension}, {value},
	// {threshold} and {window} in it.
	Message string `mapstructure:"message" yaml:"message,omitempty"`
	// GroupBy is what is alerted on separately: dimensions, attributes, expressions.
	GroupBy []string `mapstructure:"group_by" yaml:"group_by,omitempty"`
	// Window is how far back a measure reaches.
	Window time.Duration `mapstructure:"window" yaml:"window,omitempty"`
	// For is how long the rule must hold before it fires.
	For time.Duration `mapstructure:"for" yaml:"for,omitempty"`
	// KeepFiringFor is how long it fires on after it last held.
	KeepFiringFor time.Duration `mapstructure:"keep_firing_for" yaml:"keep_firing_for,omitempty"`
	// ResolveAfter is the same for rules that hold for a moment only; unset it is 5m.
	// For Absent it is when a group that fires is given up, unset never.
	ResolveAfter time.Duration `mapstructure:"resolve_after" yaml:"resolve_after,omitempty"`
	// Enabled is true if it is not set.
	Enabled *bool `mapstructure:"enabled" yaml:"enabled,omitempty"`
	// Labels are told with every alert.
	Labels map[string]string `mapstructure:"labels" yaml:"labels,omitempty"`

	Count        *CountSpec    `mapstructure:"count" yaml:"count,omitempty"`
	Ratio        *RatioSpec    `mapstructure:"ratio" yaml:"ratio,omitempty"`
	Sum          *SumSpec      `mapstructure:"sum" yaml:"sum,omitempty"`
	Budget       *BudgetSpec   `mapstructure:"budget" yaml:"budget,omitempty"`
	Distinct     *DistinctSpec `mapstructure:"distinct" yaml:"distinct,omitempty"`
	Absent       time.Duration `mapstructure:"absent" yaml:"absent,omitempty"`
	RatioToPeers *PeersSpec    `mapstructure:"ratio_to_peers" yaml:"ratio_to_peers,omitempty"`
	Spike        *SpikeSpec    `mapstructure:"spike" yaml:"spike,omitempty"`
	NewTerm      *NewTermSpec  `mapstructure:"new_term" yaml:"new_term,omitempty"`
	Schedule     *ScheduleSpec `mapstructure:"schedule" yaml:"schedule,omitempty"`
	List         *ListSpec     `mapstructure:"list" yaml:"list,omitempty"`
	Sequence     *SequenceSpec `mapstructure:"sequence" yaml:"sequence,omitempty"`
}

// CountSpec holds while more events than Above are within the window.
type CountSpec struct {
	Above float64 `mapstructure:"above" yaml:"above"`
}

// RatioSpec holds while the share of the events that are meant among those of Of is
// greater than Above, once there are AtLeast of them.
type RatioSpec struct {
	Above   float64 `mapstructure:"above" yaml:"above"`
	Of      string  `mapstructure:"of" yaml:"of"`
	AtLeast float64 `mapstructure:"at_least" yaml:"at_least,omitempty"`
}

// An Amount is a number of an event: an attribute, or an expression.
type Amount struct {
	Attribute string `mapstructure:"attribute" yaml:"attribute,omitempty"`
	Value     string `mapstructure:"value" yaml:"value,omitempty"`
}

// SumSpec holds while an amount, added up over the window, is greater than Above.
type SumSpec struct {
	Amount `mapstructure:",squash" yaml:",inline"`
	Above  float64 `mapstructure:"above" yaml:"above"`
}

// BudgetSpec tells when an amount, added up since the beginning of a day, week or
// month, reaches a step: a part of Above. Steps are 1 alone if there are none.
type BudgetSpec struct {
	Amount   `mapstructure:",squash" yaml:",inline"`
	Above    float64   `mapstructure:"above" yaml:"above"`
	Period   string    `mapstructure:"period" yaml:"period"`
	TimeZone string    `mapstructure:"time_zone" yaml:"time_zone,omitempty"`
	Steps    []float64 `mapstructure:"steps" yaml:"steps,omitempty,flow"`
}

// DistinctSpec holds while an attribute had more different values than Above within
// the window.
type DistinctSpec struct {
	Attribute string  `mapstructure:"attribute" yaml:"attribute"`
	Above     float64 `mapstructure:"above" yaml:"above"`
}

// PeersSpec holds while a group has more than Above times what the median of the
// groups has, with at least AtLeast groups, and at least Least itself. Without an
// amount, events are counted.
type PeersSpec struct {
	Amount  `mapstructure:",squash" yaml:",inline"`
	Above   float64 `mapstructure:"above" yaml:"above"`
	AtLeast int     `mapstructure:"at_least" yaml:"at_least,omitempty"`
	Least   float64 `mapstructure:"least" yaml:"least,omitempty"`
}

// SpikeSpec holds while the window has more than Above times the mean of the windows
// of the Baseline before it, and at least Least. Without an amount, events are counted.
type SpikeSpec struct {
	Amount   `mapstructure:",squash" yaml:",inline"`
	Above    float64       `mapstructure:"above" yaml:"above"`
	Baseline time.Duration `mapstructure:"baseline" yaml:"baseline"`
	Least    float64       `mapstructure:"least" yaml:"least,omitempty"`
}

// NewTermSpec tells of a value that a group has not had before, once it has been
// learned for Learn which ones it has. The value is part of what is alerted on.
type NewTermSpec struct {
	Attribute string        `mapstructure:"attribute" yaml:"attribute"`
	Learn     time.Duration `mapstructure:"learn" yaml:"learn"`
}

// ScheduleSpec tells of more events than Above outside of the hours from From to To
// of Days. To before From is on the day after.
type ScheduleSpec struct {
	Days     []string `mapstructure:"days" yaml:"days,flow"`
	From     string   `mapstructure:"from" yaml:"from"`
	To       string   `mapstructure:"to" yaml:"to"`
	TimeZone string   `mapstructure:"time_zone" yaml:"time_zone,omitempty"`
	Above    float64  `mapstructure:"above" yaml:"above,omitempty"`
}

// ListSpec tells of a value that is not Allowed, or of one that is Denied. With Domains,
// these are domains: their subdomains are meant too, and URLs and commands are searched
// for them.
type ListSpec struct {
	Attribute string   `mapstructure:"attribute" yaml:"attribute"`
	Allowed   []string `mapstructure:"allowed" yaml:"allowed,omitempty"`
	Denied    []string `mapstructure:"denied" yaml:"denied,omitempty"`
	Domains   bool     `mapstructure:"domains" yaml:"domains,omitempty"`
}

// SequenceSpec tells of events of one By that meet the Steps one after the other, by
// their own time and within the window.
type SequenceSpec struct {
	By    string   `mapstructure:"by" yaml:"by"`
	Steps []string `mapstructure:"steps" yaml:"steps"`
}
