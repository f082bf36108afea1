package coworktracesconnector

// Config says which events are told as spans and how much of them.
type Config struct {
	// SkipTraced leaves out the records of a client that sends spans itself, so that
	// a prompt is never two traces.
	SkipTraced bool `mapstructure:"skip_traced"`

	// Content lets attributes into spans that hold free text: tools' parameters and
	// inputs, the words of errors, prompts and answers, each as redaction left it.
	Content bool `mapstructure:"content"`
}
