package coworkalertexporter

import (
	"context"
	"slices"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/cowork"
)

// An alertmanager takes notices.
type alertmanager interface {
	// post says all of them or none, unless it returns a refusal.
	post(ctx context.Context, notices []notice) error
	close(ctx context.Context) error
}

// An alertExporter tells an Alertmanager what its book says.
type alertExporter struct {
	cfg   *Config
	set   exporter.Settings
	count counters
	now   func() time.Time

	// turn is held by whoever works with what follows. It is a channel, so that
	// nobody waits for it longer than its context lasts.
	turn   chan struct{}
	book   *book
	target alertmanager
	store  *store
	// pause is when the loop may speak again after it, or a record, was refused.
	pause time.Time

	stop func()
	done chan struct{}
}

func newExporter(cfg *Config, set exporter.Settings, telemetry *metadata.TelemetryBuilder) *alertExporter {
	return &alertExporter{
		cfg: cfg, set: set, count: counters{telemetry}, now: time.Now,
		turn: make(chan struct{}, 1), book: newBook(cfg), stop: func() {},
	}
}

func (e *alertExporter) start(ctx context.Context, host component.Host) (err error) {
	if e.cfg.Storage != nil {
		if e.store, err = openStore(ctx, host, *e.cfg.Storage, e.set.ID); err != nil {
			return err
		}
		e.count.storageErrors(ctx, e.store.load(ctx, e.book))
	}
	if e.target, err = e.open(ctx, host); err != nil {
		return err
	}
	ctx, e.stop = context.WithCancel(context.WithoutCancel(ctx))
	e.done = make(chan struct{})
	go e.loop(ctx)
	return nil
}

func (e *alertExporter) open(ctx context.Context, host component.Host) (alertmanager, error) {
	if e.cfg.Embedded.HasValue() {
		return openLocal(ctx, e.cfg.Embedded.Get(), e.set.Logger)
	}
	return openRemote(ctx, e.cfg, host, e.set)
}

// push enters what records tell, and says it at once. Called again with the same
// records it says what is left: the book has not changed.
func (e *alertExporter) push(ctx context.Context, ld plog.Logs) error {
	now := e.now()
	r := reader{labels: e.cfg.Labels, annotations: e.cfg.Annotations}
	if err := e.take(ctx); err != nil {
		return err
	}
	defer e.release()
	var keys []string
	noted := map[string]bool{}
	for ev := range cowork.Events(ld) {
		a, why := r.read(ev, now)
		if why != "" {
			e.count.skipped(ctx, why)
			continue
		}
		changed, ok := e.enter(a, now, noted)
		if !ok {
			e.count.stale(ctx)
		}
		keys = append(keys, changed...)
	}
	e.count.cut(ctx, r.cut)
	e.expire(ctx, now)
	e.save(ctx)
	// Tried again, it goes on where it was: many alerts may take longer than one try.
	return e.deliver(ctx, slices.DeleteFunc(keys, func(key string) bool { return !e.book.isToSay(key, now) }))
}

// enter enters an alert, and returns the keys of what changed, each but the first time
// in a batch.
func (e *alertExporter) enter(a alert, now time.Time, noted map[string]bool) (changed []string, ok bool) {
	key := a.key()
	former := e.book.former(key, a)
	if _, known := e.book.entries[key]; former == "" || a.firing() || known {
		if !e.book.note(key, a, now, noted[key]) {
			return nil, false
		}
		changed = append(changed, key)
	}
	if former != "" {
		e.book.end(former, a, now)
		changed = append(changed, former)
	}
	changed = slices.DeleteFunc(changed, func(key string) bool { return noted[key] })
	for _, key := range changed {
		noted[key] = true
	}
	return changed, true
}

// take waits for the turn.
func (e *alertExporter) take(ctx context.Context) error {
	select {
	case e.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (e *alertExporter) release() { <-e.turn }

func (e *alertExporter) expire(ctx context.Context, now time.Time) {
	forgotten, evicted := e.book.expire(now)
	e.count.dropped(ctx, forgotten, evicted)
}

// save stores what changed. A storage that refuses is counted: the alerts go out
// nevertheless, and what changed is stored with the next change.
func (e *alertExporter) save(ctx context.Context) {
	if e.store.save(ctx, e.book) != nil {
		e.count.storageErrors(ctx, 1)
	}
}

func (e *alertExporter) shutdown(ctx context.Context) error {
	e.stop()
	if e.done != nil {
		<-e.done
		e.done = nil
	}
	return e.closeAll(ctx)
}
