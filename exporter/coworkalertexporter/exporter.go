package coworkalertexporter

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/attribute"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/stateful"
)

// An alertExporter keeps the active alerts and sends them to an Alertmanager.
type alertExporter struct {
	cfg       *Config
	set       exporter.Settings
	telemetry *metadata.TelemetryBuilder
	now       func() time.Time
	parser    *alertParser
	resender  *stateful.Loop

	// lock guards the fields below.
	lock         contextLock
	active       *activeAlerts
	alertmanager alertmanager // nil unless started
	store        *stateful.Store
	// resendAt is the earliest time of the next resend, after a request failed.
	resendAt time.Time
}

// An alertmanager accepts alerts.
type alertmanager interface {
	// post delivers all alerts, or returns an error. After a [rejectedError] some of the
	// alerts may be delivered, after any other error none is.
	post(ctx context.Context, alerts []postableAlert) error
	close(ctx context.Context) error
}

func newExporter(cfg *Config, set exporter.Settings, telemetry *metadata.TelemetryBuilder) *alertExporter {
	return &alertExporter{
		cfg: cfg, set: set, telemetry: telemetry, now: time.Now,
		parser: newAlertParser(cfg.Labels, cfg.Annotations), resender: stateful.NewLoop(),
		lock: make(contextLock, 1), active: newActiveAlerts(cfg),
	}
}

func (e *alertExporter) start(ctx context.Context, host component.Host) (err error) {
	if e.store, err = stateful.OpenWalkableStore(ctx, host, e.cfg.Storage, storageOwner(e.set.ID)); err != nil {
		return err
	}
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertStorageErrors, e.active.restore(ctx, e.store))
	am, err := e.openAlertmanager(ctx, host)
	if err != nil {
		return err // am is not nil: it holds a nil pointer
	}
	e.alertmanager = am
	e.resender.Wake() // send the restored alerts at once
	e.resender.Start(resendCheck, e.resend, e.resend)
	return nil
}

func (e *alertExporter) openAlertmanager(ctx context.Context, host component.Host) (alertmanager, error) {
	if e.cfg.Embedded.HasValue() {
		return openEmbedded(ctx, e.cfg.Embedded.Get(), e.set.Logger)
	}
	return newClient(ctx, e.cfg, host, e.set)
}

// push applies a batch of records to the active alerts and sends those that changed.
// When exporterhelper retries a batch, push sends what is still due: many alerts can
// take longer than the timeout of one call.
func (e *alertExporter) push(ctx context.Context, ld plog.Logs) error {
	if err := e.lock.acquire(ctx); err != nil {
		return err
	}
	defer e.lock.release()
	now := e.now()
	changed := e.updateFrom(ctx, ld, now)
	e.expire(ctx, now)
	e.checkpoint(ctx)
	due := slices.DeleteFunc(changed, func(key string) bool { return !e.active.isDue(key, now) })
	err := e.sendAlerts(ctx, due, e.cfg.MinimumFiring)
	e.checkpoint(ctx)
	return err
}

// updateFrom applies records to the active alerts, and returns the keys that changed.
func (e *alertExporter) updateFrom(ctx context.Context, ld plog.Logs, now time.Time) (keys []string) {
	updated := map[string]bool{}
	for ev := range cowork.Events(ld) {
		a, truncated, skipped := e.parser.parse(ev, now)
		stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertCut, truncated)
		if skipped != "" {
			stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertSkipped, 1, attribute.String("reason", skipped))
			continue
		}
		changed := e.active.update(a, now, updated)
		if len(changed) == 0 {
			stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertStale, 1)
		}
		for _, key := range changed {
			if !updated[key] {
				updated[key] = true
				keys = append(keys, key)
			}
		}
	}
	return keys
}

func (e *alertExporter) expire(ctx context.Context, now time.Time) {
	forgotten, evicted := e.active.expire(now)
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertForgotten, forgotten)
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertEvicted, evicted)
}

// checkpoint stores the alerts that changed. An error is counted and does not stop
// delivery: the next checkpoint stores them.
func (e *alertExporter) checkpoint(ctx context.Context) {
	if e.active.checkpoint(ctx, e.store) != nil {
		stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertStorageErrors, 1)
	}
}

// shutdown stops the resend loop, with the request in progress, and closes Alertmanager
// and storage. Without storage, it first sends the resolved alerts that wait for
// minimum_firing: no later run will send them.
func (e *alertExporter) shutdown(ctx context.Context) error {
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	e.resender.Stop(canceled)
	if err := e.lock.acquire(ctx); err != nil {
		return err
	}
	defer e.lock.release()
	var err error
	if e.alertmanager != nil {
		if e.cfg.Storage == nil {
			e.sendWithTimeout(ctx, e.active.unsentResolved(), 0)
		}
		e.checkpoint(ctx)
		err = e.alertmanager.close(ctx)
	}
	e.alertmanager = nil
	return errors.Join(err, e.store.Close(ctx))
}

// A contextLock is a mutex that waits only until a context ends. Its capacity is 1.
type contextLock chan struct{}

func (l contextLock) acquire(ctx context.Context) error {
	select {
	case l <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (l contextLock) tryAcquire() bool {
	select {
	case l <- struct{}{}:
		return true
	default:
		return false
	}
}

func (l contextLock) release() { <-l }
