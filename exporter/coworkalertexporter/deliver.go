package coworkalertexporter

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
)

// maxBatch is how many alerts are said in one request.
const maxBatch = 64

// deliver says what the book says of alerts. The error is permanent only if what is
// left unsaid was refused; the book still has everything else, and the loop says it.
func (e *alertExporter) deliver(ctx context.Context, keys []string) error {
	var worst error
	for chunk := range slices.Chunk(keys, maxBatch) {
		err := e.say(ctx, chunk)
		if err != nil && (worst == nil || consumererror.IsPermanent(worst)) {
			worst = err
		}
		if err != nil && !errors.As(err, new(*refusal)) {
			break // the next would meet the same
		}
	}
	e.save(ctx)
	return worst
}

// say says one batch. One that is refused for what is in it, or for its size, is said
// in halves, so that what is to blame ends up alone, and only that is given up.
func (e *alertExporter) say(ctx context.Context, keys []string) error {
	now := e.now()
	notices := e.book.notices(keys, now)
	if len(notices) == 0 {
		return nil
	}
	err := e.target.post(ctx, notices)
	var r *refusal
	switch {
	case err == nil:
		for _, n := range notices {
			e.book.taken(n.key, n.status, now)
			e.count.delivered(ctx, n.status)
		}
		return nil
	case !errors.As(err, &r):
		e.failed(ctx, err, now)
		return err
	case len(keys) == 1:
		e.book.drop(keys[0])
		e.count.refused(ctx, r.status)
		return consumererror.NewPermanent(err)
	}
	first, second := e.say(ctx, keys[:len(keys)/2]), e.say(ctx, keys[len(keys)/2:])
	if first == nil || consumererror.IsPermanent(first) && second != nil {
		return second
	}
	return first
}

// failed has the loop wait as long as Alertmanager asked for, and a little if it
// asked for nothing.
func (e *alertExporter) failed(ctx context.Context, err error, now time.Time) {
	wait := minPause
	status := 0
	if a, ok := errors.AsType[*answer](err); ok {
		wait, status = max(wait, a.wait), a.status
	}
	e.pause = now.Add(wait)
	e.count.failed(ctx, status)
}

// minPause is how long the loop waits after a failure.
const minPause = 5 * time.Second
