package coworkschemaprocessor

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/processor/coworkschemaprocessor/internal/metadatatest"
)

func TestValidate(t *testing.T) {
	require.NoError(t, (&Config{Format: "ocsf", Mode: "replace"}).Validate())
	err := (&Config{Format: "cef", Mode: "merge"}).Validate()
	require.ErrorContains(t, err, `format: "cef" is no format (one of `)
	require.ErrorContains(t, err, `mode: "merge" is no mode (add or replace)`)
}

// process runs a batch through a processor, and returns its counters too.
func process(t *testing.T, cfg *Config, ld plog.Logs) (plog.Logs, *componenttest.Telemetry) {
	t.Helper()
	sink, tel := new(consumertest.LogsSink), componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, tel.Shutdown(context.Background())) })
	set := processortest.NewNopSettings(NewFactory().Type())
	set.TelemetrySettings = tel.NewTelemetrySettings()
	require.NoError(t, cfg.Validate())
	p, err := NewFactory().CreateLogs(context.Background(), set, cfg, sink)
	require.NoError(t, err)
	require.NoError(t, p.Start(context.Background(), componenttest.NewNopHost()))
	require.NoError(t, p.ConsumeLogs(context.Background(), ld))
	require.NoError(t, p.Shutdown(context.Background()))
	require.Len(t, sink.AllLogs(), 1)
	return sink.AllLogs()[0], tel
}

// batch has a tool's result, a long prompt and a record of another sender,
// whose body is the name of a kind.
func batch() plog.Logs {
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	tool := records.AppendEmpty()
	tool.Body().SetStr("claude_code.tool_result")
	tool.Attributes().PutStr("event.name", "tool_result")
	tool.Attributes().PutStr("tool_name", "Bash")
	prompt := records.AppendEmpty()
	prompt.SetEventName("claude_code.user_prompt")
	prompt.Attributes().PutStr("prompt", strings.Repeat("x", 40_000))
	other := records.AppendEmpty()
	other.Body().SetStr("auth")
	other.Attributes().PutStr("k", "v")
	return ld
}

func recordsOf(ld plog.Logs) (records []plog.LogRecord) {
	for e := range cowork.Events(ld) {
		records = append(records, e.Record())
	}
	return records
}

// TestOCSF checks that the document is the body, that replace removes the attributes, and
// that records of other senders stay as they are. The counters have all of them.
func TestOCSF(t *testing.T) {
	for _, mode := range []string{add, replace} {
		out, tel := process(t, &Config{Format: "ocsf", Mode: mode}, batch())
		records := recordsOf(out)
		uid, ok := records[0].Body().Map().Get("type_uid")
		require.True(t, ok)
		require.EqualValues(t, 100700+1, uid.Int())
		_, kept := records[0].Attributes().Get("tool_name")
		require.Equal(t, mode == add, kept)
		require.Equal(t, "auth", records[2].Body().Str())
		require.Equal(t, 1, records[2].Attributes().Len())

		ignore := metricdatatest.IgnoreTimestamp()
		metadatatest.AssertEqualProcessorCoworkSchemaRecords(t, tel, []metricdata.DataPoint[int64]{
			{Value: 2, Attributes: attribute.NewSet(attribute.String("outcome", "mapped"))},
			{Value: 1, Attributes: attribute.NewSet(attribute.String("outcome", "other"))},
		}, ignore)
		metadatatest.AssertEqualProcessorCoworkSchemaTruncated(t, tel, []metricdata.DataPoint[int64]{{Value: 1}}, ignore)
	}
}

// TestFlat checks that the row is the body, a bare line of JSON for exporters, and that it has
// none of the attributes without a column.
func TestFlat(t *testing.T) {
	out, tel := process(t, &Config{Format: "flat", Mode: replace}, batch())
	records := recordsOf(out)
	require.Equal(t, map[string]any{"event_name": "tool_result", "tool_name": "Bash"}, records[0].Body().Map().AsRaw())
	require.Zero(t, records[0].Attributes().Len())
	require.Equal(t, "auth", records[2].Body().Str())
	metadatatest.AssertEqualProcessorCoworkSchemaTruncated(t, tel, []metricdata.DataPoint[int64]{{Value: 1}}, metricdatatest.IgnoreTimestamp())
}

// TestAttributes checks that a format of attributes keeps the body, and that its fields
// replace attributes of the same name.
func TestAttributes(t *testing.T) {
	ld := batch()
	recordsOf(ld)[0].Attributes().PutStr("event.module", "other")
	out, _ := process(t, &Config{Format: "ecs", Mode: add}, ld)
	record := recordsOf(out)[0]
	require.Equal(t, "claude_code.tool_result", record.Body().Str())
	attributes := record.Attributes().AsRaw()
	require.Equal(t, "cowork", attributes["event.module"])
	require.Equal(t, "Bash", attributes["tool_name"])
	require.Equal(t, "Bash", attributes["gen_ai.tool.name"])
}
