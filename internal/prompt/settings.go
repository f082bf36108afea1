package prompt

import "time"

// Settings bound the memory of a [Tracker]. The zero value of any field but Idle and
// MaxOpen selects a default that depends on these two.
type Settings struct {
	// Idle is the time without an event after which a prompt is closed.
	Idle time.Duration
	// MaxOpen is the greatest number of open prompts. When it is exceeded, the prompt
	// that has been idle longest is closed early.
	MaxOpen int

	// Remember is how long late events of a closed prompt are recognised; 12 times
	// Idle.
	Remember time.Duration
	// MaxClosed is the greatest number of closed prompts that are remembered; MaxOpen.
	MaxClosed int
	// MaxDigests bounds the digests of the events of all prompts, in words of memory;
	// 256 times MaxOpen.
	MaxDigests int
	// MaxPromptDigests bounds the digests of one prompt; 16,384.
	MaxPromptDigests int
	// MaxTextBytes bounds the names and attributes of all open prompts; 1 KiB times
	// MaxOpen.
	MaxTextBytes int

	// Durable reports whether [Tracker.Snapshot] returns changes.
	Durable bool
}

// The bounds within one prompt.
const (
	maxIDBytes     = 128  // a longer prompt.id or session.id is replaced by a hash
	maxNameBytes   = 128  // a longer name is cut
	maxNames       = 32   // of one list
	maxSenderBytes = 8192 // of the resource and the user's attributes
	maxDepth       = 16   // of an attribute's value
)

func (s Settings) withDefaults() Settings {
	s.MaxOpen = max(s.MaxOpen, 1)
	setDefault(&s.Remember, 12*s.Idle)
	setDefault(&s.MaxClosed, s.MaxOpen)
	setDefault(&s.MaxDigests, 256*s.MaxOpen)
	setDefault(&s.MaxPromptDigests, 16384)
	setDefault(&s.MaxTextBytes, 1024*s.MaxOpen)
	return s
}

func setDefault[T comparable](value *T, otherwise T) {
	var zero T
	if *value == zero {
		*value = otherwise
	}
}
