//go:generate go tool mdatagen metadata.yaml

// Package coworkeventprocessor recognises Cowork's events among log records,
// normalizes their attributes and validates them.
//
// Package internal/cowork defines the kinds and attributes of events, the coercion of
// values and the validation. This package applies it to batches and counts events,
// invalid events and dropped events.
package coworkeventprocessor
