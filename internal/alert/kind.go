package alert

import (
	"iter"
	"reflect"
	"slices"
)

// A Kind describes a kind of rules: its keys, its documentation and how it is compiled.
//
// To add a kind, write a file kind_<key>.go with its Kind, its settings and its
// aggregator, add the Kind to the list of kinds, and add its settings to [Spec].
// TestKindsAreComplete fails while a part is missing.
type Kind struct {
	// Key is the key of a rule that selects the kind. It is empty for the kind of a rule
	// that has none of these keys.
	Key string
	// Example is a value of Key, in YAML.
	Example string
	// Fires completes the sentence "The rule fires when …" in the documentation.
	Fires string
	// Keys are the keys below Key. A kind without them has a single value.
	Keys []Key

	window           bool // the rule has a window
	moment           bool // the rule holds at an event only, and fires for resolve_after
	eventless        bool // the rule can start to fire without an event
	byArrival        bool // events count by the time of their arrival
	percent          bool // the value is a share, which messages contain in per cent
	usesResolveAfter bool // although it is not a moment

	compile func(*ruleCompiler) []variant
}

// A Key describes a key of a kind.
type Key struct {
	// Name is the key.
	Name string
	// Value names the type of the value.
	Value string
	// Doc describes the key in a phrase.
	Doc string
	// Default is the value of a key that is not set, "" if the kind has none.
	Default string
	// Missing is the reason why the key must be set. It is empty if the key is optional
	// or checked by the compiler of the kind.
	Missing string
}

// The types of values. The first four read values of events: the compiler of a kind
// passes each of them through the ruleCompiler, which records it for Spec.Expressions.
const (
	typeCondition  = "condition"
	typeName       = "attribute"
	typeAttribute  = "attribute or expression"
	typeExpression = "expression"

	typeNumber   = "number"
	typeDuration = "duration"
	typeText     = "text"
	typeList     = "list"
	typeBoolean  = "boolean"
)

// kinds are all kinds of rules except eachKind, which has no key.
var kinds = []*Kind{
	&countKind,
	&ratioKind,
	&sumKind,
	&budgetKind,
	&distinctKind,
	&absentKind,
	&peersKind,
	&spikeKind,
	&newTermKind,
	&scheduleKind,
	&listKind,
	&sequenceKind,
}

// Kinds iterates over all kinds of rules in the order of the documentation.
func Kinds() iter.Seq[*Kind] {
	return func(yield func(*Kind) bool) {
		for _, k := range slices.Concat([]*Kind{&eachKind}, kinds) {
			if !yield(k) {
				return
			}
		}
	}
}

// settings returns the field of a spec that has the settings of the kind. It is invalid
// if the spec has no such field.
func (k *Kind) settings(s *Spec) reflect.Value {
	value := reflect.ValueOf(s).Elem()
	for i := range value.NumField() {
		if value.Type().Field(i).Tag.Get("mapstructure") == k.Key {
			return value.Field(i)
		}
	}
	return reflect.Value{}
}

// HasWindow reports whether a rule of the kind has a window.
func (k *Kind) HasWindow() bool { return k.window }

// IsSet reports whether a rule has the key of the kind.
func (k *Kind) IsSet(s *Spec) bool {
	settings := k.settings(s)
	return settings.IsValid() && !settings.IsZero()
}

// thresholdKey returns the key above of a kind that requires it.
func thresholdKey(doc string) Key {
	return Key{Name: "above", Value: typeNumber, Doc: doc, Missing: "how much is too much"}
}

// amountKeys returns the keys of an [Amount].
func amountKeys(otherwise string) []Key {
	return []Key{
		{Name: "attribute", Value: typeName, Doc: "the number that is added up" + otherwise},
		{Name: "value", Value: typeExpression, Doc: "an expression for the number, instead of `attribute`"},
	}
}
