package lifecycle

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/otelcol"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// TestNoStackInErrors checks that an error is logged without a stack, also if the logger of the
// collector adds one: a component that cannot be created had twelve lines of functions.
func TestNoStackInErrors(t *testing.T) {
	p := newProcess(otelcol.CollectorSettings{Factories: func() (otelcol.Factories, error) { return otelcol.Factories{}, nil }}, nil)
	core, logs := observer.New(zap.InfoLevel)
	options := append([]zap.Option{zap.AddStacktrace(zap.ErrorLevel)}, p.set.LoggingOptions...)
	zap.New(core, options...).Error("cannot start")
	require.Equal(t, 1, logs.Len())
	require.Empty(t, logs.All()[0].Stack)
}
