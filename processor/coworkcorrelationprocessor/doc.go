//go:generate go tool mdatagen metadata.yaml

// Package coworkcorrelationprocessor joins the events of each prompt: it stamps them
// with the prompt's trace, drops those that came before, and when a prompt falls
// silent appends one event that says what it added up to.
//
// What a prompt is, what its events add up to and what is remembered stand in
// internal/prompt. This package has the lock, the clock, the storage and the
// counters. Nothing is held back: a record passes at once.
package coworkcorrelationprocessor
