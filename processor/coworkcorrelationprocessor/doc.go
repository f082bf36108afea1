//go:generate go tool mdatagen metadata.yaml

// Package coworkcorrelationprocessor correlates the events of each prompt: it sets the
// prompt's trace ID on their records, drops duplicates, and emits a summary when the prompt
// ends.
//
// Package internal/prompt defines prompts, sums their events and bounds what is remembered.
// This package adds the lock, the clock, the storage and the metrics. Records are not
// delayed: each passes at once.
package coworkcorrelationprocessor
