package coworkalertexporter

// This file holds the component: records update the active alerts, and the alerts that
// are due are sent, at once and by the resend loop.

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/stateful"
)

const (
	// maxBatch is the maximum number of alerts in a request.
	maxBatch = 64
	// resendCheck is how often the resend loop checks which alerts are due.
	resendCheck = time.Second
	// minRetryDelay is the shortest time between a failed request and the next resend.
	minRetryDelay = 5 * time.Second
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
	// isUndelivered reports whether a receiver was not notified yet of an alert that fired.
	isUndelivered(labels map[string]string) bool
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
	if e.cfg.Embedded.HasValue() {
		e.active.forgetFiring()
	}
	e.alertmanager, e.active.isUndelivered = am, am.isUndelivered
	e.resender.Wake()                                 // send the restored alerts at once
	e.resender.Start(resendCheck, e.resend, e.resend) //nolint:contextcheck // the loop outlives the start
	return nil
}

func (e *alertExporter) openAlertmanager(ctx context.Context, host component.Host) (alertmanager, error) {
	if e.cfg.Embedded.HasValue() {
		report := notificationReport{problem.ComponentName(component.KindExporter, e.set.ID), e.telemetry}
		return openEmbedded(ctx, e.cfg.Embedded.Get(), e.set.Logger, e.cfg.MaxAlerts, report)
	}
	return newClient(ctx, e.cfg, host, e.set)
}

// push applies a batch of records to the active alerts and sends those that changed.
// When exporterhelper retries a batch, push sends what is still due: many alerts can
// take longer than the timeout of one call.
func (e *alertExporter) push(ctx context.Context, ld plog.Logs) error {
	release, err := e.lock.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	now := e.now()
	changed := e.updateFrom(ctx, ld, now)
	e.expire(ctx, now)
	e.checkpoint(ctx)
	due := slices.DeleteFunc(changed, func(key string) bool { return !e.active.isDue(key, now) })
	err = e.sendAlerts(ctx, due, e.cfg.MinimumFiring)
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
	if e.store == nil {
		clear(e.active.unsaved)
	} else if e.active.checkpoint(ctx, e.store) != nil {
		stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertStorageErrors, 1)
	}
}

// resend sends all alerts that are due. It does nothing while a batch of records is sent.
func (e *alertExporter) resend(ctx context.Context) {
	release, acquired := e.lock.tryAcquire()
	if !acquired {
		return
	}
	defer release()
	now := e.now()
	e.expire(ctx, now)
	if e.resendAt.After(now.Add(maxRetryAfter)) {
		e.resendAt = now // the clock was set back
	}
	if !now.Before(e.resendAt) {
		e.sendWithTimeout(ctx, e.active.due(now), e.cfg.MinimumFiring)
	}
	e.checkpoint(ctx)
	for status, n := range e.active.countByStatus(now) {
		e.telemetry.ExporterCoworkAlertKnown.Record(ctx, n, metric.WithAttributes(attribute.String("status", status)))
	}
}

// sendWithTimeout sends alerts outside of push. Errors are counted, and the next resend
// retries.
func (e *alertExporter) sendWithTimeout(ctx context.Context, keys []string, minimumFiring time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, e.cfg.sendTimeout())
	defer cancel()
	_ = e.sendAlerts(ctx, keys, minimumFiring)
}

// sendAlerts sends the alerts of keys, and stops at the first error that is not a
// rejection. It returns a permanent error if the queue must not retry. The alerts that
// were not rejected remain active in any case: the next resend sends them.
func (e *alertExporter) sendAlerts(ctx context.Context, keys []string, minimumFiring time.Duration) (err error) {
	for batch := range slices.Chunk(keys, maxBatch) {
		batchErr := e.sendBatch(ctx, batch, minimumFiring)
		if batchErr == nil {
			continue
		}
		err = retryableOf(err, batchErr)
		if !errors.As(batchErr, new(*rejectedError)) {
			break
		}
	}
	return err
}

// sendBatch sends the alerts of keys in one request. It splits a rejected request in
// halves until the rejected alert is alone, and removes that alert.
func (e *alertExporter) sendBatch(ctx context.Context, keys []string, minimumFiring time.Duration) error {
	now := e.now()
	alerts := e.active.postable(keys, now, minimumFiring)
	if len(alerts) == 0 {
		return nil
	}
	err := e.alertmanager.post(ctx, alerts)
	var rejected *rejectedError
	switch {
	case err == nil:
		for _, p := range alerts {
			e.active.markAccepted(p, now)
			stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertDeliveries, 1, attribute.String("status", p.status))
		}
		return nil
	case !errors.As(err, &rejected):
		e.delayResend(ctx, err, now)
		return err
	case len(keys) == 1:
		e.active.remove(keys[0])
		stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertRefused, 1, attribute.Int("status", rejected.code))
		return consumererror.NewPermanent(err)
	}
	half := len(keys) / 2
	return retryableOf(e.sendBatch(ctx, keys[:half], minimumFiring), e.sendBatch(ctx, keys[half:], minimumFiring))
}

// retryableOf returns the error that is not permanent, if there is one.
func retryableOf(first, second error) error {
	if first == nil || second != nil && consumererror.IsPermanent(first) {
		return second
	}
	return first
}

// delayResend delays the next resend by the Retry-After of a failed request.
func (e *alertExporter) delayResend(ctx context.Context, err error, now time.Time) {
	delay, code := minRetryDelay, 0
	if status, ok := errors.AsType[*statusError](err); ok {
		delay, code = max(delay, status.retryAfter), status.code
	}
	e.resendAt = now.Add(delay)
	stateful.AddCount(ctx, e.telemetry.ExporterCoworkAlertFailures, 1, attribute.Int("status", code))
}

// shutdown stops the resend loop, with the request in progress, and closes Alertmanager
// and storage. Without storage, it first sends the resolved alerts that wait for
// minimum_firing: no later run will send them.
func (e *alertExporter) shutdown(ctx context.Context) error {
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	e.resender.Stop(canceled)
	release, err := e.lock.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	if e.alertmanager != nil {
		if e.cfg.Storage == nil {
			e.sendWithTimeout(ctx, e.active.unsentResolved(), 0)
		}
		e.checkpoint(context.WithoutCancel(ctx))
		err = e.alertmanager.close(ctx)
	}
	e.alertmanager = nil
	return errors.Join(err, e.store.Close(ctx))
}

// A contextLock is a mutex that waits only until a context ends. Its capacity is 1.
type contextLock chan struct{}

// acquire returns an error only if it had to wait: an ended context does not keep a free
// lock from being acquired.
func (l contextLock) acquire(ctx context.Context) (release func(), err error) {
	if release, acquired := l.tryAcquire(); acquired {
		return release, nil
	}
	select {
	case l <- struct{}{}:
		return func() { <-l }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (l contextLock) tryAcquire() (release func(), acquired bool) {
	select {
	case l <- struct{}{}:
		return func() { <-l }, true
	default:
		return nil, false
	}
}
