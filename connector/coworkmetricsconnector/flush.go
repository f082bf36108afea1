package coworkmetricsconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/metric"
)

// loop flushes every flush interval until the context ends, and stores deltas every
// checkpoint interval. It is the only goroutine, so points are in order.
func (c *metricsConnector) loop(ctx context.Context) {
	ticker := time.NewTicker(c.cfg.FlushInterval)
	defer ticker.Stop()
	checkpoints := time.NewTicker(c.cfg.CheckpointInterval)
	defer checkpoints.Stop()
	if c.checkpoints.store == nil {
		checkpoints.Stop()
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			c.flush(ctx)
		case <-checkpoints.C:
			c.checkpoint(ctx)
		}
	}
}

// checkpoint stores the deltas that were not emitted yet, if there are new ones, and
// reports whether they are stored. It is retried at the next one.
func (c *metricsConnector) checkpoint(ctx context.Context) bool {
	c.mu.Lock()
	changed := c.changed
	c.changed = false
	var pending *metric.Snapshot
	if changed {
		pending = c.acc.Pending(timestamp(time.Now()))
	}
	c.mu.Unlock()
	if !changed || c.checkpoints.save(ctx, pending.Metrics(c.setScope)) {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changed = true
	return false
}

// flush emits the sums. Points that were rejected are kept for the next flush, unless the
// error is permanent. Those that were emitted are deleted from the storage.
func (c *metricsConnector) flush(ctx context.Context) (s *metric.Snapshot, delivered bool) {
	c.checkpoints.sendRestored(ctx, c.next.ConsumeMetrics)
	if s, delivered = c.emit(ctx); delivered && c.checkpoints.stored {
		c.checkpoints.save(ctx, pmetric.NewMetrics())
	}
	return s, delivered
}

func (c *metricsConnector) emit(ctx context.Context) (s *metric.Snapshot, delivered bool) {
	begin := time.Now()
	s = c.snapshot(ctx, begin)
	if s.Len() == 0 {
		return s, true
	}
	err := c.next.ConsumeMetrics(ctx, s.Metrics(c.setScope))
	c.counters.recordFlush(ctx, time.Since(begin), s.Len(), err)
	switch {
	case err == nil:
		return s, true
	case consumererror.IsPermanent(err) && c.cfg.Temporality == Delta:
		c.counters.recordLost(ctx, s.Len())
		return s, true
	default:
		c.mu.Lock()
		defer c.mu.Unlock()
		c.acc.PutBack(s)
		return s, false
	}
}

// snapshot copies the sums.
func (c *metricsConnector) snapshot(ctx context.Context, now time.Time) *metric.Snapshot {
	c.mu.Lock()
	s := c.acc.Take(timestamp(now))
	series, stats := c.acc.Len(), c.acc.Stats()
	c.mu.Unlock()
	c.counters.recordStats(ctx, series, &stats)
	return s
}

// flushFinal flushes at the end: twice if there are new series, since their first point
// has the value 0. Points that are rejected now are stored, and lost without a storage.
func (c *metricsConnector) flushFinal(ctx context.Context) {
	s, delivered := c.flush(ctx)
	if delivered && s.Incomplete() {
		s, delivered = c.flush(ctx)
	}
	if delivered {
		return
	}
	c.mu.Lock()
	c.changed = true
	c.mu.Unlock()
	if c.checkpoints.store == nil || !c.checkpoint(context.WithoutCancel(ctx)) {
		c.counters.recordLost(ctx, s.Len())
	}
}

// setScope sets the scope of the metrics.
func (c *metricsConnector) setScope(scope pcommon.InstrumentationScope) {
	scope.SetName(metadata.ScopeName)
	scope.SetVersion(c.version)
}
