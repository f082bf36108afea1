//go:generate go tool mdatagen metadata.yaml

// Package coworkeventprocessor recognises Cowork's events among log records,
// normalizes their attributes and validates them. On user_prompt events and interaction
// spans it writes what started the prompt, before redaction replaces the text.
//
// Package internal/cowork defines the kinds and attributes of events, the coercion of
// values, the validation and the origins of prompts. This package applies it to batches and
// counts events, invalid events and dropped events.
package coworkeventprocessor
