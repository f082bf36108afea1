package coworkcorrelationprocessor

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/internal/delivery"
	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/stateful"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadata"
)

// A checkpointer writes changes to the storage. It is safe for concurrent use. Its lock is
// taken before that of the processor.
type checkpointer struct {
	mu        sync.Mutex // for the fields below
	telemetry *metadata.TelemetryBuilder
	store     *stateful.Store
	schedule  stateful.Schedule
	// changes are not written yet, in order.
	changes []prompt.Change
	// failed is whether the storage refused them. Only deletions are added until it accepts
	// them, so that they stay bounded: the tracker records a prompt that changes once,
	// however often it does.
	failed bool
}

// restore opens the storage and restores the prompts and summaries of the previous run.
// Stored prompts are decoded one by one, so that only what is kept takes memory.
func (c *correlator) restore(ctx context.Context, host component.Host) error {
	c.checkpoints.schedule = stateful.NewSchedule(c.now(), c.cfg.CheckpointInterval, c.cfg.tickInterval())
	store, err := stateful.OpenWalkableStore(ctx, host, c.cfg.Storage, stateful.Owner{Kind: component.KindProcessor, ID: c.id})
	if err != nil || store == nil {
		return err
	}
	c.checkpoints.store = store
	segments := map[string][]byte{}
	unreadable := c.tracker.Restore(c.now(), func(yield func(string, []byte) bool) {
		err = store.Walk(ctx, func(key string, value []byte) bool {
			if delivery.IsKey(key) {
				segments[key] = slices.Clone(value)
				return true
			}
			return yield(key, value)
		})
	})
	unreadable = append(unreadable, c.ledger.Restore(maps.All(segments))...)
	if err != nil {
		return errors.Join(err, store.Close(ctx))
	}
	for _, key := range unreadable {
		c.checkpoints.changes = append(c.checkpoints.changes, prompt.Change{Key: key})
	}
	stateful.AddCount(ctx, c.counts.telemetry.ProcessorCoworkCorrelationCheckpointErrors, len(unreadable))
	c.outbox.Push(c.tracker.Take(nil)...)
	return nil
}

// snapshotPrompts is how many prompts are encoded before the lock is released.
const snapshotPrompts = 1000

// checkpoint stores what changed, all of it or, if the storage fails, nothing. It is then
// retried at the next tick.
func (c *correlator) checkpoint(ctx context.Context) {
	p := &c.checkpoints
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.store == nil || p.failed && !p.writeChanges(ctx) {
		return
	}
	for more := true; more; {
		more = c.snapshot()
	}
	c.snapshotDelivered()
	if p.writeChanges(ctx) {
		p.schedule.Stored(c.now(), 0)
	}
}

func (c *correlator) isCheckpointDue(now time.Time) bool {
	c.checkpoints.mu.Lock()
	defer c.checkpoints.mu.Unlock()
	return c.checkpoints.schedule.IsDue(now)
}

// snapshot encodes some of what changed and reports whether there is more. The outbox
// comes first: a prompt must not be stored as closed without the sums of its summary.
func (c *correlator) snapshot() (more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := &c.checkpoints
	for part := range c.outbox.Backward() {
		var isNew bool
		if p.changes, isNew = part.Save(p.changes); !isNew {
			break // older ones are stored too
		}
	}
	p.changes, more = c.tracker.Snapshot(p.changes, snapshotPrompts)
	return more
}

// snapshotDelivered encodes the events that were delivered since the last checkpoint. An
// event is stored as delivered after it is stored as counted.
func (c *correlator) snapshotDelivered() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, change := range c.ledger.Snapshot(nil) {
		c.checkpoints.changes = append(c.checkpoints.changes, prompt.Change(change))
	}
}

// deleteParts deletes parts of prompts from the storage at the next checkpoint.
func (p *checkpointer) deleteParts(parts []prompt.Trace) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range parts {
		p.changes = parts[i].Drop(p.changes) // nothing where it was not stored
	}
}

// writeChanges writes the changes and reports whether none is left.
func (p *checkpointer) writeChanges(ctx context.Context) bool {
	if len(p.changes) == 0 {
		return true
	}
	changes := make([]stateful.Change, len(p.changes))
	for i, change := range p.changes {
		changes[i] = stateful.Change(change)
	}
	begin := time.Now()
	if err := p.store.Write(ctx, changes...); err != nil {
		p.failed = true
		stateful.AddCount(ctx, p.telemetry.ProcessorCoworkCorrelationCheckpointErrors, 1)
		return false
	}
	p.changes, p.failed = nil, false
	p.telemetry.ProcessorCoworkCorrelationCheckpointDuration.Record(ctx, time.Since(begin).Seconds())
	return true
}
