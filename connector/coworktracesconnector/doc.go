//go:generate go tool mdatagen metadata.yaml

// Package coworktracesconnector tells Cowork's events as spans, so that any trace
// backend shows a prompt as a waterfall.
//
// It keeps no state. A prompt.id is a trace, the ids of spans follow from what
// names a step, and where a span hangs follows from the ids that its own record
// carries: a record makes the same span whenever and wherever it is seen, and one
// that is delivered twice is one span in the backend.
//
// # The tables
//
// What becomes a span, under which name and below which other span is a row of
// the table in shapes.go. What the GenAI conventions call its attributes is a row
// of the table in genai.go. The tables of the README are written from both.
package coworktracesconnector
