package coworkrulesconnector

import "go.opentelemetry.io/collector/pdata/plog"

// A queue has the alert records that nobody has taken yet, the oldest first, in the
// batches in which they were made. It is not safe for concurrent use.
type queue struct {
	batches []plog.Logs
	records int
	limit   int  // of records
	fresh   bool // whether there are some that were never stored
	lost    int  // records for which there was no room, since it was last asked
}

// push adds a batch, and drops the oldest ones where that is too much. It reports
// whether there was anything in it.
func (q *queue) push(ld plog.Logs) bool {
	n := ld.LogRecordCount()
	if n == 0 {
		return false
	}
	q.fresh = true
	q.batches = append(q.batches, ld)
	q.records += n
	for q.records > q.limit && len(q.batches) > 1 {
		q.lost += q.batches[0].LogRecordCount()
		q.pop()
	}
	return true
}

// front returns the oldest batch.
func (q *queue) front() (plog.Logs, bool) {
	if len(q.batches) == 0 {
		return plog.Logs{}, false
	}
	return q.batches[0], true
}

// remove removes the oldest batch if it is this one: it can have been dropped while it
// was under way.
func (q *queue) remove(ld plog.Logs) {
	if len(q.batches) > 0 && q.batches[0] == ld {
		q.pop()
	}
}

// pop removes the oldest batch, and lets go of its memory.
func (q *queue) pop() {
	q.records -= q.batches[0].LogRecordCount()
	q.batches[0] = plog.Logs{}
	if q.batches = q.batches[1:]; len(q.batches) == 0 {
		q.batches = nil
	}
}

func (q *queue) takeLost() int {
	n := q.lost
	q.lost = 0
	return n
}
