package report

import "time"

// A Setup is what has come so far, for checking that all comes that should.
type Setup struct {
	// Kinds are the five core kinds, seen or not, then all others that were seen.
	Kinds []Kind
	// Rejected are the reasons for which events were found incomplete, and how often.
	Rejected []Count
	// Content is how often content came, by what became of it.
	Content Content
	// Services are the service names that sent.
	Services []Count
}

// A Kind is one kind of event and what is known of its coming.
type Kind struct {
	Name string
	// Core says that it is one of the five that every prompt sends.
	Core     bool
	Events   int64
	First    time.Time
	Last     time.Time
	Versions []Version
	// Attributes are those that the kind should have, with the share of its events
	// that have them, between 0 and 1.
	Attributes []Share
}

// A Version is one of the client, and when it was last seen.
type Version struct {
	Name   string
	Events int64
	Last   time.Time
}

// A Share is how much of something has an attribute.
type Share struct {
	Name  string
	Share float64
}

// A Count is how often something was seen.
type Count struct {
	Name   string
	Events int64
}

// Content counts the attributes that hold what people and the model write.
type Content struct {
	// Absent came without: the client does not export it.
	Absent int64
	// Replaced came as the marker that redaction leaves.
	Replaced int64
	// Plain came as text: redaction of content is off.
	Plain int64
	// Findings are the markers of personal data and secrets seen in any attribute.
	Findings int64
}
