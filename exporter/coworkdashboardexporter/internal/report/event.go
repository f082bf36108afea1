package report

import "time"

// An Event is one of the latest records, as it reached the exporter.
type Event struct {
	// Sequence increases with each record, also across restarts.
	Sequence int64
	Arrived  time.Time
	// Time is the time of the event, zero if the record has none.
	Time time.Time
	// Kind, User, Session and Prompt are "" if the record lacks them.
	Kind, User, Session, Prompt string
	// Attributes are those of the record.
	Attributes []Detail
	// Record is the complete record as JSON.
	Record []byte
	// Hidden is the number of texts that are not shown, since the record may not have
	// passed redaction.
	Hidden int
	// Cut is set if the record was too large to be kept completely.
	Cut bool
}

// An EventFilter selects events. Empty fields select all.
type EventFilter struct {
	Kind, User, Session, Prompt string
	Attribute                   AttributeMatch
	// After and Until limit the sequence, 0 for no limit. After is excluded.
	After, Until int64
	// Limit is the largest number of events.
	Limit int
}

// An AttributeMatch selects the events with an attribute of the record or its resource.
// The zero value selects all.
type AttributeMatch struct {
	Key string
	// Value is the text that the attribute has, or contains, ignoring case. "" with
	// Contains matches any text.
	Value    string
	Contains bool
}

// An EventPage is the result of an EventFilter.
type EventPage struct {
	// Events are the newest first.
	Events []Event
	// Matching is the number of events that match, without Limit.
	Matching int
	// Newer is the number of events after Until that match otherwise.
	Newer int
	// Kept is the number of events in memory, Most their limit.
	Kept, Most int
	// Last is the sequence of the newest event in memory, 0 if there is none. Oldest is
	// when the first one arrived.
	Last   int64
	Oldest time.Time
	// Kinds are the kinds in memory.
	Kinds []string
	// Unredacted is set if the configuration does not redact the records before they
	// reach the exporter.
	Unredacted bool
}

// Events are the latest records in memory. They are safe for concurrent use.
type Events interface {
	// Read returns the latest records that a filter selects.
	Read(EventFilter) EventPage
	// Last returns the sequence of the newest record.
	Last() int64
}
