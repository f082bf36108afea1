package coworkalertexporter

import (
	"context"
	"errors"
	"time"
)

// How often the book is looked at.
const tick = time.Second

// loop says what is due until its context ends. It is the only goroutine here.
func (e *alertExporter) loop(ctx context.Context) {
	defer close(e.done)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		e.repeat(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// repeat says what is due, unless a record is being said, which may take its time.
func (e *alertExporter) repeat(ctx context.Context) {
	select {
	case e.turn <- struct{}{}:
	default:
		return
	}
	defer e.release()
	now := e.now()
	e.expire(ctx, now)
	if e.pause.After(now.Add(maxWait)) {
		e.pause = now // the clock was put back
	}
	if !now.Before(e.pause) {
		ctx, cancel := context.WithTimeout(ctx, e.patience())
		defer cancel()
		_ = e.deliver(ctx, e.book.due(now)) // counted, and said again
	}
	e.save(ctx)
	e.count.known(ctx, e.book.count(now))
}

// patience is how long one telling may take.
func (e *alertExporter) patience() time.Duration {
	if e.cfg.Client.Timeout > 0 {
		return e.cfg.Client.Timeout
	}
	return e.cfg.ResendInterval
}

// closeAll ends what start began. Without a storage nobody will know of what waits to
// be resolved: it is said now. It may be called twice.
func (e *alertExporter) closeAll(ctx context.Context) error {
	err := e.take(ctx)
	if err != nil {
		return err
	}
	defer e.release()
	if e.target != nil {
		if e.store == nil {
			e.lastWords(ctx)
		}
		e.save(ctx)
		err = e.target.close(ctx)
	}
	err = errors.Join(err, e.store.close(ctx))
	e.target, e.store = nil, nil
	return err
}

func (e *alertExporter) lastWords(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, e.patience())
	defer cancel()
	e.book.minimum = 0
	_ = e.deliver(ctx, e.book.waiting()) // there is no later
}
