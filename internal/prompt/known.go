package prompt

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// identity returns what an event is known by when it comes again: its prompt, name,
// time and sequence. It is 0 where the client did not tell both of the latter: many
// events share a millisecond, and every process counts from 0.
func identity(trace pcommon.TraceID, e cowork.Event) uint64 {
	sequence, ok := e.Sequence()
	if !ok {
		return 0
	}
	d := ofEvent.text(string(trace[:])).text(e.Name()).word(uint64(sequence))
	if timestamp, ok := e.Str("event.timestamp"); ok {
		return d.text(timestamp).id()
	}
	if ts := e.Record().Timestamp(); ts != 0 {
		return d.word(uint64(ts)).id()
	}
	return 0
}

// once reports whether a prompt sees something for the first time. What has no id is
// always new.
func (t *Tracker) once(e *entry, of digest, id string) bool {
	return id == "" || t.remember(e, of.text(id).id())
}

// remember reports whether a prompt does not know a digest, and makes it known.
func (t *Tracker) remember(e *entry, id uint64) bool {
	if e.ids.has(id) {
		return false
	}
	limit := t.set.MaxPromptDigests / 2 // a generation each
	if before := e.ids.slots(); t.slots+before >= t.set.MaxDigests {
		if t.closed.oldest != nil && t.closed.oldest != e {
			t.forgetEarly()
		}
		limit = min(limit, len(e.ids.young))
	}
	t.slots -= e.ids.slots()
	t.stats.Forgotten += int64(e.ids.add(id, limit))
	t.slots += e.ids.slots()
	return true
}

// maxFailed bounds, in words of memory, the events whose delivery failed.
const maxFailed = 1 << 17

// Undelivered notes that an event, though counted, did not reach its destination.
// Its sender will send it again, and then it must pass.
func (t *Tracker) Undelivered(identity uint64) {
	if identity != 0 && !t.failed.has(identity) {
		t.stats.Forgotten += int64(t.failed.add(identity, maxFailed/2))
	}
}
