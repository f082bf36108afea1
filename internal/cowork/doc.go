// Package cowork is the vocabulary of Claude Cowork's telemetry: what an event
// is called, what it carries and how its values are read.
//
// # Reading
//
// An [Event] is a view over a log record, its scope and its resource. [Events]
// iterates over a batch; nothing is copied, and nothing is allocated:
//
//	for e := range cowork.Events(ld) {
//		if req, ok := cowork.APIRequestOf(e); ok {
//			micros, _ := req.CostMicros()
//			total += micros
//		}
//	}
//
// Clients write the same thing in many ways. An event's name comes in four places
// and with three prefixes, a number as an int, a double or a string, a boolean as
// "true", and what is missing as "undefined" or "". Reading hides all of it:
// coercion is total, so there is no value that panics or returns an error, only
// values that are there and values that are not.
//
// # The schema
//
// Each event kind is a row of the table in kinds.go, each attribute a row of the
// tables in schema*.go, and schema.md beside them is generated from both. A kind or
// an attribute that has no row is not an error: new clients send new things. It
// passes through, and since nothing is known about it, its [Class] is [Content].
//
// # Changing and checking
//
// [Normalize] brings a record into one form without dropping anything,
// [Validator] says what an event lacks, and [ContentArrived] says whether text
// arrived that a client sends only when its administrator lets it.
//
// # Concurrency
//
// The tables and everything that only reads are safe for concurrent use, as far as
// the pdata beneath an Event is not changed meanwhile. Normalize changes it.
package cowork
