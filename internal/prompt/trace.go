package prompt

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
)

// A Trace is what one part of a prompt adds up to. Parts are additive: summed by
// prompt and session they are the prompt.
type Trace struct {
	// ID is the prompt's trace, and PromptID and SessionID name it as its records do.
	ID                  pcommon.TraceID
	PromptID, SessionID string
	// Previous is the prompt.id of the prompt before it in its session, "" where
	// none is known.
	Previous string
	// Part is 0, and 1, 2, … for events that came after the prompt had been closed.
	Part int
	// Reason says why the part ended.
	Reason Reason
	// Complete is whether the user_prompt was seen, in this part or before.
	Complete bool
	// Start and End are the times of the first event and the last, by the client's
	// clock.
	Start, End pcommon.Timestamp
	// Sums are what its events add up to.
	Sums Counts
	// Models answered, Tools ran, Connectors, Skills and Subagents were used. Each is
	// in alphabetical order.
	Models, Tools, Connectors, Skills, Subagents []string

	origin *origin
	names  []name
	key    key
	kept   bool // is in the storage
	saved  bool // is in the storage as it is here
}

// total returns what a prompt adds up to.
func (e *entry) total(reason Reason) Trace {
	return Trace{
		ID: e.trace, PromptID: e.promptID, SessionID: e.sessionID, Previous: e.previous,
		Part: int(e.part), Reason: reason, Complete: e.complete,
		Start: e.start, End: e.end, Sums: e.sums,
		Models: namesOf(e.names, models), Tools: namesOf(e.names, tools), Connectors: namesOf(e.names, connectors),
		Skills: namesOf(e.names, skills), Subagents: namesOf(e.names, subagents),
		origin: e.origin, names: e.names, key: e.key, kept: e.kept,
	}
}

// Bytes returns about how much text the part holds for itself alone.
func (t Trace) Bytes() int {
	n := len(t.PromptID) + len(t.SessionID) + len(t.Previous)
	for _, name := range t.names {
		n += len(name.text.Value())
	}
	return n
}

// CostUSD returns what the part cost, by the client's estimates.
func (t Trace) CostUSD() float64 { return float64(t.Sums[CostMicros]) / 1e6 }
