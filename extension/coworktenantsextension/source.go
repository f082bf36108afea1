package coworktenantsextension

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/extension/coworktenantsextension/internal/metadata"
	"github.com/cowork-otel/collector/internal/changedfile"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/tenant"
)

// A source holds the list of tokens, and reads its files again when they change. The list
// is safe for concurrent use.
type source struct {
	telemetry *metadata.TelemetryBuilder
	logger    *zap.Logger

	current atomic.Pointer[tenant.List] // nil before the start

	watch changedfile.Watch
	files files // only of start and of the loop
}

func newSource(cfg *Config, set extension.Settings, telemetry *metadata.TelemetryBuilder) *source {
	s := &source{telemetry: telemetry, logger: set.Logger, files: newFiles(cfg.File)}
	s.watch = changedfile.Watch{
		Component: problem.ComponentName(component.KindExtension, set.ID), List: "the list of tokens", Interval: cfg.ReloadInterval, Now: time.Now, Logger: set.Logger,
		Read: s.read,
		Count: func(ctx context.Context, err error) {
			telemetry.ExtensionCoworkTenantsReloadFailures.Add(ctx, 1, metric.WithAttributes(attribute.String("reason", reasonOf(err))))
		},
	}
	return s
}

// Start reads the list, and fails if it has errors: all clients would be refused.
func (s *source) Start(ctx context.Context, _ component.Host) error { return s.watch.Follow(ctx) }

// Shutdown ends the loop.
func (s *source) Shutdown(ctx context.Context) error {
	s.watch.Stop(ctx)
	s.telemetry.Shutdown()
	return nil
}

// reasonOf returns the label of an error.
func reasonOf(err error) string {
	if e, ok := errors.AsType[*tenant.Error](err); ok {
		return string(e.Reason)
	}
	return "unreadable"
}

// read uses the list if its files have changed, and records the tenants.
func (s *source) read(ctx context.Context) error {
	err := s.use()
	if list := s.current.Load(); list != nil {
		s.recordTenants(ctx, list)
	}
	return err
}

// use reads the files, and uses the list if one of them has changed.
func (s *source) use() error {
	changed, err := s.files.readChanged(time.Now())
	if err != nil {
		return err
	}
	if !changed && s.current.Load() != nil && !s.watch.Failed() {
		return nil
	}
	list, err := s.files.parse(s.current.Load())
	if err != nil {
		return err
	}
	s.current.Store(list)
	s.logger.Info("read the list of tokens", zap.Int("tenants", list.Tenants()))
	return nil
}

// endingIn is how long before its end a tenant counts as ending.
const endingIn = 14 * 24 * time.Hour

// recordTenants records the tenants by their state, which changes with time.
func (s *source) recordTenants(ctx context.Context, list *tenant.List) {
	now := time.Now()
	usable, ending := list.Usable(now, now.Add(endingIn))
	for state, n := range map[string]int{"usable": usable, "ending": ending, "ended": list.Tenants() - usable} {
		s.telemetry.ExtensionCoworkTenantsTenants.Record(ctx, int64(n), metric.WithAttributes(attribute.String("state", state)))
	}
}
