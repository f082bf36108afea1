package stateful

import (
	"context"
	"time"
)

// A Loop runs the periodic work of a component in one goroutine. Wake is safe for
// concurrent use; Start and Stop are not.
type Loop struct {
	wake chan struct{}
	stop func(context.Context) // nil unless the loop runs
}

// NewLoop returns a Loop that is not started.
func NewLoop() *Loop { return &Loop{wake: make(chan struct{}, 1)} }

// Start calls onTick each interval and onWake after a [Loop.Wake], never both at once. The
// context of the calls is independent of the context of the component's start.
func (l *Loop) Start(interval time.Duration, onTick, onWake func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-quit:
				return
			case <-l.wake:
				onWake(ctx)
			case <-ticker.C:
				onTick(ctx)
			}
		}
	}()
	l.stop = func(deadline context.Context) {
		close(quit)
		release := context.AfterFunc(deadline, cancel)
		<-done
		release()
		cancel()
	}
}

// Wake requests a call of onWake before the next tick. Requests before Start are kept;
// several requests become one call.
func (l *Loop) Wake() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Stop ends the loop and waits for the call in progress. The context of that call is
// cancelled when ctx ends. Stop reports whether the loop was running: it returns false
// without Start and the second time.
func (l *Loop) Stop(ctx context.Context) bool {
	if l.stop == nil {
		return false
	}
	stop := l.stop
	l.stop = nil
	stop(ctx)
	return true
}
