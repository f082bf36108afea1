package report

import (
	"context"
	"time"
)

// A Source answers the queries of the page. It is safe for concurrent use, and each
// answer is a consistent snapshot.
type Source interface {
	// Supports reports whether the data of a panel has all names that a filter limits.
	Supports(Panel, Filter) bool
	// Answer returns the answer to a panel that supports the filter. It has at most limit
	// rows, or as many as the panel shows if limit is 0.
	Answer(ctx context.Context, p Panel, f Filter, limit int) (Table, error)
	// Choices returns the names that a filter can be set to, the most frequent first.
	Choices(context.Context, Filter) (Choices, error)
	// Prompts and Sessions return a page of the prompts that started in the time range, or
	// of the sessions that had events in it, within a filter and a search, or [ErrAfter].
	Prompts(context.Context, Filter, Search) (Found[Prompt], error)
	Sessions(context.Context, Filter, Search) (Found[Session], error)
	// Session returns one session with its prompts, or [ErrNotFound].
	Session(ctx context.Context, id string) (Timeline, error)
	// Prompt returns one prompt with its steps in the order of their starts, or
	// [ErrNotFound].
	Prompt(ctx context.Context, id string) (Prompt, []Step, error)
	// Alerts returns at most limit alerts that fire or were notified in the time range, the
	// firing ones first, and how many further ones there are.
	Alerts(ctx context.Context, f Filter, limit int) ([]Alert, int, error)
	// Alert returns one alert without its changes, or [ErrNotFound].
	Alert(ctx context.Context, fingerprint string) (Alert, error)
	// Setup returns the input of the setup check.
	Setup(context.Context) (Setup, error)
	// State returns the state of the source.
	State() State
}

// Choices are the names that a filter can be set to. Each list is bounded.
type Choices struct {
	Organizations []string
	Teams         []string
	Users         []string
	Models        []string
	Tools         []string
	Connectors    []string
}

// A State is the state of a source.
type State struct {
	// Version increases with each committed batch, so that a page can detect new figures.
	Version int64
	// Latest is the time of the newest event, zero if there is none.
	Latest time.Time
	// Problem is a sentence, without any data, on why figures may be missing or old. It
	// is "" if there is no problem.
	Problem string
	// Lost is how many events the store had no room for.
	Lost int64
}
