package coworkeventprocessor

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/processor/coworkeventprocessor/internal/metadatatest"
)

// event returns a batch of one valid tool_decision.
func event(change func(plog.ResourceLogs, plog.LogRecord)) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	sl := rl.ScopeLogs().AppendEmpty()
	sl.Scope().SetName("com.anthropic.claude_code.events")
	sl.Scope().SetVersion("2.1.329")
	rec := sl.LogRecords().AppendEmpty()
	rec.Body().SetStr("claude_code.tool_decision")
	for key, value := range map[string]any{
		"session.id": "f4e2b124-f977-4412-8b09-da2871d3f914", "event.timestamp": "2026-11-21T09:30:00Z",
		"event.sequence": "7", "tool_name": "Bash", "decision": "accept", "source": "config",
	} {
		_ = rec.Attributes().PutEmpty(key).FromRaw(value)
	}
	change(rl, rec)
	return ld
}

// run sends batches through a processor and returns its output and its telemetry.
func run(t *testing.T, configure func(*Config), batches ...plog.Logs) ([]plog.Logs, *componenttest.Telemetry) {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	configure(cfg)
	tel := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, tel.Shutdown(context.Background())) })
	set := processortest.NewNopSettings(NewFactory().Type())
	set.TelemetrySettings = tel.NewTelemetrySettings()
	sink := new(consumertest.LogsSink)
	p, err := NewFactory().CreateLogs(t.Context(), set, cfg, sink)
	require.NoError(t, err)
	require.True(t, p.Capabilities().MutatesData)
	require.NoError(t, p.Start(t.Context(), componenttest.NewNopHost()))
	for _, batch := range batches {
		require.NoError(t, p.ConsumeLogs(t.Context(), batch))
	}
	return sink.AllLogs(), tel
}

func defaults(*Config) {}

func unchanged(plog.ResourceLogs, plog.LogRecord) {}

func record(ld plog.Logs) plog.LogRecord {
	return ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
}

func point(n int64, labels ...attribute.KeyValue) []metricdata.DataPoint[int64] {
	return []metricdata.DataPoint[int64]{{Value: n, Attributes: attribute.NewSet(labels...)}}
}

var ignoreTime = metricdatatest.IgnoreTimestamp()

func TestNormalizesAndCounts(t *testing.T) {
	out, tel := run(t, defaults, event(unchanged), event(unchanged))
	require.Equal(t, "tool_decision", record(out[0]).EventName())
	sequence, _ := record(out[0]).Attributes().Get("event.sequence")
	require.Equal(t, pcommon.ValueTypeInt, sequence.Type())
	metadatatest.AssertEqualProcessorCoworkEventEvents(t, tel,
		point(2, attribute.String("kind", "tool_decision"), attribute.String("client_version", "2.1.329")), ignoreTime)
}

func TestNormalizeOff(t *testing.T) {
	out, _ := run(t, func(c *Config) { c.Normalize = false }, event(unchanged))
	require.Empty(t, record(out[0]).EventName())
}

func TestForeignRecordsPassUntouched(t *testing.T) {
	foreign := event(func(rl plog.ResourceLogs, _ plog.LogRecord) {
		rl.Resource().Attributes().PutStr("service.name", "billing")
		rl.ScopeLogs().At(0).Scope().SetName("other")
	})
	want := plog.NewLogs()
	foreign.CopyTo(want)
	out, tel := run(t, func(c *Config) { c.OnInvalid = ActionDrop }, foreign)
	require.Equal(t, want, out[0])
	metadatatest.AssertEqualProcessorCoworkEventForeignRecords(t, tel, point(1), ignoreTime)
}

func TestServiceNames(t *testing.T) {
	own := event(func(rl plog.ResourceLogs, _ plog.LogRecord) {
		rl.Resource().Attributes().PutStr("service.name", "our-cowork")
		rl.ScopeLogs().At(0).Scope().SetName("other")
	})
	out, _ := run(t, func(c *Config) { c.ServiceNames = []string{"our-cowork"} }, own)
	require.Equal(t, "tool_decision", record(out[0]).EventName())
}

func invalid(_ plog.ResourceLogs, rec plog.LogRecord) {
	rec.Attributes().Remove("session.id")
	rec.Attributes().PutStr("duration_ms", "536-22-8726")
}

func TestMarks(t *testing.T) {
	out, tel := run(t, defaults, event(invalid))
	marks, ok := record(out[0]).Attributes().Get("cowork.validation.errors")
	require.True(t, ok)
	require.Equal(t, []any{"session.id: missing", "duration_ms: not an int"}, marks.Slice().AsRaw())
	fault := func(attr, reason string) metricdata.DataPoint[int64] {
		return point(1, attribute.String("kind", "tool_decision"), attribute.String("attribute", attr),
			attribute.String("reason", reason), attribute.String("action", "mark"))[0]
	}
	metadatatest.AssertEqualProcessorCoworkEventInvalid(t, tel, []metricdata.DataPoint[int64]{
		fault("session.id", "missing"), fault("duration_ms", "not an int"),
	}, ignoreTime)
}

