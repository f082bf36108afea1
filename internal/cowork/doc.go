// Package cowork is the vocabulary of Claude Cowork's telemetry: the names of events,
// their attributes, and how values are read.
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
// Clients encode the same data in many ways. An event's name is in one of four places
// with one of three prefixes, a number is an int, a double or a string, a boolean is
// "true", and a missing value is "undefined" or "". Reading hides these differences:
// coercion is total, so no value panics or returns an error. A value is either present
// or not.
//
// # The schema
//
// Each event kind is a row of the table in kinds.go, each attribute a row of the
// tables in schema*.go, and schema.md is generated from both. A kind or an attribute
// without a row is not an error, since new clients send new ones. It passes through,
// and its [Class] is [Content].
//
// # Identity
//
// [IdentityOf] recognises records that are delivered again, and things that are
// reported in several records. Everything that counts events uses it.
//
// # Origin of prompts
//
// [OriginMarker] writes what started a prompt: a person, or the client itself. It
// requires the text of the prompt, so that it comes in front of redaction.
//
// # Changing and checking
//
// [Normalize] brings a record into one form without dropping anything, [Validator]
// reports what an event lacks, and [ContentArrived] reports whether a record has text
// that a client sends only when its administrator allows it.
//
// # Concurrency
//
// The tables and everything that only reads are safe for concurrent use, as far as
// the pdata beneath an Event is not changed meanwhile. Normalize and OriginMarker change
// it.
package cowork
