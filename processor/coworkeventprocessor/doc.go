//go:generate go tool mdatagen metadata.yaml

// Package coworkeventprocessor recognises Cowork's events among log records,
// brings them into one form and checks that they are complete.
//
// What an event is, its kinds and attributes, how values are coerced and what
// makes one valid stand in internal/cowork. This package only applies that to
// batches and counts what it saw.
package coworkeventprocessor
