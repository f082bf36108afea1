package coworktenantsextension

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/extension/coworktenantsextension/internal/metadata"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/tenant"
)

// A source holds the list of tokens, and reads its files again when they change. The list
// is safe for concurrent use.
type source struct {
	cfg       *Config
	component string // in problems
	telemetry *metadata.TelemetryBuilder
	logger    *zap.Logger

	current atomic.Pointer[tenant.List] // nil before the start

	stop context.CancelFunc
	loop sync.WaitGroup

	// Only of start and of the loop.
	files    files
	reported string // the error that was reported last
}

func newSource(cfg *Config, set extension.Settings, telemetry *metadata.TelemetryBuilder) *source {
	return &source{
		cfg: cfg, component: problem.ComponentName(component.KindExtension, set.ID), telemetry: telemetry, logger: set.Logger,
		files: newFiles(cfg.File),
	}
}

// Start reads the list, and fails if it has errors: all clients would be refused.
func (s *source) Start(ctx context.Context, _ component.Host) error {
	if err := s.read(); err != nil {
		return fmt.Errorf("file: %w", err)
	}
	s.recordTenants(ctx)
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = cancel
	s.loop.Go(func() { s.watch(ctx) })
	return nil
}

// Shutdown ends the loop.
func (s *source) Shutdown(context.Context) error {
	if s.stop != nil {
		s.stop()
		s.loop.Wait()
	}
	problem.SolveAll(s.component)
	s.telemetry.Shutdown()
	return nil
}

// watch reads the files again when they change.
func (s *source) watch(ctx context.Context) {
	ticker := time.NewTicker(s.cfg.ReloadInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.reload(ctx)
			s.recordTenants(ctx)
		}
	}
}

// subject is the name of the file in problems.
const subject = "file"

// reload reads the files that changed. An error is reported once, and the list before
// stays in use.
func (s *source) reload(ctx context.Context) {
	text := ""
	err := s.read()
	if err != nil {
		text = err.Error()
	}
	if text == s.reported {
		return
	}
	s.reported = text
	if err == nil {
		problem.Solve(s.component, subject)
		return
	}
	s.telemetry.ExtensionCoworkTenantsReloadFailures.Add(ctx, 1, metric.WithAttributes(attribute.String("reason", reasonOf(err))))
	s.logger.Error("the list of tokens cannot be used: the one before stays in use", zap.Error(err))
	problem.Report(problem.Problem{
		Component: s.component, Subject: subject, Text: "cannot be used: the list of tokens before stays in use", Since: time.Now(),
		Advice: "Correct the list of tokens. The log of the collector has the line of the error.",
	})
}

// reasonOf returns the label of an error.
func reasonOf(err error) string {
	if e, ok := errors.AsType[*tenant.Error](err); ok {
		return string(e.Reason)
	}
	return "unreadable"
}

// read reads the files, and uses the list if one of them has changed.
func (s *source) read() error {
	changed, err := s.files.readChanged(time.Now())
	if err != nil {
		return err
	}
	if !changed && s.current.Load() != nil && s.reported == "" {
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
func (s *source) recordTenants(ctx context.Context) {
	list, now := s.current.Load(), time.Now()
	usable, ending := list.Usable(now, now.Add(endingIn))
	for state, n := range map[string]int{"usable": usable, "ending": ending, "ended": list.Tenants() - usable} {
		s.telemetry.ExtensionCoworkTenantsTenants.Record(ctx, int64(n), metric.WithAttributes(attribute.String("state", state)))
	}
}
