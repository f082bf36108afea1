package coworktracesconnector

import "github.com/cowork-otel/collector/internal/semconv"

// Config configures which events become spans and which attributes they have.
type Config struct {
	// SkipTraced skips the records of a client that sends spans itself, so that a prompt
	// never has two traces.
	SkipTraced bool `mapstructure:"skip_traced"`

	// Content copies attributes with free text to spans, as redacted: tools' parameters
	// and inputs, error messages, prompts and answers.
	Content bool `mapstructure:"content"`

	// Semconv is the version of the GenAI conventions that names the attributes.
	Semconv semconv.Version `mapstructure:"semconv"`
}
