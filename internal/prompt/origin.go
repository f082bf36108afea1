package prompt

import (
	"slices"

	"github.com/cowork-otel/collector/internal/cowork"
)

// An origin is a prompt's origin in one byte: an index of origins.
type origin uint8

// origins are the origins in the order in which they are stored, which must not change.
// The first is that of a prompt without one.
var origins = [...]cowork.Origin{"", cowork.OriginUser, cowork.OriginTask, cowork.OriginSchedule, cowork.OriginAgent}

// originOf returns an origin as one byte, 0 for an unknown one.
func originOf(value cowork.Origin) origin { return origin(max(slices.Index(origins[:], value), 0)) }

func (o origin) value() cowork.Origin { return origins[o] }

// completeness returns complete and origin as the number that is stored: 0 for a prompt
// without a user_prompt, else 1 plus the origin. Before prompts had an origin, 0 and 1
// were stored.
func (e *entry) completeness() uint64 {
	if !e.complete {
		return 0
	}
	return 1 + uint64(e.origin)
}

func (e *entry) setCompleteness(n uint64) {
	if e.complete = n > 0; e.complete {
		e.origin = origin(n - 1)
	}
}
