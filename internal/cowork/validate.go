package cowork

import (
	"fmt"
	"slices"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// Require says how much an event must carry to be valid.
type Require uint8

// Minimal demands what places an event in its session, and what its kind cannot
// be understood without. Standard demands all of [StandardAttributes] besides.
const (
	Minimal Require = iota
	Standard
)

var minimalAttributes = []string{"session.id", "event.timestamp", "event.sequence"}

// A Problem is one thing that is wrong with an event. It names an attribute that
// the schema or the configuration knows, and never holds a value.
type Problem struct {
	Attribute string
	Reason    string // one of the constants below
}

// The reasons.
const (
	Missing      = "missing"
	NotInt       = "not an int"
	NotNumber    = "not a number"
	NotBoolean   = "not a boolean"
	NotTimestamp = "not a timestamp"
	Negative     = "negative"
)

// String returns "attribute: reason".
func (p Problem) String() string { return fmt.Sprintf("%s: %s", p.Attribute, p.Reason) }

// A Validator checks events. It is safe for concurrent use.
type Validator struct {
	standard []string // demanded of every event that belongs to a session
	extra    []string // demanded of every event
}

// NewValidator returns a validator that demands a level's attributes and more.
func NewValidator(level Require, extra []string) *Validator {
	v := &Validator{standard: minimalAttributes, extra: slices.Clone(extra)}
	if level == Standard {
		v.standard = StandardAttributes[:]
	}
	return v
}

// Check appends what is wrong with an event to problems, in the order of the
// attributes, each problem once. It allocates nothing where nothing is wrong.
//
// Of the desktop app's stream and of our own kinds only the extra attributes are
// demanded: neither has a session's attributes. prompt.id is not demanded of kinds
// that belong to no prompt, such as those of start-up.
func (v *Validator) Check(problems []Problem, e Event) []Problem {
	first := len(problems)
	kind := e.Kind()
	if !e.Desktop() && !e.own() {
		for _, name := range v.standard {
			if name == "prompt.id" && kind != nil && !kind.Prompt {
				continue
			}
			problems = demand(problems, e, name)
		}
		if kind != nil {
			for _, name := range kind.Required {
				problems = demand(problems, e, name)
			}
		}
	}
	for _, name := range v.extra {
		if !slices.Contains(problems[first:], Problem{name, Missing}) {
			problems = demand(problems, e, name)
		}
	}
	problems = checkValues(problems, e.rec.Attributes())
	if attributes, ok := e.bodyAttributes(); ok {
		problems = checkValues(problems, attributes)
	}
	return problems
}

func demand(problems []Problem, e Event, name string) []Problem {
	if _, ok := e.Value(name); ok {
		return problems
	}
	return append(problems, Problem{name, Missing})
}

// checkValues checks attributes against their types.
func checkValues(problems []Problem, attributes pcommon.Map) []Problem {
	first := len(problems)
	for key, value := range attributes.All() {
		attr := AttributeOf(key)
		if attr == nil || !present(value) {
			continue
		}
		reason := wrong(attr, value)
		if reason != "" && !slices.Contains(problems[first:], Problem{attr.Name, reason}) {
			problems = append(problems, Problem{attr.Name, reason})
		}
	}
	return problems
}

// wrong returns the reason why a value is not what the schema says, "" if it is.
func wrong(attr *Attribute, v pcommon.Value) string {
	switch attr.Type {
	case Int:
		n, ok := asInt(v)
		if !ok {
			return NotInt
		}
		return negative(attr, float64(n))
	case Double:
		f, ok := asFloat(v)
		if !ok {
			return NotNumber
		}
		return negative(attr, f)
	case Bool:
		if _, ok := asBool(v); !ok {
			return NotBoolean
		}
	case Timestamp:
		if _, ok := parseTime(v.Str()); !ok {
			return NotTimestamp
		}
	}
	return ""
}

func negative(attr *Attribute, f float64) string {
	if attr.Class == Measure && f < 0 {
		return Negative
	}
	return ""
}
