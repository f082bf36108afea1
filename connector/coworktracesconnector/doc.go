//go:generate go tool mdatagen metadata.yaml

// Package coworktracesconnector derives spans from Cowork's events, so that any trace
// backend shows a prompt as a waterfall.
//
// It is stateless. The trace id is derived from prompt.id, the span id from the ids of
// the step, and the parent from the ids that the record carries. A record always yields
// the same span, so a record that is delivered twice is one span in the backend.
//
// # The tables
//
// Each kind of span is a row of the table in specs.go, with its name and its parent. Each
// attribute of the GenAI conventions is a row of the table in genai.go. The tables of the
// README are generated from both.
package coworktracesconnector
