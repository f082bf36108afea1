package coworkcorrelationprocessor

import (
	"context"
	"fmt"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"

	"github.com/cowork-otel/collector/internal/delivery"
	"github.com/cowork-otel/collector/internal/digest"
	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/stateful"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadata"
)

// A correlator correlates the records of prompts in a pipeline of logs. It is safe for
// concurrent use.
type correlator struct {
	cfg    *Config
	id     component.ID
	next   consumer.Logs
	counts counters
	began  time.Time

	mu      sync.Mutex // held while ledger and tracker change, and until what it closed is in the outbox
	ledger  *delivery.Ledger
	tracker *prompt.Tracker
	outbox  *stateful.Outbox[prompt.Trace]

	checkpoints checkpointer
	loop        *stateful.Loop // closes prompts and stores what changed
	sender      *stateful.Loop // sends summaries, which the next component can delay
}

func newProcessor(cfg *Config, set processor.Settings, telemetry *metadata.TelemetryBuilder, next consumer.Logs) *correlator {
	c := &correlator{
		cfg:    cfg,
		id:     set.ID,
		next:   next,
		counts: counters{telemetry: telemetry},
		began:  time.Now(),
		ledger: delivery.NewLedger(delivery.Settings{
			MaxDelivered: maxDelivered, MaxRefused: maxRefused, Durable: cfg.Storage != nil,
		}),
		tracker: prompt.NewTracker(prompt.Settings{
			Idle: cfg.IdleTimeout, MaxOpen: cfg.MaxPrompts, Durable: cfg.Storage != nil,
		}),
		checkpoints: checkpointer{telemetry: telemetry},
		loop:        stateful.NewLoop(),
		sender:      stateful.NewLoop(),
	}
	summaries := summarySender{version: set.BuildInfo.Version, telemetry: telemetry, storage: &c.checkpoints}
	if cfg.Summary {
		summaries.next = next
	}
	outbox := summaries.outboxSettings(cfg.MaxPrompts)
	if cfg.Storage != nil {
		outbox.BeforeSend, outbox.AfterSend = c.checkpoint, c.checkpoint
	}
	c.outbox = stateful.NewOutbox(outbox)
	return c
}

// The events that are recognised when they arrive again: in 16 MiB and 2 MiB of memory.
const (
	maxDelivered = 500_000
	maxRefused   = 50_000
)

// now returns the current time by the monotonic clock: setting the system's clock neither
// closes prompts nor keeps them open.
func (c *correlator) now() time.Time { return c.began.Add(time.Since(c.began)) }

// Capabilities reports that records are changed.
func (*correlator) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: true}
}

// Start restores the prompts that the previous run stored and starts the loop.
func (c *correlator) Start(ctx context.Context, host component.Host) error {
	if err := c.restore(ctx, host); err != nil {
		return err
	}
	interval := c.cfg.tickInterval()
	c.loop.Start(interval, c.tick, c.tick) //nolint:contextcheck // the loops outlive the start
	// Each tick of the other loop wakes it.
	c.sender.Start(interval, func(context.Context) {}, c.send) //nolint:contextcheck // as above
	return nil
}

// send sends the summaries that wait.
func (c *correlator) send(ctx context.Context) {
	c.outbox.Flush(ctx)
	c.counts.telemetry.ProcessorCoworkCorrelationQueued.Record(ctx, int64(c.outbox.Len()))
}

// tick closes idle prompts and stores what changed, also while the next component delays
// summaries. A summary is stored as ended before it is sent, and as delivered right after:
// if the collector crashes in between, the next run sends the same summary again.
func (c *correlator) tick(ctx context.Context) {
	now := c.now()
	c.mu.Lock()
	c.tracker.Expire(now)
	c.outbox.Push(c.tracker.Take(nil)...)
	c.mu.Unlock()
	c.sender.Wake()
	if c.isCheckpointDue(now) {
		c.checkpoint(ctx)
	}
	c.recordStats(ctx)
}

// Shutdown closes all prompts and sends their summaries. The next run sends those that are
// not delivered; without a storage they are lost. The final state is stored even if ctx has
// ended.
func (c *correlator) Shutdown(ctx context.Context) error {
	if !c.loop.Stop(ctx) {
		return nil
	}
	c.sender.Stop(ctx)
	c.mu.Lock()
	c.tracker.Flush(prompt.Shutdown)
	c.outbox.Push(c.tracker.Take(nil)...)
	c.mu.Unlock()
	c.outbox.Flush(ctx)
	c.checkpoint(context.WithoutCancel(ctx))
	if c.cfg.Storage == nil {
		c.outbox.Discard(ctx)
	}
	c.recordStats(ctx)
	c.counts.telemetry.Shutdown()
	return c.checkpoints.store.Close(ctx)
}

func (c *correlator) recordStats(ctx context.Context) {
	c.mu.Lock()
	prompts, events := c.tracker.Stats(), c.ledger.Stats()
	c.mu.Unlock()
	c.counts.recordStats(ctx, prompts, events, c.outbox.Len())
}

// ConsumeLogs passes a batch on, its records stamped and duplicates removed. The loop is
// woken when a batch of summaries is complete: where many prompts are evicted, the outbox
// would exceed its limit before the next tick.
func (c *correlator) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	b := c.newBatch(ld)
	defer b.release()
	if err := c.lockWhenKnown(ctx, b.ids); err != nil {
		return err
	}
	c.ledger.Start(b.flight)
	b.correlate(ld)
	if c.outbox.Push(c.tracker.Take(nil)...) {
		c.sender.Wake()
	}
	c.mu.Unlock()
	accepted := false
	defer func() { // also if a component panics, and the server of the receiver recovers
		c.mu.Lock()
		defer c.mu.Unlock()
		c.ledger.End(b.flight, accepted)
	}()
	stateful.AddCount(ctx, c.counts.telemetry.ProcessorCoworkCorrelationRenamed, b.renamed)
	if b.dropped > 0 && ld.LogRecordCount() == 0 {
		accepted = true
		return nil
	}
	err := c.next.ConsumeLogs(ctx, ld)
	accepted = err == nil
	return err
}

// lockWhenKnown locks the processor when no other batch that is on its way has one of the
// events: until its outcome is known, they can neither be dropped nor passed on. Unless it
// returns an error, the caller unlocks.
func (c *correlator) lockWhenKnown(ctx context.Context, ids []digest.Digest) error {
	for {
		c.mu.Lock()
		blocking := c.ledger.Blocking(ids)
		if blocking == nil {
			return nil
		}
		c.mu.Unlock()
		select {
		case <-blocking:
		case <-ctx.Done():
			return fmt.Errorf("cowork_correlation: the same events are on their way in another batch: %w", ctx.Err())
		}
	}
}
