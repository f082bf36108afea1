package report

import (
	"errors"
	"time"
)

// ErrNotFound reports that a prompt or a session is not stored.
var ErrNotFound = errors.New("the prompt or the session is not stored")

// A Prompt is the summary of one prompt, or the sums of its events before the summary
// has arrived.
type Prompt struct {
	ID           string        `json:"id"`
	Session      string        `json:"session"`
	User         string        `json:"user"`
	Team         string        `json:"team"`
	Organization string        `json:"organization"`
	Start        time.Time     `json:"start"`
	Duration     time.Duration `json:"-"`
	CostUSD      float64       `json:"-"`
	InputTokens  int64         `json:"input_tokens"` // without the cache
	OutputTokens int64         `json:"output_tokens"`
	CacheRead    int64         `json:"cache_read_tokens"`     // tokens
	CacheCreated int64         `json:"cache_creation_tokens"` // tokens
	Unpriced     int64         `json:"unpriced_requests"`     // requests without a known cost
	Requests     int64         `json:"requests"`
	Errors       int64         `json:"errors"`
	Refusals     int64         `json:"refusals"`
	Tools        int64         `json:"tools"`
	ToolFailures int64         `json:"tool_failures"`
	ToolRejects  int64         `json:"tool_rejects"`
	Models       []string      `json:"models"`
	Modes        []string      `json:"permission_modes"`
	// Closed is set if the summary has arrived.
	Closed bool `json:"closed"`
	// Cut is how many of its steps are not stored.
	Cut int64 `json:"steps_not_kept"`
	// ContentsCut is how many contents of its steps exceeded a limit, ContentsRefused how
	// many were not redacted. They are not stored.
	ContentsCut     int64 `json:"contents_not_kept"`
	ContentsRefused int64 `json:"contents_not_redacted"`
}

// A Step is one event of a prompt.
type Step struct {
	// ID names the step and Parent the step that caused it, as package prompt does. They
	// are "" if the event has no such id.
	ID, Parent string
	// Event is the id of the event.
	Event string
	// Start is the time of the event less its duration.
	Start    time.Time
	Duration time.Duration
	// Kind is the kind of the event, Name its model or tool.
	Kind string
	Name string
	// Failed is set if the step failed. Why is a status, a class of error or a decision,
	// never a message.
	Failed bool
	Why    string
	// Details are further attributes, in the order in which they are shown.
	Details []Detail
	// Contents are its texts, as redaction left them.
	Contents []StepContent
}

// A StepContent is a text of a step: an attribute of the class content.
type StepContent struct {
	Name string
	Text string
	// Missing is how many bytes of the text are not stored.
	Missing int64
}

// A Detail is an attribute that may be shown.
type Detail struct {
	Name  string
	Value string
}

// Detail returns the value of a detail, "" if the step does not have it.
func (s *Step) Detail(name string) string {
	for _, d := range s.Details {
		if d.Name == name {
			return d.Value
		}
	}
	return ""
}
