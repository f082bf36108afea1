package alert

import "slices"

// A Rule is compiled. Any number of evaluators can use it, one at a time. It must not be
// changed.
type Rule struct {
	// Name is the name of the rule's alerts.
	Name string
	// Description, Why and Action explain to people what happened and what to do.
	Description, Why, Action string
	// Severity is info, warning or critical.
	Severity string
	// Labels are attached to every alert.
	Labels map[string]string
	// Events are the short names of the kinds of events that the rule evaluates. An empty
	// list selects all.
	Events []string
	// Expressions are the conditions, attributes and expressions that the rule reads.
	Expressions []Expression

	groupBy    []field
	message    template
	wait       int64 // how long the rule must hold before it fires
	keep       int64 // how long it fires after it last held
	forget     int64 // when a group that is absent is removed, 0 for never
	namesCause bool  // alerts carry the prompt and the trace of the event that caused them
	variants   []variant
	hash       [16]byte // of the definition
}

// An Expression is a text of a rule that reads values of events: a condition, the name of
// an attribute or a dimension, or an OTTL expression.
type Expression struct {
	// Key is the path of the text below the rule, such as sequence::steps::0.
	Key  string
	Text string
}

// evaluatesKind reports whether a rule evaluates a kind of events.
func (r *Rule) evaluatesKind(kind string) bool {
	return len(r.Events) == 0 || slices.Contains(r.Events, kind)
}
