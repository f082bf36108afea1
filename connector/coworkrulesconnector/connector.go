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
	"github.com/cowork-otel/collector/internal/stateful"
)

// A rulesConnector evaluates rules on the records of a pipeline and sends alert records to
// the next one. It is safe for concurrent use.
type rulesConnector struct {
	cfg    *Config
	id     component.ID
	log    *zap.Logger
	counts counters

	mu         sync.Mutex // held while rules are evaluated, and until their alerts are in the outbox
	evaluation *Evaluation
	outbox     *stateful.Outbox[plog.Logs] // batches of alert records

	store    *stateful.Store
	schedule stateful.Schedule
	loop     *stateful.Loop
}

func newConnector(cfg *Config, set connector.Settings, telemetry *metadata.TelemetryBuilder, next consumer.Logs) (*rulesConnector, error) {
	evaluation, err := cfg.NewEvaluation()
	if err != nil {
		return nil, err
	}
	evaluation.version = set.BuildInfo.Version
	c := &rulesConnector{
		cfg:        cfg,
		id:         set.ID,
		log:        set.Logger,
		counts:     counters{telemetry: telemetry},
		evaluation: evaluation,
		loop:       stateful.NewLoop(),
	}
	outbox := alertSender{next, telemetry}.outboxSettings()
	if cfg.Storage != nil {
		outbox.BeforeSend, outbox.AfterSend = c.storeAlerts, c.storeOutbox
	}
	c.outbox = stateful.NewOutbox(outbox)
	return c, nil
}

// Capabilities reports that records are only read.
func (*rulesConnector) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// ConsumeLogs evaluates the rules on a batch. It returns no error: the sender would repeat
// events that were counted already. The loop sends the alerts, so that they stay in order
// and a slow receiver does not block the pipeline.
func (c *rulesConnector) ConsumeLogs(_ context.Context, ld plog.Logs) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evaluation.Add(ld, time.Now())
	c.enqueueAlerts()
	return nil
}

// enqueueAlerts moves the alerts of an evaluation to the outbox, under the lock, and wakes
// the loop.
func (c *rulesConnector) enqueueAlerts() {
	if ld := c.evaluation.Take(); ld.LogRecordCount() > 0 && c.outbox.Push(ld) {
		c.loop.Wake()
	}
}

// Start restores what the previous run stored and starts the loop.
func (c *rulesConnector) Start(ctx context.Context, host component.Host) error {
	if err := c.restore(ctx, host); err != nil {
		return err
	}
	c.loop.Start(c.cfg.EvaluationInterval, c.tick, c.outbox.Flush) //nolint:contextcheck // the loop outlives the start
	return nil
}

// tick evaluates the rules at the current time, sends alerts and stores the state.
func (c *rulesConnector) tick(ctx context.Context) {
	now := time.Now()
	c.evaluateAt(now)
	c.outbox.Flush(ctx)
	if c.schedule.IsDue(now) {
		c.checkpoint(ctx, now)
	}
	c.recordStats(ctx, now)
}

func (c *rulesConnector) evaluateAt(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evaluation.Tick(now)
	c.enqueueAlerts()
}

// Shutdown sends the alerts that wait and stores the state. Alerts that fire are not
// resolved: their cause may persist while the collector is down.
func (c *rulesConnector) Shutdown(ctx context.Context) error {
	if !c.loop.Stop(ctx) {
		return nil
	}
	c.outbox.Flush(ctx)
	c.checkpoint(context.WithoutCancel(ctx), time.Now())
	if c.store == nil {
		c.outbox.Discard(ctx)
	}
	c.recordStats(ctx, time.Now())
	c.counts.telemetry.Shutdown()
	return c.store.Close(ctx)
}

func (c *rulesConnector) recordStats(ctx context.Context, now time.Time) {
	c.mu.Lock()
	stats := c.evaluation.Stats()
	c.mu.Unlock()
	c.counts.recordStats(ctx, stats, c.outbox.Size())
	if c.store != nil {
		c.counts.telemetry.ConnectorCoworkRulesCheckpointAge.Record(ctx, c.schedule.Age(now).Seconds())
	}
}
