package alert

import "github.com/cowork-otel/collector/internal/cowork"

// A Language compiles what rules are written in, for the rule of a name.
type Language func(rule string) Compiler

// A Compiler compiles for one rule. What it returns must be safe to call with any
// event, and is called by one goroutine at a time.
type Compiler interface {
	// Condition compiles what says whether an event is meant.
	Condition(text string) (func(cowork.Event) bool, error)
	// Text compiles an expression for text. It is false where an event has none.
	Text(text string) (func(cowork.Event) (string, bool), error)
	// Number compiles an expression for a number. It is false where an event has none.
	Number(text string) (func(cowork.Event) (float64, bool), error)
	// Shown says why the value of an expression must not be shown to people, nil if
	// it may.
	Shown(text string) error
}
