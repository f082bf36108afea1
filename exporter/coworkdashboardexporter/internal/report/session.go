package report

import "time"

// A Session is a session with the sums of its events.
type Session struct {
	ID           string        `json:"id"`
	User         string        `json:"user"`
	Team         string        `json:"team"`
	Organization string        `json:"organization"`
	Start        time.Time     `json:"start"`
	Duration     time.Duration `json:"-"` // from the first to the last event
	Events       int64         `json:"events"`
	Prompts      int64         `json:"prompts"` // that people typed
	CostUSD      float64       `json:"-"`
	Unpriced     int64         `json:"unpriced_requests"` // requests without a known cost
	Requests     int64         `json:"requests"`
	Errors       int64         `json:"errors"`
	Refusals     int64         `json:"refusals"`
	Tools        int64         `json:"tools"`
	ToolFailures int64         `json:"tool_failures"`
	ToolRejects  int64         `json:"tool_rejects"`
}

// A Timeline is a session with its prompts in the order of their starts.
type Timeline struct {
	Session
	Prompts []Prompt
	// Cut is how many further prompts there are.
	Cut int64
	// Modes are the permission modes of the prompts.
	Modes []string
	// Alerts are the alerts of the session, and those of its user meanwhile.
	Alerts []Alert
}
