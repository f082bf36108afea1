package prompt

import "time"

// Settings bound what a [Tracker] keeps. The zero value of any but Idle and MaxOpen
// stands for a value that follows from these two.
type Settings struct {
	// Idle is how long a prompt may be silent before it is closed.
	Idle time.Duration
	// MaxOpen is how many prompts may be open. One more, and the one idle longest is
	// closed early.
	MaxOpen int

	// Remember is how long a closed prompt is known again; 12 times Idle.
	Remember time.Duration
	// MaxClosed is how many closed prompts are known again; as many as may be open.
	MaxClosed int
	// MaxDigests bounds the words of memory by which the events of all prompts are
	// known again; 256 for each prompt that may be open.
	MaxDigests int
	// MaxPromptDigests bounds them within one prompt; 16,384.
	MaxPromptDigests int
	// MaxTextBytes bounds the names and attributes of all open prompts; 1 KiB for
	// each that may be open.
	MaxTextBytes int

	// Durable is whether changes are to be reported by [Tracker.Snapshot].
	Durable bool
}

// The bounds within one prompt.
const (
	maxIDBytes     = 128  // a longer prompt.id or session.id is kept as a hash
	maxNameBytes   = 128  // a longer name is cut
	maxNames       = 32   // of one list
	maxOriginBytes = 8192 // of the resource and the user's attributes
	maxDepth       = 16   // of an attribute's value
)

func (s Settings) withDefaults() Settings {
	s.MaxOpen = max(s.MaxOpen, 1)
	or(&s.Remember, 12*s.Idle)
	or(&s.MaxClosed, s.MaxOpen)
	or(&s.MaxDigests, 256*s.MaxOpen)
	or(&s.MaxPromptDigests, 16384)
	or(&s.MaxTextBytes, 1024*s.MaxOpen)
	return s
}

func or[T comparable](value *T, otherwise T) {
	var zero T
	if *value == zero {
		*value = otherwise
	}
}
