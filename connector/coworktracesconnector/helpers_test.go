package coworktracesconnector

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/internal/prompt"
)

const (
	promptID  = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
	sessionID = "f4e2b124-f977-4412-8b09-da2871d3f914"
)

var (
	trace   = prompt.TraceID(promptID)
	rootID  = prompt.RootSpanID(trace)
	instant = time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	testNow = pcommon.NewTimestampFromTime(instant)
)

// attrs are the attributes of an event.
type attrs map[string]any

// event returns a batch of one event of a prompt.
func event(kind string, own attrs) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.SetEventName(kind)
	rec.SetTimestamp(pcommon.NewTimestampFromTime(instant))
	rec.Attributes().PutStr("session.id", sessionID)
	rec.Attributes().PutStr("prompt.id", promptID)
	for key, value := range own {
		if value == nil {
			rec.Attributes().Remove(key)
			continue
		}
		if err := rec.Attributes().PutEmpty(key).FromRaw(value); err != nil {
			panic(err)
		}
	}
	return ld
}

func record(ld plog.Logs) plog.LogRecord {
	return ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
}

func defaults(*Config) {}

// run sends read-only batches through a connector and returns its spans and counters.
func run(t *testing.T, configure func(*Config), batches ...plog.Logs) ([]ptrace.Traces, *componenttest.Telemetry) {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	configure(cfg)
	tel := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, tel.Shutdown(context.Background())) })
	set := connectortest.NewNopSettings(NewFactory().Type())
	set.TelemetrySettings = tel.NewTelemetrySettings()
	sink := new(consumertest.TracesSink)
	c, err := NewFactory().CreateLogsToTraces(t.Context(), set, cfg, sink)
	require.NoError(t, err)
	require.False(t, c.Capabilities().MutatesData)
	for _, batch := range batches {
		batch.MarkReadOnly()
		require.NoError(t, c.ConsumeLogs(t.Context(), batch))
	}
	return sink.AllTraces(), tel
}

// only returns the only span of an event.
func only(t *testing.T, configure func(*Config), ld plog.Logs) ptrace.Span {
	t.Helper()
	out, _ := run(t, configure, ld)
	require.Len(t, out, 1)
	require.Equal(t, 1, out[0].SpanCount())
	return out[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0)
}

// without checks that an event has no span.
func without(t *testing.T, configure func(*Config), ld plog.Logs) *componenttest.Telemetry {
	t.Helper()
	out, tel := run(t, configure, ld)
	require.Empty(t, out)
	return tel
}

func point(n int64, label, value string) []metricdata.DataPoint[int64] {
	return []metricdata.DataPoint[int64]{{Value: n, Attributes: attribute.NewSet(attribute.String(label, value))}}
}

var ignoreTime = metricdatatest.IgnoreTimestamp()
