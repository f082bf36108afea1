package coworktracesconnector

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

// keys are the attributes that a span depends on.
var keys = []string{
	"prompt.id", "session.id", "request_id", "client_request_id", "tool_use_id", "agent_id", "parent_agent_id", "event.sequence",
	"event.timestamp", "duration_ms", "total_duration_ms", "total_retry_duration_ms", "cowork.prompt.duration_ms", "cowork.prompt.part",
	"cowork.prompt.previous_id", "decision", "status", "success", "status_code", "input_tokens", "cache_read_tokens", "model", "tool_name",
	"tool_parameters", "attempt", "gen_ai.operation.name",
}

func drawLogs(t *rapid.T) plog.Logs {
	kinds := []string{"", "brand_new"}
	for kind := range cowork.Kinds() {
		kinds = append(kinds, kind.Name)
	}
	times := rapid.OneOf(rapid.Just(uint64(0)), rapid.Uint64(), rapid.Uint64Range(1795253400e9, 1795253500e9))
	values := rapid.OneOf(
		rapid.Map(rapid.SampledFrom([]string{"", "undefined", "a1", promptID, "reject", "true", "-5", "NaN", "2026-11-21T09:30:00Z"}), toAny[string]),
		rapid.Map(rapid.Int64(), toAny[int64]),
		rapid.Map(rapid.SampledFrom([]float64{0, -1, 12.5, math.NaN(), math.Inf(-1), math.MaxFloat64}), toAny[float64]),
		rapid.Map(rapid.Bool(), toAny[bool]),
		rapid.Just[any]([]any{"a", nil}),
	)
	ld := plog.NewLogs()
	for range rapid.IntRange(0, 3).Draw(t, "resources") {
		records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
		for range rapid.IntRange(0, 4).Draw(t, "records") {
			rec := records.AppendEmpty()
			rec.SetEventName(rapid.SampledFrom(kinds).Draw(t, "kind"))
			rec.SetTimestamp(pcommon.Timestamp(times.Draw(t, "time")))
			rec.SetObservedTimestamp(pcommon.Timestamp(times.Draw(t, "observed")))
			if rapid.Bool().Draw(t, "traced") {
				rec.SetTraceID(prompt.TraceID(promptID))
			}
			rec.Attributes().PutStr("prompt.id", promptID)
			for key, value := range rapid.MapOf(rapid.SampledFrom(keys), values).Draw(t, "attributes") {
				_ = rec.Attributes().PutEmpty(key).FromRaw(value)
			}
		}
	}
	return ld
}

func toAny[T any](v T) any { return v }

// TestAnyRecord checks for any record that its span is valid, that the record does not
// change, and that the same record yields the same span again.
func TestAnyRecord(t *testing.T) {
	set := componenttest.NewNopTelemetrySettings()
	telemetry, err := metadata.NewTelemetryBuilder(set)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		c := &tracesConnector{telemetry: telemetry, cfg: Config{
			SkipTraced: rapid.Bool().Draw(t, "skip_traced"), Content: rapid.Bool().Draw(t, "content"),
		}}
		ld := drawLogs(t)
		before := marshalLogs(t, ld)
		td := c.spans(ld, newBatchCounts(), testNow)
		require.Equal(t, before, marshalLogs(t, ld))
		require.Equal(t, marshalTraces(t, td), marshalTraces(t, c.spans(ld, newBatchCounts(), testNow)))
		checkSpans(t, td)
	})
}

// checkSpans checks the invariants of spans.
func checkSpans(t require.TestingT, td ptrace.Traces) {
	for _, rs := range td.ResourceSpans().All() {
		for _, span := range rs.ScopeSpans().At(0).Spans().All() {
			require.False(t, span.TraceID().IsEmpty())
			require.False(t, span.SpanID().IsEmpty())
			require.NotEmpty(t, span.Name())
			require.NotZero(t, span.StartTimestamp())
			require.GreaterOrEqual(t, span.EndTimestamp(), span.StartTimestamp())
			require.LessOrEqual(t, uint64(span.EndTimestamp()-span.StartTimestamp()), uint64(maxDuration))
			require.LessOrEqual(t, span.Attributes().Len(), maxAttributes)
			require.NotEqual(t, span.SpanID(), span.ParentSpanID())
			root := prompt.RootSpanID(span.TraceID())
			require.Equal(t, span.SpanID() == root, span.ParentSpanID().IsEmpty(), "the root and no other has no parent")
		}
	}
}

func marshalLogs(t require.TestingT, ld plog.Logs) string {
	data, err := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
	require.NoError(t, err)
	return string(data)
}

func marshalTraces(t require.TestingT, td ptrace.Traces) string {
	data, err := (&ptrace.ProtoMarshaler{}).MarshalTraces(td)
	require.NoError(t, err)
	return string(data)
}
