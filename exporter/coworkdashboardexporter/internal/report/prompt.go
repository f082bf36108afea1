package report

import (
	"errors"
	"time"
)

// ErrNotFound reports that a prompt is not stored.
var ErrNotFound = errors.New("the prompt is not stored")

// A Prompt is the summary of one prompt, or the sums of its events before the summary
// has arrived.
type Prompt struct {
	ID           string
	Session      string
	User         string
	Organization string
	Start        time.Time
	Duration     time.Duration
	CostUSD      float64
	InputTokens  int64 // without the cache
	OutputTokens int64
	CacheRead    int64 // tokens
	CacheCreated int64 // tokens
	Unpriced     int64 // requests without a known cost
	Requests     int64
	Errors       int64
	Tools        int64
	ToolFailures int64
	ToolRejects  int64
	Models       []string
	// Closed is set if the summary has arrived.
	Closed bool
	// Cut is how many of its steps are not stored.
	Cut int64
}

// A Step is one event of a prompt, without content.
type Step struct {
	// Start is the time of the event less its duration.
	Start    time.Time
	Duration time.Duration
	// Kind is the kind of the event, Name its model or tool.
	Kind string
	Name string
	// Depth is the level of indentation, 0 for steps of the prompt itself.
	Depth int
	// Failed is set if the step failed. Why is a status, a class of error or a decision,
	// never a message.
	Failed bool
	Why    string
	// Details are further attributes, in the order in which they are shown.
	Details []Detail
}

// A Detail is an attribute that may be shown.
type Detail struct {
	Name  string
	Value string
}
