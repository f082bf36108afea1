package coworkmetricsconnector

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/metric"
)

// A metricsConnector aggregates events and emits metrics every flush interval. It is safe
// for concurrent use.
type metricsConnector struct {
	cfg      *Config
	version  string
	next     consumer.Metrics
	counters counters
	readers  sync.Pool // of *metric.Reader

	mu      sync.Mutex // for the accumulator
	acc     *metric.Accumulator
	changed bool // since the last checkpoint

	id          component.ID
	checkpoints checkpointer

	stop     func() // stops the loop; does nothing before Start
	shutdown sync.Once
}

func newConnector(cfg *Config, set connector.Settings, telemetry *metadata.TelemetryBuilder, next consumer.Metrics) *metricsConnector {
	plan := metric.NewPlan(cfg.settings())
	c := &metricsConnector{
		cfg:      cfg,
		id:       set.ID,
		version:  set.BuildInfo.Version,
		next:     next,
		counters: counters{telemetry: telemetry},
		readers:  sync.Pool{New: func() any { return plan.NewReader() }},
		acc:      plan.NewAccumulator(timestamp(time.Now())),
		stop:     func() {},
	}
	c.checkpoints.counters = &c.counters
	return c
}

func timestamp(t time.Time) pcommon.Timestamp { return pcommon.NewTimestampFromTime(t) }

// Capabilities reports that records are not changed.
func (*metricsConnector) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// ConsumeLogs aggregates a batch. It never fails: after an error the sender would repeat
// the batch to the other components too.
func (c *metricsConnector) ConsumeLogs(_ context.Context, ld plog.Logs) error {
	r := c.readers.Get().(*metric.Reader)
	r.Read(ld)
	c.mu.Lock()
	c.acc.Add(r, timestamp(time.Now()))
	c.changed = true
	c.mu.Unlock()
	r.Reset() // it holds texts of the batch
	c.readers.Put(r)
	return nil
}

// Start reads the deltas that the previous run stored and starts the flush loop.
func (c *metricsConnector) Start(ctx context.Context, host component.Host) error { //nolint:contextcheck // the loop outlives the start
	if err := c.checkpoints.open(ctx, host, c.cfg, c.id); err != nil {
		return err
	}
	loop, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.loop(loop)
	}()
	c.stop = sync.OnceFunc(func() {
		cancel()
		<-done
	})
	return nil
}

// Shutdown stops the loop and flushes.
func (c *metricsConnector) Shutdown(ctx context.Context) error {
	c.stop()
	var err error
	c.shutdown.Do(func() {
		c.flushFinal(ctx)
		c.counters.telemetry.Shutdown()
		err = c.checkpoints.store.Close(ctx)
	})
	return err
}
