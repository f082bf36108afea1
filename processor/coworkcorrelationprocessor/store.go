package coworkcorrelationprocessor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"

	"github.com/cowork-otel/collector/internal/prompt"
)

// A store keeps open prompts where the next run finds them. It is used by Start, by
// the loop, and after its end by Shutdown.
type store struct {
	client storage.Client
	// unsaved is what is to be done at the next checkpoint, in order: deletions, and
	// what the storage refused before.
	unsaved []*storage.Operation
}

// openStore returns the storage that an extension has for this component.
func openStore(ctx context.Context, host component.Host, extension, id component.ID) (*store, error) {
	found, ok := host.GetExtensions()[extension]
	if !ok {
		return nil, fmt.Errorf("storage: %v: no such extension (it must be in service::extensions)", extension)
	}
	ext, ok := found.(storage.Extension)
	if !ok {
		return nil, fmt.Errorf("storage: %v: is no storage extension (file_storage is one)", extension)
	}
	client, err := ext.GetClient(ctx, component.KindProcessor, id, "")
	if err != nil {
		return nil, fmt.Errorf("storage: %v: %w", extension, err)
	}
	if _, ok := client.(storage.Walker); !ok {
		return nil, errors.Join(fmt.Errorf("storage: %v: cannot list what it holds (file_storage can)", extension), client.Close(ctx))
	}
	return &store{client: client}, nil
}

func (s *store) delete(key string) { s.unsaved = append(s.unsaved, storage.DeleteOperation(key)) }

// close closes a store, also one that is not there.
func (s *store) close(ctx context.Context) error {
	if s == nil || s.client == nil {
		return nil
	}
	client := s.client
	s.client = nil
	return client.Close(ctx)
}

// restore gives the tracker what the run before has stored. Stored prompts are read
// and taken over one by one, so that only what is kept takes memory.
func (c *correlator) restore(ctx context.Context) error {
	var failed error
	unreadable := c.tracker.Restore(time.Now(), func(yield func(string, []byte) bool) {
		failed = c.store.client.(storage.Walker).Walk(ctx, func(key string, value []byte) ([]*storage.Operation, error) {
			if !yield(key, value) {
				return nil, storage.SkipAll
			}
			return nil, nil
		})
	})
	for _, key := range unreadable {
		c.store.delete(key)
	}
	c.count.telemetry.ProcessorCoworkCorrelationCheckpointErrors.Add(ctx, int64(len(unreadable)))
	c.queue.fill(c.tracker)
	if failed != nil {
		return errors.Join(fmt.Errorf("storage: %v: %w", c.cfg.Storage, failed), c.store.close(ctx))
	}
	return nil
}

// snapshotPrompts is how many prompts are written down before others get the lock.
const snapshotPrompts = 1000

// checkpoint stores what changed, all of it or, if the storage fails, nothing: it is
// then tried again with what changes meanwhile.
func (c *correlator) checkpoint(ctx context.Context) {
	if c.store == nil || c.store.client == nil {
		return
	}
	begin := time.Now()
	for more := true; more; {
		var changes []prompt.Change
		c.mu.Lock()
		changes, more = c.tracker.Snapshot(changes, snapshotPrompts)
		c.mu.Unlock()
		for _, change := range changes {
			c.store.unsaved = append(c.store.unsaved, operation(change))
		}
	}
	if len(c.store.unsaved) == 0 {
		return
	}
	if err := c.store.client.Batch(ctx, c.store.unsaved...); err != nil {
		c.count.telemetry.ProcessorCoworkCorrelationCheckpointErrors.Add(ctx, 1)
		c.store.unsaved = latest(c.store.unsaved)
		return
	}
	c.store.unsaved = nil
	c.count.telemetry.ProcessorCoworkCorrelationCheckpointDuration.Record(ctx, time.Since(begin).Seconds())
}

func operation(change prompt.Change) *storage.Operation {
	if change.Value == nil {
		return storage.DeleteOperation(change.Key)
	}
	return storage.SetOperation(change.Key, change.Value)
}

// latest keeps the last operation of each key: what waits for a storage that fails
// is no more than what there is to store.
func latest(operations []*storage.Operation) []*storage.Operation {
	last := make(map[string]int, len(operations))
	for i, op := range operations {
		last[op.Key] = i
	}
	kept := operations[:0]
	for i, op := range operations {
		if last[op.Key] == i {
			kept = append(kept, op)
		}
	}
	clear(operations[len(kept):])
	return kept
}