func TestDrops(t *testing.T) {
	mixed := event(invalid)
	event(unchanged).ResourceLogs().MoveAndAppendTo(mixed.ResourceLogs())
	out, tel := run(t, func(c *Config) { c.OnInvalid = ActionDrop }, mixed, event(invalid))
	require.Len(t, out, 1, "a batch of which nothing is left is not passed on")
	require.Equal(t, 1, out[0].ResourceLogs().Len(), "a resource of which nothing is left is removed")
	metadatatest.AssertEqualProcessorCoworkEventDropped(t, tel, point(2, attribute.String("kind", "tool_decision")), ignoreTime)
}

func TestEmptyBatchesPass(t *testing.T) {
	empty := plog.NewLogs()
	empty.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
	out, _ := run(t, func(c *Config) { c.OnInvalid = ActionDrop }, plog.NewLogs(), empty)
	require.Len(t, out, 2)
	require.Equal(t, 1, out[1].ResourceLogs().Len())
}

func TestRequiredAttributes(t *testing.T) {
	out, _ := run(t, func(c *Config) { c.RequiredAttributes = []string{"department"} }, event(unchanged))
	marks, ok := record(out[0]).Attributes().Get("cowork.validation.errors")
	require.True(t, ok)
	require.Equal(t, []any{"department: missing"}, marks.Slice().AsRaw())
}

func TestStandard(t *testing.T) {
	out, _ := run(t, func(c *Config) { c.Require = LevelStandard }, event(unchanged))
	marks, ok := record(out[0]).Attributes().Get("cowork.validation.errors")
	require.True(t, ok)
	require.Contains(t, marks.Slice().AsRaw(), "user.email: missing")
}

func TestUnexpectedContent(t *testing.T) {
	prompt := event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		rec.Body().SetStr("claude_code.user_prompt")
		rec.Attributes().PutInt("prompt_length", 5)
		rec.Attributes().PutStr("prompt", "hello")
	})
	out, tel := run(t, func(c *Config) { c.ExpectContent = false }, prompt, event(unchanged))
	require.Len(t, out, 2)
	metadatatest.AssertEqualProcessorCoworkEventUnexpectedContent(t, tel, point(1, attribute.String("kind", "user_prompt")), ignoreTime)
}

func TestUnknownKindIsCountedWithoutItsName(t *testing.T) {
	_, tel := run(t, defaults, event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		rec.Body().SetStr("claude_code.secret_of_jane")
	}))
	metadatatest.AssertEqualProcessorCoworkEventEvents(t, tel,
		point(1, attribute.String("kind", "unknown"), attribute.String("client_version", "2.1.329")), ignoreTime)
}

// TestMillionAttributes would take too long if each attribute were searched among all
// others.
func TestMillionAttributes(t *testing.T) {
	const million = 1_000_000
	raw := make(map[string]any, million)
	for i := range million {
		raw["key"+strconv.Itoa(i)] = "v"
	}
	out, _ := run(t, defaults, event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		require.NoError(t, rec.Attributes().FromRaw(raw))
	}))
	require.Equal(t, million+3, record(out[0]).Attributes().Len()) // event.name, the validation errors and cowork.time_source
}

func TestVersions(t *testing.T) {
	v := newVersionLabels(2)
	check := func(version, want string) {
		t.Helper()
		require.Equal(t, want, v.label(version), version)
	}
	for _, personal := range []string{
		"", "415.555.0132", "10.0.0.1", "536-22-8726", "jane@example.com", "2.1.329 (jane)", "2.1", "v2.1.3", "2.1.3-jane.doe",
	} {
		check(personal, otherVersion)
	}
	check("2.1.329", "2.1.329")
	check("1.15962.1-beta.2", "1.15962.1-beta.2")
	check("2.1.330", otherVersion) // the third
	check("2.1.329", "2.1.329")
}

// TestMissingTimes marks and counts records that came without a time.
func TestMissingTimes(t *testing.T) {
	out, tel := run(t, defaults, event(func(rl plog.ResourceLogs, rec plog.LogRecord) {
		rec.Attributes().PutStr("event.timestamp", "now")
		rl.Resource().Attributes().PutDouble("service.version", 2.1)
	}))
	require.NotZero(t, record(out[0]).Timestamp())
	source, _ := record(out[0]).Attributes().Get("cowork.time_source")
	require.Equal(t, "arrival", source.Str())
	metadatatest.AssertEqualProcessorCoworkEventMisdated(t, tel, point(1, attribute.String("reason", "missing")), ignoreTime)
	version, _ := out[0].ResourceLogs().At(0).Resource().Attributes().Get("service.version")
	require.Equal(t, "2.1", version.AsString())
	require.Equal(t, pcommon.ValueTypeStr, version.Type(), "attributes of resources have the schema's types too")
}
