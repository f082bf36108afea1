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
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/cowork"
)

// An alertExporter keeps the active alerts and sends them to an Alertmanager.
type alertExporter struct {
	cfg       *Config
	set       exporter.Settings
	telemetry *metadata.TelemetryBuilder
	now       func() time.Time

	// lock guards the fields below.
	lock         contextLock
	active       *activeAlerts
	alertmanager alertmanager // nil unless started
	store        *store       // nil without storage
	// resendAt is the earliest time of the next resend, after a request failed.
	resendAt time.Time

	stop func()
	done chan struct{}
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
		lock: make(contextLock, 1), active: newActiveAlerts(cfg), stop: func() {},
	}
}

func (e *alertExporter) start(ctx context.Context, host component.Host) (err error) {
	if e.cfg.Storage != nil {
		if e.store, err = openStore(ctx, host, *e.cfg.Storage, e.set.ID); err != nil {
			return err
		}
		addCount(ctx, e.telemetry.ExporterCoworkAlertStorageErrors, e.store.load(ctx, e.active))
	}
	if e.alertmanager, err = e.openAlertmanager(ctx, host); err != nil {
		return err
	}
	ctx, e.stop = context.WithCancel(context.WithoutCancel(ctx))
	e.done = make(chan struct{})
	go e.loop(ctx)
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
	e.save(ctx)
	due := slices.DeleteFunc(changed, func(key string) bool { return !e.active.isDue(key, now) })
	err := e.sendAlerts(ctx, due, e.cfg.MinimumFiring)
	e.save(ctx)
	return err
}

// updateFrom applies records to the active alerts, and returns the keys that changed.
func (e *alertExporter) updateFrom(ctx context.Context, ld plog.Logs, now time.Time) (keys []string) {
	updated := map[string]bool{}
	for ev := range cowork.Events(ld) {
		a, truncated, skipped := parseAlert(ev, e.cfg.Labels, e.cfg.Annotations, now)
		addCount(ctx, e.telemetry.ExporterCoworkAlertCut, truncated)
		if skipped != "" {
			addCount(ctx, e.telemetry.ExporterCoworkAlertSkipped, 1, attribute.String("reason", skipped))
			continue
		}
		changed := e.active.update(a, now, updated)
		if len(changed) == 0 {
			addCount(ctx, e.telemetry.ExporterCoworkAlertStale, 1)
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
	addCount(ctx, e.telemetry.ExporterCoworkAlertForgotten, forgotten)
	addCount(ctx, e.telemetry.ExporterCoworkAlertEvicted, evicted)
}

// save stores the alerts that changed. An error is counted and does not stop delivery:
// the next save stores them.
func (e *alertExporter) save(ctx context.Context) {
	if e.store.save(ctx, e.active) != nil {
		addCount(ctx, e.telemetry.ExporterCoworkAlertStorageErrors, 1)
	}
}

// shutdown stops the resend loop and closes the Alertmanager and the storage. Without
// storage, it first sends the resolved alerts that wait for minimum_firing: no later run
// will send them.
func (e *alertExporter) shutdown(ctx context.Context) error {
	e.stop()
	if e.done != nil {
		<-e.done
		e.done = nil
	}
	if err := e.lock.acquire(ctx); err != nil {
		return err
	}
	defer e.lock.release()
	var err error
	if e.alertmanager != nil {
		if e.store == nil {
			e.sendWithTimeout(ctx, e.active.unsentResolved(), 0)
		}
		e.save(ctx)
		err = e.alertmanager.close(ctx)
	}
	err = errors.Join(err, e.store.close(ctx))
	e.alertmanager, e.store = nil, nil
	return err
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

func addCount(ctx context.Context, counter metric.Int64Counter, n int, attributes ...attribute.KeyValue) {
	if n > 0 {
		counter.Add(ctx, int64(n), metric.WithAttributes(attributes...))
	}
}
