package report

import "time"

// A Setup is the input of the setup check: the events that have arrived so far.
type Setup struct {
	// Kinds are the five core kinds, then all other kinds that have arrived.
	Kinds []Kind `json:"kinds"`
	// Rejected are the reasons for which events are incomplete.
	Rejected []Count `json:"rejected"`
	// Content counts content attributes by their redaction.
	Content Content `json:"content"`
	// Services are the values of service.name.
	Services []Count `json:"services"`
	// Unknown are the attributes that redaction does not know and whose texts it has
	// replaced, with the number of reports.
	Unknown []Count `json:"unknown_attributes"`
	// Unpriced are the models of requests without a known cost.
	Unpriced []Count `json:"unpriced_models"`
	// Clocks counts the sessions whose times are in doubt.
	Clocks Clocks `json:"clocks"`
	// Storage is the size of the database.
	Storage Storage `json:"storage"`
}

// A Storage is the size of a database and of its tables.
type Storage struct {
	Engine string        `json:"engine"` // SQLite or PostgreSQL
	Bytes  int64         `json:"bytes"`
	Tables []StoredTable `json:"tables"` // the largest first
}

// A StoredTable is the size of a table. Oldest is "" for a table without times.
type StoredTable struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	Oldest string `json:"oldest"`
}

// Clocks counts sessions by what is wrong with the times of their events.
type Clocks struct {
	// Ahead and Behind are sessions whose clocks are fast or slow by more than a minute.
	Ahead  int64 `json:"ahead"`
	Behind int64 `json:"behind"`
	// Late are sessions with events that were delivered more than a minute late.
	Late int64 `json:"late"`
	// Missing are sessions with events without a time.
	Missing int64 `json:"missing"`
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
	Receiver  string    `json:"receiver"`  // its ID
	Transport string    `json:"transport"` // http or grpc
	Status    string    `json:"status"`    // such as 404 or UNAUTHENTICATED
	Count     int64     `json:"requests"`
	Last      time.Time `json:"last"`
}

// A Kind is one kind of event.
type Kind struct {
	Name string `json:"name"`
	// Core is set for the five kinds that every prompt sends.
	Core     bool      `json:"core"`
	Events   int64     `json:"events"`
	First    time.Time `json:"first,omitzero"`
	Last     time.Time `json:"last,omitzero"`
	Versions []Version `json:"versions"`
	// Attributes are the expected attributes of the kind, with the share of its events
	// that have them, between 0 and 1.
	Attributes []Share `json:"attributes"`
}

// A Version is a version of the client, and when its last event arrived.
type Version struct {
	Name   string    `json:"name"`
	Events int64     `json:"events"`
	Last   time.Time `json:"last,omitzero"`
}

// A Share is the share of events that have an attribute.
type Share struct {
	Name  string  `json:"name"`
	Share float64 `json:"share"`
}

// A Count is a name with its number of events.
type Count struct {
	Name   string `json:"name"`
	Events int64  `json:"events"`
}

// Content counts the attributes with text of people and of the model.
type Content struct {
	// Absent are attributes that the client did not export.
	Absent int64 `json:"absent"`
	// Replaced are attributes that redaction has replaced by a marker.
	Replaced int64 `json:"replaced"`
	// Plain are attributes with text: redaction of content is disabled.
	Plain int64 `json:"plain"`
	// Findings are the markers of personal data and secrets in any attribute.
	Findings int64 `json:"findings"`
}

// A Server is an address where a receiver of this collector accepts logs by OTLP.
type Server struct {
	Receiver  string `json:"receiver"`       // its ID
	Transport string `json:"transport"`      // http or grpc
	Address   string `json:"address"`        // host and port, as configured
	Path      string `json:"path,omitempty"` // in front of /v1/logs
	TLS       bool   `json:"tls"`
	Auth      bool   `json:"auth"`
}
