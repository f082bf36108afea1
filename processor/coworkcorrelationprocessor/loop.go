package coworkcorrelationprocessor

import (
	"context"
	"time"

	"github.com/cowork-otel/collector/internal/prompt"
)

// How often prompts are looked at. A prompt is closed at most a tenth of its timeout
// late.
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

// loop closes idle prompts until the context ends. It is the only goroutine.
func (c *correlator) loop(ctx context.Context) {
	ticker := time.NewTicker(c.interval())
	defer ticker.Stop()
	stored := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			c.expire(now)
			// A summary that was delivered must be known as such soon, or a crash
			// would have it delivered again.
			if c.deliver(ctx) || now.Sub(stored) >= c.cfg.CheckpointInterval {
				c.checkpoint(ctx)
				stored = now
			}
			c.report(ctx)
		}
	}
}

func (c *correlator) expire(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tracker.Expire(now)
	c.queue.fill(c.tracker)
}

func (c *correlator) report(ctx context.Context) {
	c.mu.Lock()
	stats, queued := c.tracker.Stats(), len(c.queue.waiting)
	c.mu.Unlock()
	c.count.report(ctx, stats, queued)
}

// maxBatch is how many summaries are sent at once.
const maxBatch = 1000

// deliver sends the summaries that wait, and reports whether any went. It ends at
// the first that the next component does not take; these wait for the next tick.
func (c *correlator) deliver(ctx context.Context) (delivered bool) {
	for {
		c.mu.Lock()
		lost := c.queue.takeLost()
		traces := c.queue.take(maxBatch)
		c.mu.Unlock()
		c.count.dropped(ctx, len(lost))
		c.forget(lost...)
		if len(traces) == 0 || !c.send(ctx, traces) {
			return delivered
		}
		delivered = true
	}
}

// send sends summaries, or puts them back.
func (c *correlator) send(ctx context.Context, traces []prompt.Trace) bool {
	if c.cfg.Summary {
		err := c.next.ConsumeLogs(ctx, prompt.Summaries(traces, c.scope.set))
		switch {
		case err == nil:
		case permanent(err):
			c.count.dropped(ctx, len(traces))
		default:
			c.count.telemetry.ProcessorCoworkCorrelationSummaryRetries.Add(ctx, 1)
			c.mu.Lock()
			defer c.mu.Unlock()
			c.queue.putBack(traces)
			return false
		}
	}
	for _, t := range traces {
		c.forget(t.StorageKey())
	}
	return true
}

// forget has parts of prompts deleted from the storage at the next checkpoint.
func (c *correlator) forget(keys ...string) {
	if c.store == nil {
		return
	}
	for _, key := range keys {
		c.store.delete(key)
	}
}
