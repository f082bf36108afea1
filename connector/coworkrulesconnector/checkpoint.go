package coworkrulesconnector

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"
)

// restore takes over what the run before has stored. What cannot be read is said and
// begun anew: a collector that does not start protects nobody.
func (c *rulesConnector) restore(ctx context.Context) error {
	state, waiting, err := c.store.load(ctx)
	if err != nil {
		return errors.Join(fmt.Errorf("storage: %v: %w", c.cfg.Storage, err), c.store.close(ctx))
	}
	if err := c.evaluation.unpack(state, time.Now()); err != nil {
		c.unreadable(ctx, stateKey, err)
	}
	if err := c.queue.unpack(waiting); err != nil {
		c.unreadable(ctx, queueKey, err)
	}
	c.wake()
	return nil
}

func (c *rulesConnector) unreadable(ctx context.Context, what string, err error) {
	c.count.refused(ctx)
	c.log.Warn("stored "+what+" cannot be read, and begins anew", zap.Error(err))
}

// checkpoint stores what the rules know and the alert records that wait.
func (c *rulesConnector) checkpoint(ctx context.Context, now time.Time) {
	if c.store == nil || c.store.client == nil {
		return
	}
	begin := time.Now()
	c.mu.Lock()
	state := c.evaluation.pack()
	waiting := c.queue.pack()
	c.mu.Unlock()
	if err := c.store.write(ctx, state, waiting); err != nil {
		c.count.refused(ctx)
		return
	}
	c.stored, c.cost = now, time.Since(begin)
	c.count.checkpoint(ctx, c.cost, len(state))
}

// storeQueue stores the alert records that wait, and nothing else.
func (c *rulesConnector) storeQueue(ctx context.Context) {
	if c.store == nil || c.store.client == nil {
		return
	}
	c.mu.Lock()
	waiting := c.queue.pack()
	c.mu.Unlock()
	if err := c.store.write(ctx, nil, waiting); err != nil {
		c.count.refused(ctx)
	}
}

// isCheap reports whether storing everything again would leave nine tenths of the time
// to other things.
func (c *rulesConnector) isCheap(now time.Time) bool { return now.Sub(c.stored) >= 10*c.cost }
