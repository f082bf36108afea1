package lifecycle

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.uber.org/zap"
)

// abandonAfter is how long a component may take after its context has ended.
const abandonAfter = 500 * time.Millisecond

// A bounded is a component whose shutdown returns in a bounded time.
type bounded struct {
	component.Component
	one, all time.Duration
	budget   *budget
	logger   *zap.Logger
	started  func() // called after the start, or nil
	ended    func() // called after the shutdown, or nil
}

// Start starts the component.
func (b *bounded) Start(ctx context.Context, host component.Host) error {
	err := b.Component.Start(ctx, host)
	if err == nil && b.started != nil {
		b.started()
	}
	return err
}

// Shutdown shuts the component down. If that takes too long, it logs a warning, leaves the
// component behind and returns nil.
func (b *bounded) Shutdown(ctx context.Context) error {
	if b.ended != nil {
		defer b.ended()
	}
	begin := time.Now()
	limit := b.budget.limit(begin, b.one, b.all)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- b.Component.Shutdown(ctx) }()
	abandon := time.NewTimer(limit + abandonAfter)
	defer abandon.Stop()
	var err error
	select {
	case err = <-done:
		if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
			return err
		}
	case <-abandon.C:
	}
	b.logger.Warn("shutdown cut off: the component did not end in time", zap.Duration("after", time.Since(begin).Round(time.Millisecond)))
	return nil
}

// onlyCutOff reports whether a shutdown had no other error than the end of its context.
// Telemetry that is shut down after the drain limit returns it, although it has ended.
func onlyCutOff(err error) bool {
	switch e := err.(type) { //nolint:errorlint // each error of the tree is examined
	case interface{ Unwrap() []error }:
		return !slices.ContainsFunc(e.Unwrap(), func(err error) bool { return !onlyCutOff(err) })
	case interface{ Unwrap() error }:
		return onlyCutOff(e.Unwrap())
	}
	return err == nil || err == context.Canceled //nolint:errorlint // as above
}
