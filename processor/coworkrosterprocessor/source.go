package coworkrosterprocessor

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/processor"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/changedfile"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/roster"
	"github.com/cowork-otel/collector/processor/coworkrosterprocessor/internal/metadata"
)

// A source holds the list of people, and reads its file again when it changes. The
// processors of all signals start and stop it. It is safe for concurrent use.
type source struct {
	cfg       *Config
	telemetry *metadata.TelemetryBuilder
	logger    *zap.Logger
	stopped   func() // called after the last stop

	current atomic.Pointer[roster.Roster]

	mu    sync.Mutex
	users int // processors that were started and not stopped
	watch changedfile.Watch
}

func newSource(cfg *Config, set processor.Settings, telemetry *metadata.TelemetryBuilder) *source {
	file := changedfile.At(cfg.File, roster.MaxBytes)
	s := &source{cfg: cfg, telemetry: telemetry, logger: set.Logger, stopped: func() {}}
	s.watch = changedfile.Watch{
		Component: problem.ComponentName(component.KindProcessor, set.ID), List: "the list of people", Interval: cfg.ReloadInterval, Now: time.Now, Logger: set.Logger,
		Read: func(ctx context.Context) error {
			return file.Read(time.Now(), func(data []byte) error { return s.parse(ctx, data) })
		},
		Count: func(ctx context.Context, _ error) { telemetry.ProcessorCoworkRosterReloadFailures.Add(ctx, 1) },
	}
	return s
}

// start reads the file, and fails if it has errors: the names would be missing without
// notice.
func (s *source) start(ctx context.Context, _ component.Host) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users++; s.users > 1 || s.cfg.File == "" {
		return nil
	}
	err := s.watch.Follow(ctx)
	if err != nil {
		s.users--
	}
	return err
}

func (s *source) shutdown(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users > 0 {
		return nil
	}
	s.users = 0
	s.watch.Stop(ctx)
	s.stopped()
	return nil
}

func (s *source) parse(ctx context.Context, data []byte) error {
	list, err := roster.Parse(data, s.cfg.format(), s.cfg.settings())
	if err != nil {
		return err
	}
	s.current.Store(list)
	people, without := list.People()
	s.telemetry.ProcessorCoworkRosterPeople.Record(ctx, int64(people))
	s.logger.Info("read the list of people", zap.Int("people", people), zap.Int("rows_without_identity", without))
	return nil
}
