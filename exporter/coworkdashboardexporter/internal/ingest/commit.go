package ingest

import "time"

// A commit writes a batch in one transaction. It is made again for each attempt.
type commit struct {
	in    *Ingest
	set   Settings
	batch *batch
	// events are those that no collector has committed before.
	events []*event
	now    time.Time // the arrival of the batch
	stats  Stats     // added when the commit has succeeded
}

// id returns the id of a name in the database.
func (c *commit) id(r nameRef) int64 { return int64(r) }

// countSession counts a new session with the time and the names of its first event.
func (c *commit) countSession(e *event) {}
