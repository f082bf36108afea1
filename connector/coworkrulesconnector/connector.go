package coworkrulesconnector

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadata"
)

// A rulesConnector asks rules of what passes. It is safe for concurrent use.
type rulesConnector struct {
	cfg   *Config
	id    component.ID
	log   *zap.Logger
	next  consumer.Logs
	count counters

	mu         sync.Mutex // for the evaluation, and the queue of what it wrote
	evaluation *Evaluation
	queue      queue
	alerts     chan struct{} // has a token when alert records wait

	store  *store                // nil without a storage
	stored time.Time             // when the state was
	cost   time.Duration         // what storing it took
	stop   func(context.Context) // ends the loop; does nothing before Start
}

// maxQueued is how many alert records wait at most.
const maxQueued = 10_000

func newConnector(cfg *Config, set connector.Settings, telemetry *metadata.TelemetryBuilder, next consumer.Logs) (*rulesConnector, error) {
	evaluation, err := cfg.NewEvaluation()
	if err != nil {
		return nil, err
	}
	evaluation.version = set.BuildInfo.Version
	return &rulesConnector{
		cfg:        cfg,
		id:         set.ID,
		log:        set.Logger,
		next:       next,
		count:      counters{telemetry: telemetry},
		evaluation: evaluation,
		queue:      queue{limit: maxQueued},
		alerts:     make(chan struct{}, 1),
		stop:       func(context.Context) {},
	}, nil
}

// Capabilities says that the records are only read.
func (*rulesConnector) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// ConsumeLogs asks the rules of a batch. It cannot fail: a sender would send again what
// was counted already. What the rules say is sent by the loop, so that alerts are in
// order and nobody waits for their receiver.
func (c *rulesConnector) ConsumeLogs(_ context.Context, ld plog.Logs) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evaluation.Add(ld, time.Now())
	c.collect()
	return nil
}

// collect has what the rules said sent. The lock is held.
func (c *rulesConnector) collect() {
	if c.queue.push(c.evaluation.Take()) {
		c.wake()
	}
}

// wake has the loop send what waits before the next tick.
func (c *rulesConnector) wake() {
	select {
	case c.alerts <- struct{}{}:
	default:
	}
}

// Start takes over what the run before has stored and starts the loop.
func (c *rulesConnector) Start(ctx context.Context, host component.Host) error {
	c.stored = time.Now()
	if c.cfg.Storage != nil {
		store, err := openStore(ctx, host, *c.cfg.Storage, c.id)
		if err != nil {
			return err
		}
		c.store = store
		if err := c.restore(ctx); err != nil {
			return err
		}
		c.tick(time.Now()) // what ended with its rule is said, and stored, if this run ends at once
	}
	c.begin() //nolint:contextcheck // the loop outlives the start
	return nil
}

// begin starts the loop. When it is to end, it ends after what it is doing, but at the
// latest when the context does.
func (c *rulesConnector) begin() {
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

// Shutdown sends what waits, and stores what the rules know. Alerts that fire go on
// firing: that a collector ends is no reason to think that their cause is gone.
func (c *rulesConnector) Shutdown(ctx context.Context) error {
	c.stop(ctx)
	c.settle(ctx, time.Now())
	c.checkpoint(context.WithoutCancel(ctx), time.Now())
	if c.store == nil {
		c.giveUp(ctx)
	}
	c.report(ctx, time.Now())
	c.count.telemetry.Shutdown()
	return c.store.close(ctx)
}

// giveUp counts what is left as lost.
func (c *rulesConnector) giveUp(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count.lost(ctx, c.queue.records)
	c.queue = queue{limit: maxQueued}
}
