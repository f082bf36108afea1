package alert

import (
	"slices"
	"strconv"
	"time"
)

// A Spec is the configuration of a rule, in YAML or in a collector's configuration. At
// most one of the kinds is set, from Count to Sequence. A rule without one fires per
// event. The order of the fields is part of the definition hash of a rule.
type Spec struct {
	// Name is the name of the alert. It is unique.
	Name string `mapstructure:"name" yaml:"name"`
	// Description is a sentence about what happened.
	Description string `mapstructure:"description" yaml:"description,omitempty"`
	// Why is the reason why it matters.
	Why string `mapstructure:"why" yaml:"why,omitempty"`
	// Action is what to do.
	Action string `mapstructure:"action" yaml:"action,omitempty"`
	// FalsePositives are harmless events that fire the rule, in a sentence.
	FalsePositives string `mapstructure:"false_positives" yaml:"false_positives,omitempty"`
	// Tags are the techniques that the rule detects, such as attack.t1059.004,
	// atlas.aml.t0051 or owasp.llm01-2026.
	Tags []string `mapstructure:"tags" yaml:"tags,omitempty"`
	// Content is what clients must export for the rule to fire: tool_details, user_prompts,
	// assistant_responses or raw_api_bodies.
	Content []string `mapstructure:"content" yaml:"content,omitempty"`
	// Profile is the smallest of [Profiles] that has a built-in rule.
	Profile string `mapstructure:"profile" yaml:"profile,omitempty"`
	// Family is the group of a built-in rule, one of [Families].
	Family string `mapstructure:"-" yaml:"-"`
	// Events are the kinds of events that the rule evaluates, with or without a prefix such
	// as claude_code. An empty list selects all.
	Events []string `mapstructure:"events" yaml:"events,omitempty"`
	// Condition selects events of these kinds. An empty condition selects all.
	Condition string `mapstructure:"condition" yaml:"condition,omitempty"`
	// Severity is info, warning or critical.
	Severity string `mapstructure:"severity" yaml:"severity"`
	// Message is the text of the alert, with the placeholders {attribute}, {dimension},
	// {value}, {threshold} and {window}.
	Message string `mapstructure:"message" yaml:"message,omitempty"`
	// GroupBy are the dimensions, attributes and expressions whose values have alerts of
	// their own.
	GroupBy []string `mapstructure:"group_by" yaml:"group_by,omitempty"`
	// IncludeMissing evaluates the rule on events without a value for GroupBy too.
	IncludeMissing bool `mapstructure:"include_missing" yaml:"include_missing,omitempty"`
	// Window is the length of the time over which events are aggregated.
	Window time.Duration `mapstructure:"window" yaml:"window,omitempty"`
	// For is the time for which the rule must hold before it fires.
	For time.Duration `mapstructure:"for" yaml:"for,omitempty"`
	// KeepFiringFor is the time for which it fires after it last held.
	KeepFiringFor time.Duration `mapstructure:"keep_firing_for" yaml:"keep_firing_for,omitempty"`
	// ResolveAfter is the same for rules that hold at an event only; the default is 5m. For
	// Absent it is the time after which a group that fires is removed; the default is never.
	ResolveAfter time.Duration `mapstructure:"resolve_after" yaml:"resolve_after,omitempty"`
	// Once is set if an alert that fires is sent once, and not again at each repeat interval.
	Once bool `mapstructure:"once" yaml:"once,omitempty"`
	// Enabled is true if it is not set.
	Enabled *bool `mapstructure:"enabled" yaml:"enabled,omitempty"`
	// Labels are attached to every alert.
	Labels map[string]string `mapstructure:"labels" yaml:"labels,omitempty"`

	// Place is the place of the rule in the list of the configuration, from 1. It is 0 for
	// a built-in rule.
	Place int `mapstructure:"-" yaml:"-"`

	// The kinds of rules. Their keys are documented where they are declared.

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

// A Rule is compiled. Any number of evaluators can use it, one at a time. It must not be
// changed.
type Rule struct {
	// Name is the name of the rule's alerts.
	Name string
	// Description, Why and Action explain to people what happened and what to do.
	Description, Why, Action string
	// Severity is info, warning or critical.
	Severity string
	// Tags are the techniques that the rule detects.
	Tags []string
	// Labels are attached to every alert.
	Labels map[string]string
	// Events are the short names of the kinds of events that the rule evaluates. An empty
	// list selects all.
	Events []string

	groupBy    []field
	missing    bool  // events without a value of groupBy have a group, too
	maxAge     int64 // of events, at least
	message    template
	wait       int64 // how long the rule must hold before it fires
	keep       int64 // how long it fires after it last held
	once       bool  // an alert that fires is not repeated
	forget     int64 // when a group that is absent is removed, 0 for never
	namesCause bool  // alerts carry the prompt and the trace of the event that caused them
	lateAsNow  bool  // events beyond the lateness count as of now
	variants   []variant
	hash       [16]byte // of the definition
}

// Where returns the rule in errors: its name, or its place if the name is missing or
// invalid.
func (s *Spec) Where() string {
	if isRuleName(s.Name) {
		return s.Name
	}
	return Place(s.Place)
}

// Place returns the place of a rule in errors: #2 is the second rule of the list.
func Place(n int) string { return "#" + strconv.Itoa(n) }

// Expressions returns the conditions, attributes and expressions of a rule in the order in
// which they are compiled. The rule need not be valid.
func (s *Spec) Expressions() []Expression {
	c := newRuleCompiler(s, func(string) Compiler { return noCompiler{} })
	c.compile()
	return c.expressions
}

// An Expression is a text of a rule that reads values of events: a condition, the name of
// an attribute or a dimension, or an OTTL expression.
type Expression struct {
	// Key is the path of the text below the rule, such as sequence::steps::0.
	Key  string
	Text string
	// IsName is true for the name of an attribute or a dimension.
	IsName bool
}

// evaluatesKind reports whether a rule evaluates a kind of events.
func (r *Rule) evaluatesKind(kind string) bool {
	return len(r.Events) == 0 || slices.Contains(r.Events, kind)
}
