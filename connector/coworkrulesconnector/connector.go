package coworkrulesconnector

// This file holds the component: its lifecycle, its lock and loop, its outbox and its
// metrics.

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/attribute"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/stateful"
)

// A rulesConnector evaluates rules on the records of a pipeline and sends alert records to
// the next one. It is safe for concurrent use.
type rulesConnector struct {
	cfg       *Config
	id        component.ID
	log       *zap.Logger
	telemetry *metadata.TelemetryBuilder
	totals    stateful.Totals // used by the loop, and by Shutdown after its end

	mu         sync.Mutex // held while rules are evaluated, and until their alerts are in the outbox
	evaluation *Evaluation
	outbox     *stateful.Outbox[plog.Logs] // batches of alert records

	loop *stateful.Loop

	store    *stateful.Store
	storing  sync.Mutex // held while state is stored, and for the fields below; taken before mu
	schedule stateful.Schedule
	// changesLost is true after a checkpoint failed, and after a start with changes: the next
	// changes would not have the earlier alerts.
	changesLost bool
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
		telemetry:  telemetry,
		evaluation: evaluation,
		loop:       stateful.NewLoop(),
	}
	c.outbox = c.newOutbox(next)
	return c, nil
}

const (
	// maxQueued is how many alert records wait at most.
	maxQueued = 10_000

	// sendTimeout is how long the next component may take for a batch of alerts. Rules are
	// not evaluated by time meanwhile.
	sendTimeout = 5 * time.Second
)

// newOutbox returns the outbox of alert records. An item is a batch, as the rules made it.
func (c *rulesConnector) newOutbox(next consumer.Logs) *stateful.Outbox[plog.Logs] {
	set := stateful.OutboxSettings[plog.Logs]{
		BatchItems: 1,
		MaxItems:   maxQueued,
		MaxSize:    maxQueued,
		SizeOf:     (*plog.Logs).LogRecordCount,
		Timeout:    sendTimeout,
		Send: func(ctx context.Context, batch []plog.Logs) error {
			ld := plog.NewLogs()
			batch[0].CopyTo(ld) // the next component may change it before it returns an error
			return next.ConsumeLogs(ctx, ld)
		},
		Report: func(ctx context.Context, outcome stateful.Outcome, batches []plog.Logs) {
			switch outcome {
			case stateful.Retried:
				stateful.AddCount(ctx, c.telemetry.ConnectorCoworkRulesRetries, 1)
			case stateful.Rejected, stateful.Dropped:
				for _, ld := range batches {
					stateful.AddCount(ctx, c.telemetry.ConnectorCoworkRulesAlertsDropped, ld.LogRecordCount())
				}
			case stateful.Delivered:
			}
		},
	}
	if c.cfg.Storage != nil {
		set.BeforeSend, set.AfterSend = c.storeAlerts, c.storeAlerts
	}
	return stateful.NewOutbox(set)
}

// Capabilities reports that records are only read.
func (*rulesConnector) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// ConsumeLogs evaluates the rules on a batch. It returns no error: the sender would repeat
// events that were counted already. The alerts of a batch are stored before the batch is
// acknowledged. The loop sends them, so that they stay in order and a slow receiver does
// not block the pipeline.
func (c *rulesConnector) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	if c.add(ld) {
		c.outbox.Save(context.WithoutCancel(ctx))
	}
	return nil
}

// add evaluates the rules on a batch and reports whether there are new alerts.
func (c *rulesConnector) add(ld plog.Logs) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evaluation.Add(ld, time.Now())
	return c.enqueueAlerts()
}

// enqueueAlerts moves the alerts of an evaluation to the outbox, under the lock, and wakes
// the loop. It reports whether there are any.
func (c *rulesConnector) enqueueAlerts() bool {
	ld := c.evaluation.Take()
	if ld.LogRecordCount() == 0 {
		return false
	}
	if c.outbox.Push(ld) {
		c.loop.Wake()
	}
	return true
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
	c.checkpointIfDue(ctx, now)
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
	c.telemetry.Shutdown()
	return c.store.Close(ctx)
}

// recordStats records what the rules have counted, and how many alert records wait.
func (c *rulesConnector) recordStats(ctx context.Context, now time.Time) {
	c.mu.Lock()
	s := c.evaluation.Stats()
	c.mu.Unlock()
	t := c.telemetry
	t.ConnectorCoworkRulesFiring.Record(ctx, s.Firing)
	t.ConnectorCoworkRulesPending.Record(ctx, s.Pending)
	t.ConnectorCoworkRulesGroups.Record(ctx, s.Groups)
	t.ConnectorCoworkRulesQueued.Record(ctx, int64(c.outbox.Size()))
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesEvents, s.Events)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesEvicted, s.Evicted)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesLate, s.Late)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesUngrouped, s.Ungrouped)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesClipped, s.Clipped)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesSaturated, s.Saturated)
	c.totals.AddTotal(ctx, t.ConnectorCoworkRulesAlertsSuppressed, s.Suppressed)
	for alert, n := range s.Alerts {
		c.totals.AddTotal(ctx, t.ConnectorCoworkRulesAlerts, n, attribute.String("rule", alert.Rule), attribute.String("status", string(alert.Status)))
	}
	for fault, n := range s.Faults {
		c.totals.AddTotal(ctx, t.ConnectorCoworkRulesConditionErrors, n, attribute.String("rule", fault.Rule), attribute.String("kind", fault.Kind))
	}
	if c.store != nil {
		c.storing.Lock()
		defer c.storing.Unlock()
		t.ConnectorCoworkRulesCheckpointAge.Record(ctx, c.schedule.Age(now).Seconds())
	}
}
