package lifecycle

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/internal/problem"
)

// A cutting is a file exporter that cuts off the lines of batches while full is set, as on a full disk.
type cutting struct {
	exporter.Logs
	path string
	full *bool
}

func (c cutting) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	if *c.full {
		f, err := os.OpenFile(c.path, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		_, _ = f.WriteString(`{"resourceLogs":[{"re`)
		return errors.Join(errors.New("no space left on device"), f.Close())
	}
	return c.Logs.ConsumeLogs(ctx, ld)
}

type cuttingFactory struct {
	exporter.Factory
	full *bool
}

func (f cuttingFactory) CreateLogs(ctx context.Context, set exporter.Settings, cfg component.Config) (exporter.Logs, error) {
	e, err := f.Factory.CreateLogs(ctx, set, cfg)
	return cutting{e, cfg.(*fileexporter.Config).Path, f.full}, err
}

// TestLineIsEndedAfterAnError writes batches around a full disk: each batch that was
// written is on a line of its own.
func TestLineIsEndedAfterAnError(t *testing.T) {
	var full bool
	stock := fileexporter.NewFactory()
	f := boundFactories(otelcol.Factories{Exporters: map[component.Type]exporter.Factory{stock.Type(): cuttingFactory{stock, &full}}}).Exporters[stock.Type()]
	cfg := f.CreateDefaultConfig().(*fileexporter.Config)
	cfg.Path = filepath.Join(t.TempDir(), "logs.json")
	require.NoError(t, os.WriteFile(cfg.Path, []byte("{}\n"), 0o600)) // an existing file is opened to append
	e, err := f.CreateLogs(t.Context(), exportertest.NewNopSettings(stock.Type()), cfg)
	require.NoError(t, err)
	require.NoError(t, e.Start(t.Context(), componenttest.NewNopHost()))
	batch := func() plog.Logs {
		ld := plog.NewLogs()
		ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Body().SetStr("x")
		return ld
	}
	require.NoError(t, e.ConsumeLogs(t.Context(), batch()))
	require.Empty(t, problem.Degraded(time.Now()))
	full = true
	require.Error(t, e.ConsumeLogs(t.Context(), batch()))
	require.Error(t, e.ConsumeLogs(t.Context(), batch()), "the end of the line has no space either")
	require.Len(t, problem.Degraded(time.Now()), 1)
	full = false
	require.NoError(t, e.ConsumeLogs(t.Context(), batch()))
	require.NoError(t, e.ConsumeLogs(t.Context(), batch()))
	require.Empty(t, problem.Degraded(time.Now()))
	require.NoError(t, e.Shutdown(t.Context()))
	data, err := os.ReadFile(cfg.Path)
	require.NoError(t, err)
	good := 0
	for line := range bytes.Lines(data) {
		if ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(line); err == nil {
			good += ld.LogRecordCount()
		}
	}
	require.Equal(t, 3, good, "%s", data)
}

// TestLineEnd checks the order of writes around errors, for each signal.
func TestLineEnd(t *testing.T) {
	stock := fileexporter.NewFactory()
	f := boundFactories(otelcol.Factories{Exporters: map[component.Type]exporter.Factory{stock.Type(): stock}}).Exporters[stock.Type()]
	cfg := f.CreateDefaultConfig().(*fileexporter.Config)
	cfg.Path = filepath.Join(t.TempDir(), "all.json")
	set := exportertest.NewNopSettings(stock.Type())
	m, err := f.CreateMetrics(t.Context(), set, cfg)
	require.NoError(t, err)
	s, err := f.CreateTraces(t.Context(), set, cfg)
	require.NoError(t, err)
	m.(boundedMetrics).Metrics.(*linesOfMetrics).end.cut = true
	s.(boundedTraces).Traces.(*linesOfTraces).end.cut = true
	require.NoError(t, m.Start(t.Context(), componenttest.NewNopHost()))
	require.NoError(t, s.Start(t.Context(), componenttest.NewNopHost()))
	require.NoError(t, m.ConsumeMetrics(t.Context(), pmetric.NewMetrics()))
	require.NoError(t, s.ConsumeTraces(t.Context(), ptrace.NewTraces()))
	require.NoError(t, m.Shutdown(t.Context()))
	require.NoError(t, s.Shutdown(t.Context()))
	data, err := os.ReadFile(cfg.Path)
	require.NoError(t, err)
	require.Equal(t, "{}\n{}\n{}\n{}\n", string(data))
}
