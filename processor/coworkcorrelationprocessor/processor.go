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

	mu      sync.Mutex // held while the tracker changes, and until what it closed is in the outbox
	tracker *prompt.Tracker
	outbox  *stateful.Outbox[prompt.Trace]

	checkpoints checkpointer
	loop        *stateful.Loop
}

func newProcessor(cfg *Config, set processor.Settings, telemetry *metadata.TelemetryBuilder, next consumer.Logs) *correlator {
	c := &correlator{
		cfg:    cfg,
		id:     set.ID,
		next:   next,
		counts: counters{telemetry: telemetry},
		began:  time.Now(),
		tracker: prompt.NewTracker(prompt.Settings{
			Idle: cfg.IdleTimeout, MaxOpen: cfg.MaxPrompts, Durable: cfg.Storage != nil,
		}),
		checkpoints: checkpointer{telemetry: telemetry},
		loop:        stateful.NewLoop(),
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
	c.loop.Start(c.cfg.tickInterval(), c.tick, c.tick) //nolint:contextcheck // the loop outlives the start
	return nil
}

// tick closes idle prompts, sends summaries and stores what changed. A summary is stored
// as ended before it is sent, and as delivered right after: if the collector crashes in
// between, the next run sends the same summary again.
func (c *correlator) tick(ctx context.Context) {
	now := c.now()
	c.mu.Lock()
	c.tracker.Expire(now)
	c.outbox.Push(c.tracker.Take(nil)...)
	c.mu.Unlock()
	c.outbox.Flush(ctx)
	if c.checkpoints.schedule.IsDue(now) {
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
	stats := c.tracker.Stats()
	c.mu.Unlock()
	c.counts.recordStats(ctx, stats, c.outbox.Len())
}

// ConsumeLogs passes a batch on, its records stamped and duplicates removed. The loop is
// woken when a batch of summaries is complete: where many prompts are evicted, the outbox
// would exceed its limit before the next tick.
func (c *correlator) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	b := batch{
		tracker: c.tracker, deduplicate: c.cfg.Deduplicate, now: c.now(),
		counted: make([]uint64, 0, ld.LogRecordCount()),
	}
	c.mu.Lock()
	b.correlate(ld)
	if c.outbox.Push(c.tracker.Take(nil)...) {
		c.loop.Wake()
	}
	c.mu.Unlock()
	stateful.AddCount(ctx, c.counts.telemetry.ProcessorCoworkCorrelationRenamed, b.renamed)
	if b.dropped > 0 && ld.LogRecordCount() == 0 {
		return nil
	}
	err := c.next.ConsumeLogs(ctx, ld)
	if err != nil && !consumererror.IsPermanent(err) {
		c.expectAgain(b.counted)
	}
	return err
}

// expectAgain lets events pass that the sender sends again, since the next component
// refused them. They are counted only once.
func (c *correlator) expectAgain(identities []uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, identity := range identities {
		c.tracker.Undelivered(identity)
	}
}
