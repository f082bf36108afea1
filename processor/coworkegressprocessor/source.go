package coworkegressprocessor

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
	"github.com/cowork-otel/collector/internal/egress"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/processor/coworkegressprocessor/internal/metadata"
)

// A source holds the compiled lists, and reads the file again when it changes. It is safe
// for concurrent use.
type source struct {
	cfg       *Config
	component string // in problems
	telemetry *metadata.TelemetryBuilder
	logger    *zap.Logger

	current atomic.Pointer[egress.Policy]
	stop    context.CancelFunc
	loop    sync.WaitGroup

	// Only of start and of the loop.
	file     *changedfile.File
	reported string // the error that was reported last
}

func newSource(cfg *Config, set processor.Settings, telemetry *metadata.TelemetryBuilder) *source {
	s := &source{
		cfg: cfg, component: problem.ComponentName(component.KindProcessor, set.ID), telemetry: telemetry, logger: set.Logger,
		stop: func() {}, file: changedfile.At(cfg.File, egress.MaxBytes),
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
	if err := s.read(ctx); err != nil {
		return fmt.Errorf("file: %w", err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = cancel
	s.loop.Go(func() { s.watch(ctx) })
	return nil
}

func (s *source) shutdown(context.Context) {
	s.stop()
	s.loop.Wait()
	problem.SolveAll(s.component)
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

// reload reads the file, if it changed. An error is reported once, and the lists before
// stay in use.
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
	s.telemetry.ProcessorCoworkEgressReloadFailures.Add(ctx, 1)
	s.logger.Error("the list of hosts, connectors and plugins cannot be used: the one before stays in use", zap.Error(err))
	problem.Report(problem.Problem{
		Component: s.component, Subject: subject, Text: "cannot be used: the list of hosts, connectors and plugins before stays in use", Since: time.Now(),
		Advice: "Correct the list. The log of the collector has the errors.",
	})
}

// read reads the file, unless it is the version that was read last.
func (s *source) read(ctx context.Context) error {
	return s.file.Read(time.Now(), func(data []byte) error { return s.parse(ctx, data) })
}

func (s *source) parse(ctx context.Context, data []byte) error {
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
