package report

import "time"

// A Setup is the input of the setup check: the events that have arrived so far.
type Setup struct {
	// Kinds are the five core kinds, then all other kinds that have arrived.
	Kinds []Kind
	// Rejected are the reasons for which events are incomplete.
	Rejected []Count
	// Content counts content attributes by their redaction.
	Content Content
	// Services are the values of service.name.
	Services []Count
	// Unknown are the attributes that redaction does not know and whose texts it has
	// replaced, with the number of reports.
	Unknown []Count
	// Unpriced are the models of requests without a known cost.
	Unpriced []Count
	// Clocks counts the sessions whose times are in doubt.
	Clocks Clocks
	// Storage is the size of the database.
	Storage Storage
}

// A Storage is the size of a database and of its tables.
type Storage struct {
	Engine string // SQLite or PostgreSQL
	Bytes  int64
	Tables []StoredTable // the largest first
}

// A StoredTable is the size of a table. Oldest is "" for a table without times.
type StoredTable struct {
	Name   string
	Rows   int64
	Bytes  int64
	Oldest string
}

// Clocks counts sessions by what is wrong with the times of their events.
type Clocks struct {
	// Ahead and Behind are sessions whose clocks are fast or slow by more than a minute.
	Ahead, Behind int64
	// Late are sessions with events that were delivered more than a minute late.
	Late int64
	// Missing are sessions with events without a time.
	Missing int64
}

// A Problem is what another component of the collector has found.
type Problem struct {
	// What is wrong, and what to do about it.
	What, Do string
	Since    time.Time
	// Count is how often it was found since.
	Count int64
}

// A Refused is a kind of requests that a receiver refused since the start of the process.
type Refused struct {
	Receiver  string // its ID
	Transport string // http or grpc
	Status    string // such as 404 or UNAUTHENTICATED
	Count     int64
	Last      time.Time
}

// A Kind is one kind of event.
type Kind struct {
	Name string
	// Core is set for the five kinds that every prompt sends.
	Core     bool
	Events   int64
	First    time.Time
	Last     time.Time
	Versions []Version
	// Attributes are the expected attributes of the kind, with the share of its events
	// that have them, between 0 and 1.
	Attributes []Share
}

// A Version is a version of the client, and when its last event arrived.
type Version struct {
	Name   string
	Events int64
	Last   time.Time
}

// A Share is the share of events that have an attribute.
type Share struct {
	Name  string
	Share float64
}

// A Count is a name with its number of events.
type Count struct {
	Name   string
	Events int64
}

// Content counts the attributes with text of people and of the model.
type Content struct {
	// Absent are attributes that the client did not export.
	Absent int64
	// Replaced are attributes that redaction has replaced by a marker.
	Replaced int64
	// Plain are attributes with text: redaction of content is disabled.
	Plain int64
	// Findings are the markers of personal data and secrets in any attribute.
	Findings int64
}
