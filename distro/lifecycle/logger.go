package lifecycle

import (
	"sync"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/cowork-otel/collector/distro/secrets"
)

// A logger logs to the log of the collector that was created last. It is safe for
// concurrent use.
type logger struct {
	mu   sync.Mutex
	core zapcore.Core

	secrets secrets.Log
}

// option returns the option that gives the log of a new collector to the logger.
func (l *logger) option() zap.Option {
	return zap.WrapCore(func(core zapcore.Core) zapcore.Core {
		l.mu.Lock()
		defer l.mu.Unlock()
		core = l.secrets.Wrap(core)
		l.core = core
		return core
	})
}

// get returns the logger of the collector that was created last.
func (l *logger) get() *zap.Logger {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.core == nil {
		return zap.NewNop()
	}
	return zap.New(l.core)
}
