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
