package coworkcorrelationprocessor

import (
	"slices"

	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/prompt"
)

// A queue has what was closed and not yet delivered, the oldest first. It is not safe
// for concurrent use.
type queue struct {
	waiting []prompt.Trace
	limit   int
	lost    []string // storage keys of what there was no room for
}

// take removes up to n from the front.
func (q *queue) take(n int) []prompt.Trace {
	n = min(n, len(q.waiting))
	traces := slices.Clone(q.waiting[:n])
	clear(q.waiting[:n])
	if q.waiting = q.waiting[n:]; len(q.waiting) == 0 {
		q.waiting = nil
	}
	return traces
}

// fill adds what the tracker closed, and drops the oldest where that is too much.
func (q *queue) fill(from *prompt.Tracker) {
	q.waiting = from.Take(q.waiting)
	q.trim()
}

// putBack puts what was taken to the front again.
func (q *queue) putBack(traces []prompt.Trace) {
	q.waiting = append(traces, q.waiting...)
	q.trim()
}

func (q *queue) trim() {
	for _, t := range q.take(max(0, len(q.waiting)-q.limit)) {
		q.lost = append(q.lost, t.StorageKey())
	}
}

// takeLost returns the storage keys of what was dropped since it was last called.
func (q *queue) takeLost() []string {
	lost := q.lost
	q.lost = nil
	return lost
}

// permanent reports whether trying again is of no use.
func permanent(err error) bool { return consumererror.IsPermanent(err) }

// A scope names this processor on the records that it makes.
type scope struct{ name, version string }

func (s scope) set(scope pcommon.InstrumentationScope) {
	scope.SetName(s.name)
	scope.SetVersion(s.version)
}
