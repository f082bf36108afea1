package cowork

import (
	"fmt"
	"slices"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// Require is the level of what a valid event must carry.
type Require uint8

// Minimal requires session.id, event.timestamp, event.sequence and the required
// attributes of the kind. Standard requires all of [StandardAttributes] too.
const (
	Minimal Require = iota
	Standard
)

var minimalAttributes = []string{"session.id", "event.timestamp", "event.sequence"}

// A Problem is an error of an event. It names an attribute of the schema or of the
// configuration, and never holds a value.
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
	NotString    = "not a string"
	NotStrings   = "not a list of strings"
	Negative     = "negative"
	Reserved     = "reserved"   // only this collector writes it
	NotListed    = "not listed" // an organization that the configuration does not list
)

// String returns "attribute: reason".
func (p Problem) String() string { return fmt.Sprintf("%s: %s", p.Attribute, p.Reason) }

// A Validator checks events. It is safe for concurrent use.
type Validator struct {
	standard []string // required of every event that belongs to a session
	extra    []string // required of every event
}

// NewValidator returns a validator that requires a level's attributes and extra ones.
func NewValidator(level Require, extra []string) *Validator {
	v := &Validator{standard: minimalAttributes, extra: slices.Clone(extra)}
	if level == Standard {
		v.standard = StandardAttributes[:]
	}
	return v
}

// Check appends the problems of an event, in the order of the attributes, each problem
// once. It does not allocate for a valid event.
//
// The desktop app's stream and the collector's own kinds require only the extra
// attributes: neither has a session's attributes. Kinds that belong to no prompt, such
// as those of start-up, do not require prompt.id.
func (v *Validator) Check(problems []Problem, e Event) []Problem {
	first := len(problems)
	kind := e.Kind()
	if !e.Desktop() && !isOwn(e) {
		for _, name := range v.standard {
			if name == "prompt.id" && kind != nil && !kind.Prompt {
				continue
			}
			problems = requireAttribute(problems, e, name)
		}
		if kind != nil {
			for _, name := range kind.Required {
				problems = requireAttribute(problems, e, name)
			}
		}
	}
	for _, name := range v.extra {
		if !slices.Contains(problems[first:], Problem{name, Missing}) {
			problems = requireAttribute(problems, e, name)
		}
	}
	problems = checkValues(problems, e.rec.Attributes())
	if attributes, ok := bodyAttributes(e.rec); ok {
		problems = checkValues(problems, attributes)
	}
	return problems
}

func requireAttribute(problems []Problem, e Event, name string) []Problem {
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
		if attr == nil || !present(value) || key == eventName { // as in NormalizeAttributes
			continue
		}
		reason := typeProblem(attr, value)
		if reason != "" && !slices.Contains(problems[first:], Problem{attr.Name, reason}) {
			problems = append(problems, Problem{attr.Name, reason})
		}
	}
	return problems
}

// typeProblem returns the reason why a value violates the schema, "" if it does not.
func typeProblem(attr *Attribute, v pcommon.Value) string {
	rule := &typeRules[attr.Type]
	if !rule.reads(attr, v) {
		return rule.reason
	}
	if rule.number && attr.Class == Measure && attr.Name != clockSkew {
		if f, _ := asFloat(v); f < 0 {
			return Negative
		}
	}
	return ""
}
