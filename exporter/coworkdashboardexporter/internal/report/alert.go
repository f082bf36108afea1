package report

import (
	"context"
	"time"
)

// An Alert is the latest state of an alert. Its texts are made of redacted attributes.
type Alert struct {
	Fingerprint string `json:"fingerprint"`
	Name        string `json:"name"` // of the rule
	Severity    string `json:"severity"`
	Status      string `json:"status"` // firing or resolved
	Group       string `json:"group"`  // such as: connector crm
	Message     string `json:"message"`
	Why         string `json:"why"`
	Advice      string `json:"advice"`
	Measured    string `json:"measured"` // value and threshold in words
	// Tags are the techniques that the rule detects, such as attack.t1059.004.
	Tags []string `json:"tags"`
	// User, Model, Tool and Connector are those of the group, "" for none.
	User      string `json:"user"`
	Model     string `json:"model"`
	Tool      string `json:"tool"`
	Connector string `json:"connector"`
	// Prompt is the prompt that caused the alert, Session its session, "" for none.
	Prompt  string `json:"prompt"`
	Session string `json:"session"`
	// Event is the id of the event that caused it, as [Step] has it, "" for none.
	Event string `json:"event"`
	// Start is when the alert began to fire, End when it was resolved, Last its latest
	// notification. They are zero if unknown.
	Start         time.Time     `json:"start"`
	End           time.Time     `json:"end"`
	Last          time.Time     `json:"last"`
	Notifications int64         `json:"notifications"`
	Changes       []AlertChange `json:"changes"` // the latest, newest first
}

// An AlertChange is a notification of an alert.
type AlertChange struct {
	At      time.Time `json:"at"`
	Status  string    `json:"status"`
	Message string    `json:"message"`
	Prompt  string    `json:"prompt"`
	Event   string    `json:"event"`
}

// Silences are the silences of an Alertmanager. They are safe for concurrent use. Errors
// that are a [SilenceError] can be shown.
type Silences interface {
	// State returns the silences, and which alerts they suppress.
	State(context.Context) (SilenceState, error)
	// Create creates a silence, and returns its id.
	Create(context.Context, Silence) (string, error)
	// Expire ends a silence.
	Expire(ctx context.Context, id string) error
}

// A SilenceState is the state of an Alertmanager.
type SilenceState struct {
	// Silences are those that are active or pending, the one that ends first first.
	Silences []Silence
	// Cut is how many further silences there are.
	Cut int
	// By are the ids of the silences of an alert, by its label fingerprint.
	By map[string][]string
}

// A Silence suppresses the notifications of the alerts that all matchers match.
type Silence struct {
	ID         string
	Who, Why   string
	Matchers   []Matcher
	Start, End time.Time
	Pending    bool // it has not begun
}

// A Matcher matches the value of a label.
type Matcher struct {
	Name, Value string
	// Operator is =, !=, =~ or !~.
	Operator string
}

// A SilenceError is why a request to an Alertmanager failed, without any data.
type SilenceError string

func (e SilenceError) Error() string { return string(e) }
