package report

import (
	"context"
	"time"
)

// A Source answers what the page asks. It is safe for concurrent use, and each answer
// is of one moment.
type Source interface {
	// Answer returns a panel's answer.
	Answer(context.Context, Panel, Filter) (Table, error)
	// Choices returns what a filter can be set to, the most used first.
	Choices(context.Context, Filter) (Choices, error)
	// Prompts returns the latest prompts within a filter, those before a time, the
	// latest first, at most limit.
	Prompts(ctx context.Context, f Filter, before time.Time, limit int) ([]Prompt, error)
	// Prompt returns one prompt with its steps in the order of their starts, or
	// [ErrNotFound].
	Prompt(ctx context.Context, id string) (Prompt, []Step, error)
	// Setup returns what has come so far.
	Setup(context.Context) (Setup, error)
	// State says how the source is.
	State() State
}

// Choices are the names that a filter can be set to. Each list is bounded.
type Choices struct {
	Organizations []string
	Users         []string
	Models        []string
}

// A State says how a source is.
type State struct {
	// Version grows with every batch that is committed, so that a page knows when to
	// ask again.
	Version int64
	// Latest is the time of the newest event, zero if there is none.
	Latest time.Time
	// Problem says, in a sentence and without any data, why figures may be missing or
	// old. "" says that all is well.
	Problem string
	// Lost is how many events are not in the figures since the store could not take them.
	Lost int64
}
