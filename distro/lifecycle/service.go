package lifecycle

import (
	"strings"
	"sync"
	"syscall"

	"go.opentelemetry.io/collector/otelcol"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/cowork-otel/collector/distro/lifecycle/early"
)

// An eventLog is the log of a system for its services, such as the event log of Windows.
type eventLog interface {
	Info(id uint32, text string) error
	Warning(id uint32, text string) error
	Error(id uint32, text string) error
}

// The numbers of events, as those of the collector's own service.
const (
	infoEvent    = 1
	warningEvent = 2
	errorEvent   = 3
)

// A service runs the command of a collector whose log is that of the system.
type service struct {
	running <-chan struct{} // closed when the collector runs
	ended   <-chan error    // gets the result of the command
}

// startService starts the command with arguments.
func startService(set otelcol.CollectorSettings, args []string, log eventLog) service {
	core := zapcore.Core(eventCore{zapcore.NewConsoleEncoder(zap.NewProductionEncoderConfig()), zapcore.InfoLevel, log})
	set.LoggingOptions = append([]zap.Option{zap.WrapCore(func(zapcore.Core) zapcore.Core { return core })}, set.LoggingOptions...)
	running, ended := make(chan struct{}), make(chan error, 1)
	cmd := newCommand(set, sync.OnceFunc(func() { close(running) }))
	printed := eventWriter{log}
	cmd.SetArgs(args)
	cmd.SilenceErrors = true // the caller logs the result
	cmd.SetOut(printed)
	cmd.SetErr(printed)
	go func() { ended <- cmd.Execute() }()
	return service{running, ended}
}

// stop stops the collector as SIGTERM does, and returns when it has ended.
func (s service) stop() error {
	select {
	case early.Signals <- syscall.SIGTERM:
	default: // a signal waits already
	}
	return <-s.ended
}

// An eventCore writes log entries to the log of the system.
type eventCore struct {
	encoder zapcore.Encoder
	zapcore.LevelEnabler
	log eventLog
}

// With returns a core that adds fields to each entry.
func (c eventCore) With(fields []zapcore.Field) zapcore.Core {
	c.encoder = c.encoder.Clone()
	for _, f := range fields {
		f.AddTo(c.encoder)
	}
	return c
}

// Check adds the core to the entries of its levels.
func (c eventCore) Check(entry zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if c.Enabled(entry.Level) {
		return checked.AddCore(entry, c)
	}
	return checked
}

// Write writes an entry with the severity of its level.
func (c eventCore) Write(entry zapcore.Entry, fields []zapcore.Field) error {
	text, err := c.encoder.EncodeEntry(entry, fields)
	if err != nil {
		return err
	}
	defer text.Free()
	switch {
	case entry.Level >= zapcore.ErrorLevel:
		return c.log.Error(errorEvent, text.String())
	case entry.Level == zapcore.WarnLevel:
		return c.log.Warning(warningEvent, text.String())
	}
	return c.log.Info(infoEvent, text.String())
}

// Sync does nothing: entries are written at once.
func (eventCore) Sync() error { return nil }

// An eventWriter writes what a command prints, such as the mistakes of a configuration.
type eventWriter struct{ log eventLog }

// Write writes a text as one event.
func (w eventWriter) Write(p []byte) (int, error) {
	if text := strings.TrimSpace(string(p)); text != "" {
		if err := w.log.Warning(warningEvent, text); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}
