package lifecycle

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componentstatus"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/extensioncapabilities"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/problem"
)

// healthInterval is how often the health check looks for degraded components.
const healthInterval = time.Second

// A healthFactory creates health checks that fail while a component cannot write, as on a
// full disk. The stock one follows the start and the stop of pipelines only.
type healthFactory struct{ extension.Factory }

// Create returns a health check. One that follows the status of components is returned as
// it is.
func (f healthFactory) Create(ctx context.Context, set extension.Settings, cfg component.Config) (extension.Extension, error) {
	ext, err := f.Factory.Create(ctx, set, cfg)
	if err != nil {
		return nil, err
	}
	watcher, ok := ext.(extensioncapabilities.PipelineWatcher)
	if _, follows := ext.(componentstatus.Watcher); follows || !ok {
		return ext, nil
	}
	return &health{Extension: ext, watcher: watcher, logger: set.Logger, degraded: func() []string { return problem.Degraded(time.Now()) }}, nil
}

// A health is a health check. It is safe for concurrent use.
type health struct {
	extension.Extension
	watcher  extensioncapabilities.PipelineWatcher
	logger   *zap.Logger
	degraded func() []string

	mu    sync.Mutex
	ready bool // the pipelines have started
	shown bool // the check succeeds
	stop  context.CancelFunc
	done  chan struct{}
}

// Start starts the health check, and the loop that looks for degraded components.
func (h *health) Start(ctx context.Context, host component.Host) error {
	if err := h.Extension.Start(ctx, host); err != nil {
		return err
	}
	loop, stop := context.WithCancel(context.WithoutCancel(ctx))
	h.stop, h.done = stop, make(chan struct{})
	go func() {
		defer close(h.done)
		ticker := time.NewTicker(healthInterval)
		defer ticker.Stop()
		for {
			select {
			case <-loop.Done():
				return
			case <-ticker.C:
				if err := h.update(nil); err != nil {
					h.logger.Warn("the health check cannot be changed", zap.Error(err))
				}
			}
		}
	}()
	return nil
}

// Shutdown ends the loop and the health check.
func (h *health) Shutdown(ctx context.Context) error {
	if h.stop != nil {
		h.stop()
		<-h.done
	}
	return h.Extension.Shutdown(ctx)
}

// Ready is called when the pipelines have started.
func (h *health) Ready() error { return h.update(func() { h.ready = true }) }

// NotReady is called when the pipelines stop.
func (h *health) NotReady() error { return h.update(func() { h.ready = false }) }

// update lets the check succeed if the pipelines have started and no component is degraded.
func (h *health) update(change func()) (err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if change != nil {
		change()
	}
	components := h.degraded()
	succeed := h.ready && len(components) == 0
	if succeed == h.shown {
		return nil
	}
	if succeed {
		err = h.watcher.Ready()
	} else {
		err = h.watcher.NotReady()
		if h.ready {
			h.logger.Error("the collector is degraded: components cannot write", zap.Strings("components", components))
		}
	}
	if err != nil {
		return errors.Join(errors.New("health check"), err)
	}
	h.shown = succeed
	return nil
}
