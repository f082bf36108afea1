package coworkcorrelationprocessor

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/prompt"
)

const (
	// maxBatch is how many summaries are sent at once.
	maxBatch = 1000

	// patience is how long the next component may take for a batch: prompts are
	// neither closed nor stored meanwhile.
	patience = 5 * time.Second
)

// deliver sends the summaries that wait, and reports whether any went. It ends at
// the first that the next component does not take; these wait for the next tick.
func (c *correlator) deliver(ctx context.Context) (delivered bool) {
	for {
		c.mu.Lock()
		lost := c.queue.takeLost()
		parts := c.queue.take(maxBatch)
		c.mu.Unlock()
		c.count.lost(ctx, len(lost))
		c.store.drop(lost)
		if len(parts) == 0 || !c.send(ctx, parts) {
			return delivered
		}
		delivered = true
	}
}

// send sends summaries, or puts them back.
func (c *correlator) send(ctx context.Context, parts []prompt.Trace) bool {
	err := c.pass(ctx, parts)
	switch {
	case err == nil:
	case consumererror.IsPermanent(err): // another try is of no use
		c.count.lost(ctx, len(parts))
	default:
		c.count.retried(ctx)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.queue.putBack(parts)
		return false
	}
	c.store.drop(parts)
	return true
}

// pass sends summaries, if any are wanted.
func (c *correlator) pass(ctx context.Context, parts []prompt.Trace) error {
	if !c.cfg.Summary {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return c.next.ConsumeLogs(ctx, prompt.Summaries(parts, c.scope.set))
}

// A scope names this processor on the records that it makes.
type scope struct{ name, version string }

func (s scope) set(scope pcommon.InstrumentationScope) {
	scope.SetName(s.name)
	scope.SetVersion(s.version)
}
