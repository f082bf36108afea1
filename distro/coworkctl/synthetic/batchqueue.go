package synthetic

import (
	"container/heap"
	"time"
)

// A batchQueue returns batches in order of time. Its zero value is empty.
type batchQueue struct {
	batches  []queuedBatch
	inserted int
	records  int // log records of all batches
}

// A queuedBatch is a batch with its insertion order, the order of batches with the
// same time.
type queuedBatch struct {
	Batch
	order int
}

// hasBefore reports whether there is a batch before a time.
func (q *batchQueue) hasBefore(at time.Time) bool {
	return len(q.batches) > 0 && q.batches[0].Time.Before(at)
}

func (q *batchQueue) insert(b Batch) {
	q.inserted++
	q.records += b.Logs.LogRecordCount()
	heap.Push(q, queuedBatch{b, q.inserted})
}

// next removes and returns the earliest batch.
func (q *batchQueue) next() Batch {
	b := heap.Pop(q).(queuedBatch).Batch
	q.records -= b.Logs.LogRecordCount()
	return b
}

// Len implements heap.Interface.
func (q *batchQueue) Len() int { return len(q.batches) }

// Less implements heap.Interface.
func (q *batchQueue) Less(i, j int) bool {
	a, b := q.batches[i], q.batches[j]
	if !a.Time.Equal(b.Time) {
		return a.Time.Before(b.Time)
	}
	return a.order < b.order
}

// Swap implements heap.Interface.
func (q *batchQueue) Swap(i, j int) { q.batches[i], q.batches[j] = q.batches[j], q.batches[i] }

// Push implements heap.Interface.
func (q *batchQueue) Push(x any) { q.batches = append(q.batches, x.(queuedBatch)) }

// Pop implements heap.Interface.
func (q *batchQueue) Pop() any {
	last := len(q.batches) - 1
	b := q.batches[last]
	q.batches[last] = queuedBatch{}
	q.batches = q.batches[:last]
	return b
}
