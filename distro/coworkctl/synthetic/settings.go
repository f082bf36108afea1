package synthetic

import (
	"errors"
	"fmt"
	"time"
)

// Settings say which fleet to tell of, and for how long.
type Settings struct {
	// Seed chooses the people, their machines and their habits, and with Start
	// everything that they do.
	Seed uint64
	// Seats is the number of people. At least 1.
	Seats int
	// Start is when the story begins. Nothing is stamped earlier.
	Start time.Time
	// Every spaces the prompts of the whole fleet evenly, day and night. Zero
	// keeps office hours instead: each seat by its habit, no weekends.
	Every time.Duration
	// Prompts ends the story after so many prompts. Zero does not.
	Prompts int
	// Until ends the story before the first prompt that would begin at that
	// time or later. The zero time does not.
	Until time.Time
	// Present is when a demonstration is looked at. Up to then the story is a month
	// in which things happen (plot.go), told with fewer prompts than real; from then
	// on prompts begin at an even pace. The zero time is everyday work.
	Present time.Time
	// Content says what the admin lets the clients export.
	Content Content
	// Metrics adds the data points of the clients' own meters.
	Metrics bool
	// Traces turns the traces beta on: records carry trace ids, and spans come
	// with them.
	Traces bool
}

// Content says which free text the clients export. The zero value is metadata
// only; [DefaultContent] is what first-party Cowork does when nobody decides.
type Content struct {
	// Prompts exports what people typed.
	Prompts bool
	// Responses exports what the model answered.
	Responses bool
	// ToolDetails exports tool parameters and inputs, error texts and the names
	// of connectors, skills and commands.
	ToolDetails bool
	// RawBodies exports each API request body whole.
	RawBodies bool
}

// DefaultContent is what a first-party Cowork client exports when its device
// key otlpContentCapture is not set: everything but raw API bodies.
var DefaultContent = Content{Prompts: true, Responses: true, ToolDetails: true}

// Validate reports everything that is wrong with the settings.
func (s Settings) Validate() error {
	var errs []error
	if s.Seats < 1 {
		errs = append(errs, fmt.Errorf("seats: must be at least 1, is %d", s.Seats))
	}
	if s.Start.IsZero() {
		errs = append(errs, errors.New("start: must be set"))
	}
	if s.Every < 0 {
		errs = append(errs, fmt.Errorf("every: must not be negative, is %v", s.Every))
	}
	if s.Prompts < 0 {
		errs = append(errs, fmt.Errorf("prompts: must not be negative, is %d", s.Prompts))
	}
	if !s.Present.IsZero() && s.Every > 0 {
		errs = append(errs, errors.New("present: has its own pace: every must be 0"))
	}
	if !s.Present.IsZero() && s.Present.Before(s.Start) {
		errs = append(errs, errors.New("present: must not be before start"))
	}
	return errors.Join(errs...)
}
