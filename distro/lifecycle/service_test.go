package lifecycle

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/debugexporter"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/service/telemetry/otelconftelemetry"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// A recordedLog records events with their severity.
type recordedLog struct {
	mu    sync.Mutex
	lines []string
}

func (l *recordedLog) add(severity, text string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, severity+" "+text)
	return nil
}

func (l *recordedLog) Info(_ uint32, text string) error    { return l.add("info", text) }
func (l *recordedLog) Warning(_ uint32, text string) error { return l.add("warning", text) }
func (l *recordedLog) Error(_ uint32, text string) error   { return l.add("error", text) }

func (l *recordedLog) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}

// serviceSettings are those of a collector that receives OTLP and has the debug exporter.
func serviceSettings() otelcol.CollectorSettings {
	set := overlaySettings()
	set.Factories = func() (f otelcol.Factories, err error) {
		otlp, debug := otlpreceiver.NewFactory(), debugexporter.NewFactory()
		f.Receivers = map[component.Type]receiver.Factory{otlp.Type(): otlp}
		f.Exporters = map[component.Type]exporter.Factory{debug.Type(): debug}
		f.Telemetry = otelconftelemetry.NewFactory()
		return f, nil
	}
	return set
}

// TestService starts a service, stops it, and reads the log of the system.
func TestService(t *testing.T) {
	log := &recordedLog{}
	s := startService(serviceSettings(), []string{"--config", `yaml:{receivers: {otlp: {protocols: {http: {endpoint: "localhost:0"}}}}, exporters: {debug: },
		service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}, telemetry: {metrics: {level: none}}}}`}, log)
	select {
	case <-s.running:
	case err := <-s.ended:
		require.NoError(t, err, log.text())
		require.Fail(t, "the service ended")
	}
	require.NoError(t, s.stop(), log.text())
	require.Contains(t, log.text(), "Everything is ready. Begin running and processing data.")
	require.Contains(t, log.text(), "received a signal, stopping")
	require.NotContains(t, log.text(), "error ")
}

// TestServiceWithMistake starts a service whose configuration has a mistake.
func TestServiceWithMistake(t *testing.T) {
	log := &recordedLog{}
	s := startService(serviceSettings(), []string{"--config", "yaml:{receivers: {nonsense: }}"}, log)
	require.Error(t, <-s.ended)
	require.Contains(t, log.text(), "nonsense")
	select {
	case <-s.running:
		require.Fail(t, "the service runs")
	default:
	}
}

// TestEventCore writes entries of all levels.
func TestEventCore(t *testing.T) {
	log := &recordedLog{}
	logger := zap.New(eventCore{zapcore.NewConsoleEncoder(zapcore.EncoderConfig{MessageKey: "m"}), zapcore.InfoLevel, log}).With(zap.Int("n", 1))
	logger.Debug("none")
	logger.Info("one")
	logger.Warn("two", zap.Bool("b", true))
	logger.Error("three")
	require.NoError(t, logger.Sync())
	require.Equal(t, "info one\t{\"n\": 1}\n\nwarning two\t{\"n\": 1, \"b\": true}\n\nerror three\t{\"n\": 1}\n", log.text())
}
