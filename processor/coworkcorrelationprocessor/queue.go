package coworkcorrelationprocessor

import (
	"slices"

	"github.com/cowork-otel/collector/internal/prompt"
)

// A queue has the parts of prompts whose summaries were not delivered yet, the oldest
// first, up to a limit of parts and of their text. It is not safe for concurrent use.
type queue struct {
	refused []prompt.Trace // a batch that was taken and came back; the oldest
	waiting []prompt.Trace
	bytes   int // of text in both
	limit   int
	lost    []prompt.Trace // what there was no room for
}

// maxBytes is how much text there may be for each part that there is room for.
const maxBytes = 1024

// len returns how many parts wait.
func (q *queue) len() int { return len(q.refused) + len(q.waiting) }

// isNew reports whether a part waits that was never taken.
func (q *queue) isNew() bool { return len(q.waiting) > 0 }

// hasBatch reports whether there is a whole batch of which none was refused.
func (q *queue) hasBatch() bool { return len(q.refused) == 0 && len(q.waiting) >= maxBatch }

// fill adds what the tracker closed, and drops the oldest where that is too much.
func (q *queue) fill(from *prompt.Tracker) {
	before := len(q.waiting)
	q.waiting = from.Take(q.waiting)
	q.bytes += bytesOf(q.waiting[before:])
	for q.len() > q.limit || q.bytes > q.limit*maxBytes {
		oldest := &q.waiting
		if len(q.refused) > 0 {
			oldest = &q.refused
		}
		q.lost = append(q.lost, q.cutFront(oldest, 1)...)
	}
}

// take removes the batch that was refused, else up to n parts from the front.
func (q *queue) take(n int) []prompt.Trace {
	if len(q.refused) > 0 {
		return q.cutFront(&q.refused, len(q.refused))
	}
	return q.cutFront(&q.waiting, min(n, len(q.waiting)))
}

// putBack puts what was taken to the front again.
func (q *queue) putBack(parts []prompt.Trace) {
	q.refused = parts
	q.bytes += bytesOf(parts)
}

// takeLost returns what was dropped since it was last called.
func (q *queue) takeLost() []prompt.Trace {
	lost := q.lost
	q.lost = nil
	return lost
}

// save appends what keeps the parts that wait and are not stored yet: they are the
// latest ones.
func (q *queue) save(to []prompt.Change) []prompt.Change {
	for _, parts := range [...][]prompt.Trace{q.waiting, q.refused} {
		for i := range slices.Backward(parts) {
			var isNew bool
			if to, isNew = parts[i].Save(to); !isNew {
				return to
			}
		}
	}
	return to
}

// cutFront removes n parts from the front, and lets go of their memory.
func (q *queue) cutFront(parts *[]prompt.Trace, n int) []prompt.Trace {
	front := slices.Clone((*parts)[:n])
	clear((*parts)[:n])
	if *parts = (*parts)[n:]; len(*parts) == 0 {
		*parts = nil
	}
	q.bytes -= bytesOf(front)
	return front
}

func bytesOf(parts []prompt.Trace) (n int) {
	for i := range parts {
		n += parts[i].Bytes()
	}
	return n
}
