package stateful

import (
	"context"
	"iter"
	"slices"
	"sync"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
)

// OutboxSettings configure an [Outbox].
type OutboxSettings[T any] struct {
	BatchItems int          // the most items of one batch
	MaxItems   int          // the most items that wait
	MaxSize    int          // the largest sum of their sizes
	SizeOf     func(*T) int // the size of an item

	// Send sends a batch. It must not change the items.
	Send func(context.Context, []T) error
	// Timeout limits a call of Send.
	Timeout time.Duration
	// Report receives the outcome of items.
	Report func(context.Context, Outcome, []T)

	// BeforeSend is called before a batch is sent, if items were pushed since the last call:
	// it stores them. AfterSend is called when items have left the outbox: it stores that.
	// Both are nil without a storage, and are not called at the same time.
	BeforeSend, AfterSend func(context.Context)
}

// An Outcome is what happened to items of an [Outbox].
type Outcome int

// The outcomes.
const (
	Delivered Outcome = iota // accepted by the receiver
	Retried                  // not accepted; the same batch is sent again by the next Flush
	Rejected                 // refused with a permanent error, and removed
	Dropped                  // removed without being sent, because of a limit or by Discard
)

// An Outbox sends items in order. An item stays in it until it was accepted, permanently
// refused, or dropped to keep the limits. It is safe for concurrent use; Flush and Discard
// must not be called at the same time.
type Outbox[T any] struct {
	set    OutboxSettings[T]
	saving sync.Mutex // held by BeforeSend and AfterSend; taken before mu

	mu      sync.Mutex
	batch   []T // the oldest items: the batch that is being sent or will be sent again
	waiting []T
	dropped []T  // not reported yet
	size    int  // of batch and waiting
	sending bool // batch must not be changed
	pushed  int  // number of items ever pushed
	saved   int  // how many of them BeforeSend has stored; only these are sent
}

// NewOutbox returns an empty Outbox.
func NewOutbox[T any](set OutboxSettings[T]) *Outbox[T] { return &Outbox[T]{set: set} }

// Push appends items and reports whether a new batch is complete. It is not while a batch
// waits to be sent again. Where a limit is exceeded the oldest items are dropped, never the
// newest one nor those that are being sent.
func (o *Outbox[T]) Push(items ...T) (complete bool) {
	if len(items) == 0 {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pushed += len(items)
	o.waiting = append(o.waiting, items...)
	for i := range items {
		o.size += o.set.SizeOf(&items[i])
	}
	for len(o.batch)+len(o.waiting) > o.set.MaxItems || o.size > o.set.MaxSize {
		oldest := &o.waiting
		if len(o.batch) > 0 && !o.sending {
			oldest = &o.batch
		} else if len(o.waiting) == 1 {
			break
		}
		o.dropped = append(o.dropped, (*oldest)[0])
		o.size -= o.set.SizeOf(&(*oldest)[0])
		cutFront(oldest, 1)
	}
	return len(o.batch) == 0 && len(o.waiting) >= o.set.BatchItems
}

// Len returns how many items wait.
func (o *Outbox[T]) Len() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.batch) + len(o.waiting)
}

// Size returns the sum of the sizes of the items that wait.
func (o *Outbox[T]) Size() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.size
}

// All returns the items that wait, the oldest first. The outbox is locked during the
// iteration.
func (o *Outbox[T]) All() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		o.mu.Lock()
		defer o.mu.Unlock()
		for i := range len(o.batch) + len(o.waiting) {
			if !yield(o.itemAt(i)) {
				return
			}
		}
	}
}

// Backward returns the items that wait, the newest first. The outbox is locked during the
// iteration.
func (o *Outbox[T]) Backward() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		o.mu.Lock()
		defer o.mu.Unlock()
		for i := len(o.batch) + len(o.waiting) - 1; i >= 0; i-- {
			if !yield(o.itemAt(i)) {
				return
			}
		}
	}
}

func (o *Outbox[T]) itemAt(i int) *T {
	if i < len(o.batch) {
		return &o.batch[i]
	}
	return &o.waiting[i-len(o.batch)]
}

// Flush sends the items that wait, until none is left or a batch must be retried.
func (o *Outbox[T]) Flush(ctx context.Context) {
	progress := false
	for {
		batch := o.nextBatch(ctx)
		if len(batch) == 0 || !o.sendBatch(ctx, batch) {
			break
		}
		progress = true
	}
	if progress && o.set.AfterSend != nil {
		o.saving.Lock()
		defer o.saving.Unlock()
		o.set.AfterSend(ctx)
	}
}

// Save stores new items without sending them. A component calls it before it acknowledges
// what the items derive from. Calls at the same time share a call of BeforeSend.
func (o *Outbox[T]) Save(ctx context.Context) {
	o.saving.Lock()
	defer o.saving.Unlock()
	o.mu.Lock()
	pushed, saved := o.pushed, o.saved
	o.mu.Unlock()
	if pushed == saved {
		return
	}
	if o.set.BeforeSend != nil {
		o.set.BeforeSend(ctx)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.saved = pushed
}

// nextBatch stores new items, reports dropped ones and returns the batch to send. It has
// no items that were pushed meanwhile: they are not stored.
func (o *Outbox[T]) nextBatch(ctx context.Context) []T {
	o.Save(ctx)
	o.mu.Lock()
	dropped := o.dropped
	o.dropped = nil
	if len(o.batch) == 0 {
		n := max(0, min(o.set.BatchItems, len(o.waiting)-(o.pushed-o.saved)))
		o.batch = slices.Clone(o.waiting[:n])
		cutFront(&o.waiting, n)
	}
	batch := o.batch
	o.sending = len(batch) > 0
	o.mu.Unlock()
	if len(dropped) > 0 {
		o.set.Report(ctx, Dropped, dropped)
	}
	return batch
}

// sendBatch sends a batch and reports whether it left the outbox.
func (o *Outbox[T]) sendBatch(ctx context.Context, batch []T) bool {
	limited, cancel := context.WithTimeout(ctx, o.set.Timeout)
	err := o.set.Send(limited, batch)
	cancel()
	outcome := Delivered
	switch {
	case err != nil && consumererror.IsPermanent(err):
		outcome = Rejected
	case err != nil:
		outcome = Retried
	}
	o.set.Report(ctx, outcome, batch)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sending = false
	if outcome != Retried {
		for i := range batch {
			o.size -= o.set.SizeOf(&batch[i])
		}
		o.batch = nil
	}
	return outcome != Retried
}

// Discard drops all items.
func (o *Outbox[T]) Discard(ctx context.Context) {
	o.mu.Lock()
	dropped := slices.Concat(o.dropped, o.batch, o.waiting)
	o.dropped, o.batch, o.waiting, o.size, o.saved = nil, nil, nil, 0, o.pushed
	o.mu.Unlock()
	if len(dropped) > 0 {
		o.set.Report(ctx, Dropped, dropped)
	}
}

// cutFront removes n items from the front, and releases the memory that they refer to.
func cutFront[T any](items *[]T, n int) {
	clear((*items)[:n])
	if *items = (*items)[n:]; len(*items) == 0 {
		*items = nil
	}
}
