package coworkrosterprocessor

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"
)

var ignoreTime = metricdatatest.IgnoreTimestamp()

const twoPeople = "name,user.email,process.owner,team,cost_center\nAnna Li,anna@example.com,anna,Sales,4711\nBen,ben@example.com,,,\n"

// writeFile writes a list of people and returns its path.
func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "people.csv")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// A fixture is what the processors of a test share.
type fixture struct {
	factory processor.Factory
	cfg     *Config
	set     processor.Settings
	tel     *componenttest.Telemetry
	logs    *observer.ObservedLogs
}

func newFixture(t *testing.T, configure func(*Config)) *fixture {
	t.Helper()
	f := &fixture{factory: NewFactory(), cfg: createDefaultConfig().(*Config), tel: componenttest.NewTelemetry()}
	configure(f.cfg)
	require.NoError(t, f.cfg.Validate())
	t.Cleanup(func() { require.NoError(t, f.tel.Shutdown(context.Background())) })
	core, logs := observer.New(zapcore.DebugLevel)
	f.logs = logs
	f.set = processortest.NewNopSettings(f.factory.Type())
	f.set.TelemetrySettings = f.tel.NewTelemetrySettings()
	f.set.Logger = zap.New(core)
	return f
}

// started starts a processor, and stops it at the end of the test.
func started[C component.Component](t *testing.T, p C, err error) C {
	t.Helper()
	require.NoError(t, err)
	require.NoError(t, p.Start(t.Context(), componenttest.NewNopHost()))
	t.Cleanup(func() { require.NoError(t, p.Shutdown(context.Background())) })
	return p
}

// startLogs starts the processor of logs, and returns its output.
func (f *fixture) startLogs(t *testing.T) (processor.Logs, *consumertest.LogsSink) {
	t.Helper()
	sink := new(consumertest.LogsSink)
	p, err := f.factory.CreateLogs(t.Context(), f.set, f.cfg, sink)
	return started(t, p, err), sink
}

// records returns a batch of one record, with the attributes of its resource and its own.
func records(t *testing.T, resource, attributes map[string]any) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	require.NoError(t, rl.Resource().Attributes().FromRaw(resource))
	require.NoError(t, rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Attributes().FromRaw(attributes))
	return ld
}

// written returns the attributes of people that a batch of one record has.
func written(ld plog.Logs) map[string]any {
	return peopleOf(ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes())
}

func peopleOf(m pcommon.Map) map[string]any {
	out := map[string]any{}
	for _, key := range writable {
		if v, ok := m.Get(key); ok {
			out[key] = v.AsRaw()
		}
	}
	return out
}

// add passes the attributes of a record through the processor, and returns those of people.
func add(t *testing.T, f *fixture, resource, attributes map[string]any) map[string]any {
	t.Helper()
	p, sink := f.startLogs(t)
	require.NoError(t, p.ConsumeLogs(t.Context(), records(t, resource, attributes)))
	return written(sink.AllLogs()[0])
}

func point(n int64, labels ...attribute.KeyValue) metricdata.DataPoint[int64] {
	return metricdata.DataPoint[int64]{Value: n, Attributes: attribute.NewSet(labels...)}
}
