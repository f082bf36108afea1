package coworkegressprocessor

import (
	"bytes"
	"context"
	"errors"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/processor"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/changedfile"
	"github.com/cowork-otel/collector/internal/egress"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/processor/coworkegressprocessor/internal/metadata"
)

// A source holds the compiled lists, and reads the file again when it changes. It is safe
// for concurrent use.
type source struct {
	cfg       *Config
	telemetry *metadata.TelemetryBuilder
	logger    *zap.Logger

	current atomic.Pointer[egress.Policy]
	watch   changedfile.Watch
}

func newSource(cfg *Config, set processor.Settings, telemetry *metadata.TelemetryBuilder) *source {
	file := changedfile.At(cfg.File, egress.MaxBytes)
	s := &source{cfg: cfg, telemetry: telemetry, logger: set.Logger}
	s.watch = changedfile.Watch{
		Component: problem.ComponentName(component.KindProcessor, set.ID), List: "the list of hosts, connectors and plugins", Interval: cfg.ReloadInterval, Now: time.Now, Logger: set.Logger,
		Read: func(ctx context.Context) error {
			return file.Read(time.Now(), func(data []byte) error { return s.parse(ctx, data) })
		},
		Count: func(ctx context.Context, _ error) { telemetry.ProcessorCoworkEgressReloadFailures.Add(ctx, 1) },
	}
	s.current.Store(&egress.Policy{})
	return s
}

// start compiles the lists, and fails if they have errors: verdicts would be wrong without
// notice.
func (s *source) start(ctx context.Context, _ component.Host) error {
	if s.cfg.File == "" {
		return s.use(ctx, &egress.Lists{})
	}
	return s.watch.Follow(ctx)
}

func (s *source) shutdown(ctx context.Context) { s.watch.Stop(ctx) }

func (s *source) parse(ctx context.Context, data []byte) error {
	if s.current.Load().Entries() > 0 && len(bytes.TrimSpace(data)) == 0 {
		return errors.New("is empty (hosts: {} for no list)") // cut off, or being written
	}
	lists, err := egress.Parse(data)
	if err != nil {
		return err
	}
	return s.use(ctx, lists)
}

// use compiles the lists of the file with those of the configuration.
func (s *source) use(ctx context.Context, lists *egress.Lists) error {
	policy, err := egress.Compile(&s.cfg.Lists, lists)
	if err != nil {
		return err
	}
	s.current.Store(policy)
	s.telemetry.ProcessorCoworkEgressEntries.Record(ctx, int64(policy.Entries()))
	if s.cfg.File != "" {
		s.logger.Info("read the list of hosts, connectors and plugins", zap.Int("entries", policy.Entries()))
	}
	return nil
}
