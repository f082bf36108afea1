package coworkalertexporter

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

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

// resend sends all alerts that are due. It does nothing while a batch of records is sent.
func (e *alertExporter) resend(ctx context.Context) {
	if !e.lock.tryAcquire() {
		return
	}
	defer e.lock.release()
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
		err = retryableOf(err, batchErr)
		if batchErr != nil && !errors.As(batchErr, new(*rejectedError)) {
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
