package coworkcorrelationprocessor

import (
	"context"
	"time"
)

// How often prompts are looked at: ten times in their timeout, within reason.
const (
	minTick = 100 * time.Millisecond
	maxTick = time.Second
)

func (c *correlator) interval() time.Duration {
	interval := c.cfg.IdleTimeout / 10
	if c.store != nil {
		interval = min(interval, c.cfg.CheckpointInterval)
	}
	return min(max(interval, minTick), maxTick)
}

// loop closes idle prompts until it is told to quit. It is the only goroutine.
func (c *correlator) loop(ctx context.Context, quit <-chan struct{}) {
	ticker := time.NewTicker(c.interval())
	defer ticker.Stop()
	stored := c.now()
	for {
		select {
		case <-quit:
			return
		case <-ticker.C:
		case <-c.full:
		}
		now := c.now()
		c.expire(now)
		if c.settle(ctx) || c.isDue(now.Sub(stored)) {
			c.checkpoint(ctx)
			stored = now
		}
		c.report(ctx)
	}
}

// settle sends the summaries that wait, and reports whether there is something to
// store at once. Before a summary is sent its part is stored as ended, and after that
// as delivered: a crash in between has it sent again, but the very same.
func (c *correlator) settle(ctx context.Context) bool {
	c.mu.Lock()
	waits := c.queue.isNew()
	c.mu.Unlock()
	if waits {
		c.checkpoint(ctx)
	}
	return c.deliver(ctx)
}

// isDue reports whether it is time for a checkpoint. Ticks come a little early or
// late, and a checkpoint must not wait for the next because of that.
func (c *correlator) isDue(since time.Duration) bool {
	return since >= c.cfg.CheckpointInterval-c.interval()/2
}

func (c *correlator) expire(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tracker.Expire(now)
	c.queue.fill(c.tracker)
}

func (c *correlator) report(ctx context.Context) {
	c.mu.Lock()
	stats, queued := c.tracker.Stats(), c.queue.len()
	c.mu.Unlock()
	c.count.report(ctx, stats, queued)
}
