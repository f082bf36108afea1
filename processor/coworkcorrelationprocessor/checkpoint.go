package coworkcorrelationprocessor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/extension/xextension/storage"

	"github.com/cowork-otel/collector/internal/prompt"
)

// restore gives the tracker what the run before has stored. Stored prompts are read
// and taken over one by one, so that only what is kept takes memory.
func (c *correlator) restore(ctx context.Context) error {
	var failed error
	unreadable := c.tracker.Restore(c.now(), func(yield func(string, []byte) bool) {
		failed = c.store.client.Walk(ctx, func(key string, value []byte) ([]*storage.Operation, error) {
			if !yield(key, value) {
				return nil, storage.SkipAll
			}
			return nil, nil
		})
	})
	for _, key := range unreadable {
		c.store.changes = append(c.store.changes, prompt.Change{Key: key})
	}
	add(ctx, c.count.telemetry.ProcessorCoworkCorrelationCheckpointErrors, int64(len(unreadable)))
	c.queue.fill(c.tracker)
	if failed != nil {
		return errors.Join(fmt.Errorf("storage: %v: %w", c.cfg.Storage, failed), c.store.close(ctx))
	}
	return nil
}

// snapshotPrompts is how many prompts are written down before others get the lock.
const snapshotPrompts = 1000

// checkpoint stores what changed, all of it or, if the storage fails, nothing: it is
// then tried again.
func (c *correlator) checkpoint(ctx context.Context) {
	if c.store == nil || c.store.client == nil {
		return
	}
	if c.store.failed && !c.write(ctx) {
		return
	}
	for more := true; more; {
		more = c.snapshot()
	}
	c.write(ctx)
}

// snapshot writes down some of what changed, and says whether there is more. What
// waits in the queue comes first: a prompt must not be stored as closed without the
// sums that its summary is going to tell.
func (c *correlator) snapshot() (more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.store.changes = c.queue.save(c.store.changes)
	c.store.changes, more = c.tracker.Snapshot(c.store.changes, snapshotPrompts)
	return more
}

// write has the storage do what is to be done.
func (c *correlator) write(ctx context.Context) bool {
	if len(c.store.changes) == 0 {
		return true
	}
	begin := time.Now()
	if err := c.store.write(ctx); err != nil {
		add(ctx, c.count.telemetry.ProcessorCoworkCorrelationCheckpointErrors, 1)
		return false
	}
	c.count.telemetry.ProcessorCoworkCorrelationCheckpointDuration.Record(ctx, time.Since(begin).Seconds())
	return true
}
