package coworkcorrelationprocessor

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"

	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadata"
)

// A correlator joins the events of prompts on their way through a pipeline. It is
// safe for concurrent use.
type correlator struct {
	cfg   *Config
	id    component.ID
	next  consumer.Logs
	scope scope
	count *counters
	began time.Time

	mu      sync.Mutex // for the tracker, and the queue of what it closed
	tracker *prompt.Tracker
	queue   queue
	full    chan struct{} // has a token when a batch of summaries waits

	store *store                // nil without a storage
	stop  func(context.Context) // ends the loop; does nothing before Start
}

// minQueue is for how many summaries there is room at least. There is room for those
// of all prompts that may be open, and as many that were closed before them.
const minQueue = 10 * maxBatch

func newProcessor(cfg *Config, set processor.Settings, telemetry *metadata.TelemetryBuilder, next consumer.Logs) *correlator {
	return &correlator{
		cfg:   cfg,
		id:    set.ID,
		next:  next,
		scope: scope{metadata.ScopeName, set.BuildInfo.Version},
		count: &counters{telemetry: telemetry},
		began: time.Now(),
		tracker: prompt.NewTracker(prompt.Settings{
			Idle: cfg.IdleTimeout, MaxOpen: cfg.MaxPrompts, Durable: cfg.Storage != nil,
		}),
		queue: queue{limit: max(2*cfg.MaxPrompts, minQueue)},
		full:  make(chan struct{}, 1),
		stop:  func(context.Context) {},
	}
}

// now returns the time as it passed since the beginning: setting the clock closes no
// prompt, and keeps none open.
func (c *correlator) now() time.Time { return c.began.Add(time.Since(c.began)) }

// Capabilities says that records are changed.
func (*correlator) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: true}
}

// Start reads what the run before has stored and starts the loop that closes
// prompts.
func (c *correlator) Start(ctx context.Context, host component.Host) error {
	if c.cfg.Storage != nil {
		store, err := openStore(ctx, host, *c.cfg.Storage, c.id)
		if err != nil {
			return err
		}
		c.store = store
		if err := c.restore(ctx); err != nil {
			return err
		}
	}
	c.begin() //nolint:contextcheck // the loop outlives the start
	return nil
}

// begin starts the loop. When it is to end, it ends after what it is doing, so that
// a summary is not sent twice, but at the latest when the context does.
func (c *correlator) begin() {
	sending, cancel := context.WithCancel(context.Background())
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		c.loop(sending, quit)
	}()
	var once sync.Once
	c.stop = func(ctx context.Context) {
		once.Do(func() {
			close(quit)
			stopped := context.AfterFunc(ctx, cancel)
			<-done
			stopped()
			cancel()
		})
	}
}

// Shutdown closes all prompts and sends their summaries. What cannot be sent is
// lost, but for a storage, from which the next run sends it. What was sent is stored
// also if there is no time left.
func (c *correlator) Shutdown(ctx context.Context) error {
	c.stop(ctx)
	c.mu.Lock()
	c.tracker.Flush(prompt.Shutdown)
	c.queue.fill(c.tracker)
	c.mu.Unlock()
	c.settle(ctx)
	c.checkpoint(context.WithoutCancel(ctx))
	if c.store == nil {
		c.giveUp(ctx)
	}
	c.report(ctx)
	c.count.telemetry.Shutdown()
	return c.store.close(ctx)
}

// giveUp counts what is left as lost.
func (c *correlator) giveUp(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count.lost(ctx, c.queue.len())
	c.queue = queue{limit: c.queue.limit}
}

// ConsumeLogs passes a batch on, its records stamped and without those that came
// before. If the next component fails, the sender will send the batch again, and
// its events must pass then although they are counted.
func (c *correlator) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	b := batch{correlator: c, now: c.now(), passed: make([]uint64, 0, ld.LogRecordCount())}
	c.mu.Lock()
	b.correlate(ld)
	c.queue.fill(c.tracker)
	if c.queue.hasBatch() {
		c.wake()
	}
	c.mu.Unlock()
	c.count.renamed(ctx, b.renamed)
	if b.dropped > 0 && ld.LogRecordCount() == 0 {
		return nil
	}
	err := c.next.ConsumeLogs(ctx, ld)
	if err != nil && !consumererror.IsPermanent(err) {
		c.undelivered(b.passed)
	}
	return err
}

// wake has summaries sent before the next tick: where many prompts are evicted, not
// all of them would find room until then.
func (c *correlator) wake() {
	select {
	case c.full <- struct{}{}:
	default:
	}
}

func (c *correlator) undelivered(identities []uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, identity := range identities {
		c.tracker.Undelivered(identity)
	}
}
