package lifecycle

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/otelcol"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/cowork-otel/collector/distro/configcheck"
	"github.com/cowork-otel/collector/distro/lifecycle/early"
	"github.com/cowork-otel/collector/distro/secrets"
)

// A process runs a collector until a signal ends it. Each reload starts a new collector.
type process struct {
	set     otelcol.CollectorSettings
	args    []string // of the command
	signals chan os.Signal
	log     *logger
	memory  *memory

	lockWait time.Duration // for state files

	reread   func() // checks a new configuration, and calls use
	running  func() // called when a collector runs, also after a reload
	warnings []configcheck.Problem
	secrets  secrets.Set // of all configurations since the start
}

func newProcess(set otelcol.CollectorSettings, args []string) *process {
	p := &process{args: args, running: func() {}, signals: early.Signals, log: &logger{}, memory: &memory{}, lockWait: lockLimit}
	factories := set.Factories
	set.Factories = func() (otelcol.Factories, error) {
		f, err := factories()
		return boundFactories(f), err
	}
	set.DisableGracefulShutdown = true
	// A configuration that cannot start is an error in words; a stack is for bugs.
	set.LoggingOptions = append(set.LoggingOptions, p.log.option(), zap.AddStacktrace(zapcore.DPanicLevel))
	resolver := &set.ConfigProviderSettings.ResolverSettings
	providers := make([]confmap.ProviderFactory, len(resolver.ProviderFactories))
	for i, f := range resolver.ProviderFactories {
		providers[i] = p.memory.factory(f)
	}
	resolver.ProviderFactories = providers
	resolver.ConverterFactories = append(resolver.ConverterFactories, confmap.NewConverterFactory(func(set confmap.ConverterSettings) confmap.Converter {
		return startCheck{set.Logger, p.lockWait}
	}))
	p.set = set
	return p
}

// use sets the warnings that are logged at a start, and the secrets that are removed from
// logs.
func (p *process) use(r *configcheck.Report) {
	p.warnings = r.Warnings
	p.secrets.Merge(&r.Secrets)
	p.log.secrets.Use(&p.secrets)
}

// run runs collectors until one ends other than by a reload.
func (p *process) run() error {
	signal.Notify(p.signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(p.signals)
	select {
	case sig := <-p.signals:
		if sig != syscall.SIGHUP { // the configuration is read below
			return nil
		}
	default:
	}
	for reloaded := false; ; reloaded = true {
		started, again, err := p.runCollector()
		switch {
		case again:
			p.lockWait = lockLimitReload
			p.memory.retrieve()
			if !p.readAgain() {
				return nil
			}
		case err != nil && reloaded && !started && p.memory.replay():
			p.log.get().Error("reload: the new configuration does not start, the last one is used again", zap.Error(err))
		default:
			return err
		}
	}
}

// readAgain reads the configuration of a reload. It returns false if a signal ends the
// process before that: a location on a server may not answer.
func (p *process) readAgain() bool {
	read := make(chan struct{})
	go func() { defer close(read); p.reread() }()
	for {
		select {
		case <-read:
			return true
		case sig := <-p.signals:
			if sig != syscall.SIGHUP {
				return false
			}
		}
	}
}

// runCollector runs one collector until it ends. It returns whether it had started, and
// whether it ended for a reload.
func (p *process) runCollector() (started, again bool, _ error) {
	col, err := otelcol.NewCollector(p.set)
	if err != nil {
		return false, false, err
	}
	for _, w := range p.warnings {
		p.log.get().Warn("configuration: " + w.String())
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	loop := make(chan struct{})
	loopCtx := &loopContext{Context: ctx, running: func() bool { return col.GetState() == otelcol.StateRunning }, entered: func() {
		// The collector has registered for SIGHUP, which would end it on a mistake.
		signal.Ignore(syscall.SIGHUP)
		signal.Notify(p.signals, syscall.SIGHUP)
		p.memory.keep()
		p.running()
		close(loop)
	}}
	ended := make(chan error, 1)
	go func() { ended <- col.Run(loopCtx) }()

	var valid chan error // the result of the validation in progress
	var stopping bool
	var hard <-chan time.Time
	stop := func() {
		stopping = true
		time.AfterFunc(drainLimit, cancel)
		hard = time.After(HardLimit)
		go col.Shutdown()
	}
	for {
		select {
		case err := <-ended:
			select {
			case <-loop:
				started = true
			default:
			}
			if again && err != nil {
				p.log.get().Warn("reload: the last configuration did not end well", zap.Error(err))
				err = nil
			}
			if stopping && onlyCutOff(err) { // components that did not end in time are logged
				err = nil
			}
			return started, again, err
		case sig := <-p.signals:
			switch {
			case sig != syscall.SIGHUP:
				p.log.get().Info("received a signal, stopping", zap.Stringer("signal", sig), zap.Duration("limit", HardLimit))
				again = false
				if !stopping {
					stop()
				}
			case !stopping && valid == nil:
				p.log.get().Info("received a signal, reading the configuration again", zap.Stringer("signal", sig))
				valid = make(chan error, 1)
				go func() { valid <- validate(p.args) }()
			}
		case err := <-valid:
			valid = nil
			switch {
			case stopping:
			case err != nil:
				p.log.get().Error("reload: the configuration is not valid, the running one stays", zap.Error(err))
			default:
				again = true
				stop()
			}
		case <-hard:
			p.log.get().Error("stop: the process ends with components that did not (see the warnings above)", zap.Duration("after", HardLimit))
			os.Exit(1) //nolint:gocritic // nothing that is deferred matters any more
		}
	}
}

// A loopContext is the context of [otelcol.Collector.Run]. Run evaluates Done when it enters
// its loop, after it has registered for SIGHUP.
type loopContext struct {
	context.Context
	running func() bool
	entered func()
	once    sync.Once
}

// Done returns the channel of the context.
func (c *loopContext) Done() <-chan struct{} {
	if c.running() {
		c.once.Do(c.entered)
	}
	return c.Context.Done()
}
