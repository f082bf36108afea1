package coworkmetricsconnector

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/metric"
)

// A metricsConnector adds up what passes and emits it every flush interval. It is
// safe for concurrent use.
type metricsConnector struct {
	cfg     *Config
	version string
	next    consumer.Metrics
	count   counters
	readers sync.Pool // of *metric.Reader

	mu  sync.Mutex // for the accumulator
	acc *metric.Accumulator

	stop     func() // ends the loop; does nothing before Start
	shutdown sync.Once
}

func newConnector(cfg *Config, version string, telemetry *metadata.TelemetryBuilder, next consumer.Metrics) *metricsConnector {
	plan := metric.NewPlan(cfg.settings())
	return &metricsConnector{
		cfg:     cfg,
		version: version,
		next:    next,
		count:   counters{telemetry: telemetry},
		readers: sync.Pool{New: func() any { return plan.NewReader() }},
		acc:     plan.NewAccumulator(timestamp(time.Now())),
		stop:    func() {},
	}
}

func timestamp(t time.Time) pcommon.Timestamp { return pcommon.NewTimestampFromTime(t) }

// Capabilities says that the records are only read.
func (*metricsConnector) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// ConsumeLogs adds up a batch. It cannot fail: a sender would send again what others
// have taken already.
func (c *metricsConnector) ConsumeLogs(_ context.Context, ld plog.Logs) error {
	r := c.readers.Get().(*metric.Reader)
	r.Read(ld)
	c.mu.Lock()
	c.acc.Add(r, timestamp(time.Now()))
	c.mu.Unlock()
	r.Reset() // which shows texts of the batch
	c.readers.Put(r)
	return nil
}

// Start starts the loop that emits.
func (c *metricsConnector) Start(context.Context, component.Host) error { //nolint:contextcheck // the loop outlives the start
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

// Shutdown emits what was not emitted yet.
func (c *metricsConnector) Shutdown(ctx context.Context) error {
	c.stop()
	c.shutdown.Do(func() {
		c.last(ctx)
		c.count.telemetry.Shutdown()
	})
	return nil
}
