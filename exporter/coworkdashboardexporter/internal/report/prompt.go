package report

import (
	"errors"
	"time"
)

// ErrNotFound says that a prompt is not among those that are kept.
var ErrNotFound = errors.New("no such prompt is kept")

// A Prompt is what one prompt did, as far as is known: its summary where that has
// come, else the sums of its events so far.
type Prompt struct {
	ID           string
	Session      string
	User         string
	Organization string
	Start        time.Time
	Duration     time.Duration
	CostUSD      float64
	InputTokens  int64
	OutputTokens int64
	Requests     int64
	Errors       int64
	Tools        int64
	ToolFailures int64
	ToolRejects  int64
	Models       []string
	// Closed says that the prompt's summary has come.
	Closed bool
	// Cut is how many of its steps are not kept.
	Cut int64
}

// A Step is one thing that a prompt did: an event, without any content.
type Step struct {
	// Start is when it began: the event's time less its duration.
	Start    time.Time
	Duration time.Duration
	// Kind is the kind of its event, Name what it is called: a model, a tool.
	Kind string
	Name string
	// Depth is how far the step is indented: 0 for what the prompt itself did.
	Depth int
	// Failed says that it failed, and Why with what: a status, a class of error, a
	// decision, never a message.
	Failed bool
	Why    string
	// Facts are what else is known, in the order to be told.
	Facts []Fact
}

// A Fact is an attribute that may be shown.
type Fact struct {
	Name  string
	Value string
}
