package report

import (
	"errors"
	"time"
)

// A Search limits a list of prompts or sessions beyond its [Filter], and orders it. The
// zero value finds all, the latest first.
type Search struct {
	// ID is the beginning of the id of the prompt or the session.
	ID string
	// Session is the id of the session of prompts.
	Session string
	// Outcome is an outcome of the prompts. With a tool or a connector in the filter, it
	// is that of their calls. A session has it if one of its prompts has.
	Outcome Outcome
	// The bounds of costs in US dollars and of durations are inclusive. 0 is no bound.
	MinCost, MaxCost         float64
	MinDuration, MaxDuration time.Duration
	// Sort is the key of the order, one of [PromptSorts] or [SessionSorts]; "" is start.
	// Ascending lists the smallest first.
	Sort      string
	Ascending bool
	// After continues behind the end of a [Found].
	After string
	// Limit is the largest number of rows.
	Limit int
	// Now is the time that decides which prompts are in progress.
	Now time.Time
}

// An Outcome is how a prompt ended. A prompt that had failures and rejections has both.
type Outcome string

// The outcomes.
const (
	OutcomeOK       Outcome = "ok"       // it has none of the others
	OutcomeFailed   Outcome = "failed"   // a request failed after all retries, or a call of a tool failed
	OutcomeRejected Outcome = "rejected" // a permission was rejected
	OutcomeRefused  Outcome = "refused"  // the model refused to answer
	OutcomeOpen     Outcome = "open"     // it is in progress
)

// Outcomes are all outcomes.
var Outcomes = []Outcome{OutcomeOK, OutcomeFailed, OutcomeRejected, OutcomeRefused, OutcomeOpen}

// PromptSorts and SessionSorts are the keys of the orders.
var (
	PromptSorts = []string{
		"start", "id", "session", "user", "team", "models", "outcome", "cost", "tokens", "input", "output", "cache",
		"requests", "tools", "errors", "rejections", "duration",
	}
	SessionSorts = []string{
		"start", "id", "user", "team", "prompts", "cost", "requests", "tools", "errors", "rejections", "duration",
	}
)

// ErrAfter reports that the place to continue behind is not one of a [Found].
var ErrAfter = errors.New("after: is not the end of a list (leave it out)")

// A Found is a page of a list. Total is the number of rows of all pages, and After the end
// of this page, "" if it is the last.
type Found[T any] struct {
	Rows  []T
	Total int64
	After string
}

// idle is how long after its last event a prompt without a summary is in progress. Later,
// the summary was lost.
const idle = 15 * time.Minute

// OpenSince returns the time of the last event since which prompts without a summary are
// in progress.
func OpenSince(now time.Time) time.Time { return now.Add(-idle) }

// Outcomes returns the outcomes of a prompt at a time.
func (p Prompt) Outcomes(now time.Time) (list []Outcome) {
	for _, x := range [...]struct {
		outcome Outcome
		is      bool
	}{
		{OutcomeFailed, p.Errors+p.ToolFailures > 0},
		{OutcomeRefused, p.Refusals > 0},
		{OutcomeRejected, p.ToolRejects > 0},
		{OutcomeOpen, !p.Closed && p.Start.Add(p.Duration).After(OpenSince(now))},
	} {
		if x.is {
			list = append(list, x.outcome)
		}
	}
	if len(list) == 0 {
		return []Outcome{OutcomeOK}
	}
	return list
}
