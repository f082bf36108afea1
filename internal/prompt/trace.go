package prompt

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Trace holds the sums of one part of a prompt. Parts are additive: summed by prompt
// and session they are the prompt.
type Trace struct {
	// ID is the prompt's trace id. PromptID and SessionID are copied from its records.
	ID                  pcommon.TraceID
	PromptID, SessionID string
	// Previous is the prompt.id of the prompt before it in its session, "" if there is
	// none.
	Previous string
	// Part is 0 for the first part, and 1, 2, … for events that arrived after the
	// prompt was closed.
	Part int
	// Reason is why the part ended.
	Reason Reason
	// Complete reports whether the user_prompt arrived, in this part or an earlier one.
	Complete bool
	// Origin is what started the prompt, "" while no user_prompt with an origin arrived.
	Origin cowork.Origin
	// Start and End are the times of the first event and the last one, by the client's
	// clock.
	Start, End pcommon.Timestamp
	// Sums are the sums over its events.
	Sums Counts
	// Models are those that answered, Tools those that ran. Connectors, Skills and
	// Subagents are those that were used. Each list is in alphabetical order.
	Models, Tools, Connectors, Skills, Subagents []string

	sender *sender
	names  []name
	key    key
	kept   bool // is in the storage
	saved  bool // is in the storage in its final state
}

// Bytes returns the approximate size of the text that the part does not share.
func (t Trace) Bytes() int {
	n := len(t.PromptID) + len(t.SessionID) + len(t.Previous)
	for _, name := range t.names {
		n += len(name.text.Value())
	}
	return n
}

// CostUSD returns the cost of the part, by the client's estimates.
func (t Trace) CostUSD() float64 { return float64(t.Sums[CostMicros]) / 1e6 }
