package prompt

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/digest"
)

// A sessionOrder holds the latest prompt of each session, as long as the Tracker holds
// the prompt.
type sessionOrder map[digest.Digest]*entry

// place sets the previous prompt of a prompt, once its session is known. Prompts are
// ordered by their start on the client's clock: a prompt whose first event arrives
// late is inserted before the latest one. place then returns the latest one, whose
// previous prompt has changed.
func (s sessionOrder) place(e *entry, at pcommon.Timestamp) (changed *entry) {
	if e.placed || e.by == 0 {
		return nil
	}
	e.placed = true
	latest := s[e.by]
	if latest == nil || at >= latest.start {
		s[e.by] = e
		if latest != nil {
			e.previous = latest.promptID
		}
		return nil
	}
	e.previous = latest.previous
	if latest.closed {
		return nil // its summary is written
	}
	latest.previous = e.promptID
	return latest
}

// restore places a prompt that was stored.
func (s sessionOrder) restore(e *entry) {
	if e.by == 0 {
		return
	}
	e.placed = true
	if latest := s[e.by]; latest == nil || e.start >= latest.start {
		s[e.by] = e
	}
}

// remove removes a prompt that is dropped.
func (s sessionOrder) remove(e *entry) {
	if s[e.by] == e {
		delete(s, e.by)
	}
}
