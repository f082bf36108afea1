package coworkrosterprocessor

import (
	"context"
	"fmt"
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
	component string // in problems
	telemetry *metadata.TelemetryBuilder
	logger    *zap.Logger
	stopped   func() // called after the last stop

	current atomic.Pointer[roster.Roster]

	mu    sync.Mutex
	users int // processors that were started and not stopped
	stop  context.CancelFunc
	loop  sync.WaitGroup

	// Only of start and of the loop.
	file     *changedfile.File
	reported string // the error that was reported last
}

func newSource(cfg *Config, set processor.Settings, telemetry *metadata.TelemetryBuilder) *source {
	return &source{
		cfg: cfg, component: problem.ComponentName(component.KindProcessor, set.ID), telemetry: telemetry, logger: set.Logger,
		stopped: func() {}, file: changedfile.At(cfg.File, roster.MaxBytes),
	}
}

// start reads the file, and fails if it has errors: the names would be missing without
// notice.
func (s *source) start(ctx context.Context, _ component.Host) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users++; s.users > 1 || s.cfg.File == "" {
		return nil
	}
	if err := s.read(ctx); err != nil {
		s.users--
		return fmt.Errorf("file: %w", err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = cancel
	s.loop.Go(func() { s.watch(ctx) })
	return nil
}

func (s *source) shutdown(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users > 0 {
		return nil
	}
	s.users = 0
	if s.stop != nil {
		s.stop()
		s.loop.Wait()
		s.stop = nil
	}
	problem.SolveAll(s.component)
	s.stopped()
	return nil
}

// watch reads the file again when it changes.
func (s *source) watch(ctx context.Context) {
	ticker := time.NewTicker(s.cfg.ReloadInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.reload(ctx)
		}
	}
}

// subject is the name of the file in problems.
const subject = "file"

// reload reads the file, if it changed. An error is reported once, and the list before
// stays in use.
func (s *source) reload(ctx context.Context) {
	text := ""
	err := s.read(ctx)
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
	s.telemetry.ProcessorCoworkRosterReloadFailures.Add(ctx, 1)
	s.logger.Error("the list of people cannot be used: the one before stays in use", zap.Error(err))
	problem.Report(problem.Problem{
		Component: s.component, Subject: subject, Text: "cannot be used: the list of people before stays in use", Since: time.Now(),
		Advice: "Correct the list of people. The log of the collector has the lines of the errors.",
	})
}

// read reads the file, unless it is the version that was read last.
func (s *source) read(ctx context.Context) error {
	return s.file.Read(time.Now(), func(data []byte) error { return s.parse(ctx, data) })
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
