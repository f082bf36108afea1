package coworkrulesconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/plog"
)

// patience is how long the next component may take for a batch of alerts: rules are not
// told the time meanwhile.
const patience = 5 * time.Second

// loop tells the rules the time and sends what they say, until it is told to quit. It is
// the only goroutine.
func (c *rulesConnector) loop(ctx context.Context, quit <-chan struct{}) {
	ticker := time.NewTicker(c.cfg.EvaluationInterval)
	defer ticker.Stop()
	for {
		select {
		case <-quit:
			return
		case <-c.alerts:
			c.settle(ctx, time.Now())
			continue
		case <-ticker.C:
		}
		now := time.Now()
		c.tick(now)
		c.settle(ctx, now)
		if now.Sub(c.stored) >= c.cfg.CheckpointInterval-c.cfg.EvaluationInterval/2 {
			c.checkpoint(ctx, now)
		}
		c.report(ctx, now)
	}
}

func (c *rulesConnector) tick(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evaluation.Tick(now)
	c.collect()
}

// settle sends the batches that wait, in order. It ends at the first that is refused,
// which waits for the next tick. What is new is stored before it is sent: a crash in
// between has an alert told again under the same fingerprint, never one that nobody
// remembers and nobody resolves.
func (c *rulesConnector) settle(ctx context.Context, now time.Time) {
	sent := false
	for {
		c.secure(ctx, now)
		c.mu.Lock()
		ld, ok := c.queue.front()
		c.count.lost(ctx, c.queue.takeLost())
		c.mu.Unlock()
		if !ok || !c.send(ctx, ld) {
			break
		}
		sent = true
	}
	if sent {
		c.storeQueue(ctx)
	}
}

// secure stores alerts that were not stored yet.
func (c *rulesConnector) secure(ctx context.Context, now time.Time) {
	c.mu.Lock()
	fresh := c.queue.fresh
	c.mu.Unlock()
	switch {
	case !fresh:
	case c.isCheap(now):
		c.checkpoint(ctx, now)
	default:
		c.storeQueue(ctx)
	}
}

// send sends a batch, which stays in the queue until it is taken.
func (c *rulesConnector) send(ctx context.Context, ld plog.Logs) bool {
	sent := plog.NewLogs()
	ld.CopyTo(sent) // the next component may change it, and refuse it then
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := c.next.ConsumeLogs(ctx, sent)
	if err != nil && !consumererror.IsPermanent(err) {
		c.count.retried(ctx)
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil { // another try is of no use
		c.count.lost(ctx, ld.LogRecordCount())
	}
	c.queue.remove(ld)
	return true
}

func (c *rulesConnector) report(ctx context.Context, now time.Time) {
	c.mu.Lock()
	stats, queued := c.evaluation.Stats(), c.queue.records
	c.mu.Unlock()
	c.count.report(ctx, stats, queued)
	if c.store != nil {
		c.count.age(ctx, now.Sub(c.stored))
	}
}
