package synthetic

import (
	"errors"
	"fmt"
	"time"
)

// Settings define the generated telemetry.
type Settings struct {
	// Seed selects the users, their machines and usage profiles, and with Start
	// their behavior.
	Seed uint64
	// Seats is the number of users, at least 1.
	Seats int
	// Start is the earliest time of all telemetry.
	Start time.Time
	// Every is the interval between two prompts of all seats together. Zero means
	// office hours: prompts by usage profile, none on weekends.
	Every time.Duration
	// Prompts is the maximum number of prompts. Zero is unlimited.
	Prompts int
	// Until is the time before which all prompts start. The zero time is unlimited.
	Until time.Time
	// Present is when a demonstration is viewed. Before it there are incidents
	// (scenario.go) and fewer prompts than real. From then on prompts start at an
	// even pace. The zero time means no demonstration.
	Present time.Time
	// Content is the content that the clients export.
	Content Content
	// Metrics enables the clients' own metrics.
	Metrics bool
	// Traces enables the traces beta: records carry trace ids, and spans are
	// exported.
	Traces bool
}

// Content is the free text that clients export. The zero value is metadata only;
// [DefaultContent] is the default of first-party Cowork.
type Content struct {
	// Prompts exports the text of prompts.
	Prompts bool
	// Responses exports the text of responses.
	Responses bool
	// ToolDetails exports tool parameters and inputs, error texts and the names
	// of connectors, skills and commands.
	ToolDetails bool
	// RawBodies exports API request bodies.
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
		errs = append(errs, errors.New("present: every must be 0 in a demonstration"))
	}
	if !s.Present.IsZero() && s.Present.Before(s.Start) {
		errs = append(errs, errors.New("present: must not be before start"))
	}
	return errors.Join(errs...)
}
