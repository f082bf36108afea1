package coworkmetricsconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/metric"
)

// loop emits every flush interval until the context ends. It is the only goroutine,
// so points are in order.
func (c *metricsConnector) loop(ctx context.Context) {
	ticker := time.NewTicker(c.cfg.FlushInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			c.flush(ctx)
		}
	}
}

// flush emits what there is. What was not taken is kept for the next time, unless it
// would not be taken then either.
func (c *metricsConnector) flush(ctx context.Context) (s *metric.Snapshot, delivered bool) {
	begin := time.Now()
	s = c.take(ctx, begin)
	if s.Len() == 0 {
		return s, true
	}
	err := c.next.ConsumeMetrics(ctx, s.Metrics(c.describe))
	c.count.flushed(ctx, time.Since(begin), s.Len(), err)
	switch {
	case err == nil:
		return s, true
	case consumererror.IsPermanent(err) && c.cfg.Temporality == Delta:
		c.count.lost(ctx, s.Len())
		return s, true
	default:
		c.mu.Lock()
		defer c.mu.Unlock()
		c.acc.PutBack(s)
		return s, false
	}
}

// take copies what was added up.
func (c *metricsConnector) take(ctx context.Context, now time.Time) *metric.Snapshot {
	c.mu.Lock()
	s := c.acc.Take(timestamp(now))
	series, stats := c.acc.Len(), c.acc.Stats()
	c.mu.Unlock()
	c.count.report(ctx, series, &stats)
	return s
}

// last emits for the last time: twice if there are series that begin with it, since
// they are shown as nothing first. What is not taken now is lost.
func (c *metricsConnector) last(ctx context.Context) {
	s, delivered := c.flush(ctx)
	if delivered && s.Incomplete() {
		s, delivered = c.flush(ctx)
	}
	if !delivered {
		c.count.lost(ctx, s.Len())
	}
}

// describe says who made the metrics.
func (c *metricsConnector) describe(scope pcommon.InstrumentationScope) {
	scope.SetName(metadata.ScopeName)
	scope.SetVersion(c.version)
}
