package coworktracesconnector

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadatatest"
)

func withContent(c *Config) { c.Content = true }

func TestLengths(t *testing.T) {
	check := func(ms any, want time.Duration, invalid bool) {
		t.Helper()
		out, tel := run(t, defaults, event("api_request", attrs{"duration_ms": ms}))
		span := out[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0)
		require.Equal(t, want, time.Duration(span.EndTimestamp()-span.StartTimestamp()), "%v", ms)
		require.Equal(t, instant, span.EndTimestamp().AsTime())
		if invalid {
			metadatatest.AssertEqualConnectorCoworkTracesInvalidDurations(t, tel, point(1, "kind", "api_request"), ignoreTime)
			return
		}
		_, err := tel.GetMetric("otelcol_connector_cowork_traces_invalid_durations")
		require.Error(t, err, "%v was counted", ms)
	}
	check(nil, 0, false)
	check("undefined", 0, false)
	check(0, 0, false)
	check("12.5", 12500*time.Microsecond, false)
	check(float64(30*24*time.Hour/time.Millisecond), 30*24*time.Hour, false)
	check(float64(30*24*time.Hour/time.Millisecond)+1, 0, true)
	check(-1, 0, true)
	check(math.NaN(), 0, true)
	check(math.Inf(1), 0, true)
	check(math.MaxInt64, 0, true)
	check("soon", 0, true)
	check(true, 0, true)
}

func TestLengthBeforeAllTime(t *testing.T) {
	start, ok := startOf(1_000_000, 2*time.Millisecond)
	require.False(t, ok)
	require.EqualValues(t, 1_000_000, start)
}

// TestImpossibleTime had the root at the time of arrival, and the children in 1970.
func TestImpossibleTime(t *testing.T) {
	spanOf := func(skew any) ptrace.Span {
		ld := event("api_request", attrs{"duration_ms": 2, "cowork.clock_skew_ms": skew})
		record(ld).SetTimestamp(1_000_000_000_000)
		return only(t, defaults, ld)
	}
	before := pcommon.NewTimestampFromTime(time.Now())
	span := spanOf(nil)
	require.GreaterOrEqual(t, span.EndTimestamp(), before, "the time of arrival")
	require.Equal(t, 2*time.Millisecond, span.EndTimestamp().AsTime().Sub(span.StartTimestamp().AsTime()))

	span = spanOf(instant.UnixMilli() - 1_000_000)
	require.Equal(t, instant, span.EndTimestamp().AsTime(), "corrected by the skew of the client's clock")
	require.Equal(t, 2*time.Millisecond, span.EndTimestamp().AsTime().Sub(span.StartTimestamp().AsTime()))
}

func TestUsage(t *testing.T) {
	check := func(own attrs, want any) {
		t.Helper()
		require.Equal(t, want, only(t, defaults, event("api_request", own)).Attributes().AsRaw()["gen_ai.usage.input_tokens"], "%v", own)
	}
	check(attrs{"input_tokens": 1, "cache_read_tokens": "20"}, int64(21))
	check(attrs{"cache_read_tokens": 20}, nil)
	check(attrs{"input_tokens": -1, "cache_read_tokens": 20}, nil)
	check(attrs{"input_tokens": 1, "cache_read_tokens": -20}, nil)
	check(attrs{"input_tokens": math.MaxInt64, "cache_read_tokens": 1}, nil)
	check(attrs{"input_tokens": "many"}, nil)
}

func TestContent(t *testing.T) {
	own := attrs{
		"tool_name": "Bash", "success": "false", "error": "no such file", "tool_input": `{"command":"ls"}`,
		"brand_new": "unknown", "num_hooks": 1, "tool_result_size_bytes": 12,
	}
	got := only(t, defaults, event("tool_result", own)).Attributes().AsRaw()
	require.Contains(t, got, "num_hooks", "a measure is no text")
	for _, key := range []string{"error", "tool_input", "brand_new"} {
		require.NotContains(t, got, key)
	}
	span := only(t, withContent, event("tool_result", own))
	require.Equal(t, "no such file", span.Status().Message())
	for key := range own {
		_, ok := span.Attributes().Get(key)
		require.True(t, ok, key)
	}
}

func TestResourceIsNotRepeated(t *testing.T) {
	ld := event("api_request", attrs{"service.name": "cowork", "os.type": "linux"})
	ld.ResourceLogs().At(0).Resource().Attributes().PutStr("os.type", "darwin")
	got := only(t, defaults, ld).Attributes().AsRaw()
	require.NotContains(t, got, "service.name")
	require.Equal(t, "linux", got["os.type"], "a different value is kept")
}

// TestForgedAttributes checks that a record's attribute with a name of the conventions
// does not replace the value that this package sets.
func TestForgedAttributes(t *testing.T) {
	got := only(t, defaults, event("api_request", attrs{"gen_ai.operation.name": "forged", "gen_ai.conversation.id": "forged"})).Attributes().AsRaw()
	require.Equal(t, "chat", got["gen_ai.operation.name"])
	require.Equal(t, sessionID, got["gen_ai.conversation.id"])
}

func TestLongValues(t *testing.T) {
	out, tel := run(t, withContent, event("tool_result", attrs{
		"tool_name": strings.Repeat("ä", 1<<20), "tool_input": strings.Repeat("x", maxValueBytes), strings.Repeat("k", maxKeyBytes+1): "v",
		"workspace.host_paths": []any{strings.Repeat("p", maxValueBytes)}, "nested": map[string]any{"a": []any{strings.Repeat("q", maxValueBytes)}},
		"bytes": make([]byte, maxValueBytes+1), "short": []any{"a", 1, true},
	}))
	span := out[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0)
	require.Equal(t, "execute_tool "+strings.Repeat("ä", maxNameBytes/2), span.Name())
	got := span.Attributes().AsRaw()
	require.Equal(t, strings.Repeat("ä", maxValueBytes/2), got["tool_name"])
	require.Len(t, got["tool_input"], maxValueBytes)
	require.Equal(t, []any{"a", int64(1), true}, got["short"])
	for _, key := range []string{"workspace.host_paths", "nested", "bytes"} {
		require.NotContains(t, got, key)
	}
	// The tool's name is there twice, once under the name of the conventions.
	metadatatest.AssertEqualConnectorCoworkTracesCutAttributes(t, tel, point(6, "reason", "bytes"), ignoreTime)
}

func TestDeepValues(t *testing.T) {
	var deep any = "v"
	for range maxDepth {
		deep = []any{deep}
	}
	got := only(t, withContent, event("tool_result", attrs{"deep": deep, "less": deep.([]any)[0]})).Attributes().AsRaw()
	require.NotContains(t, got, "deep")
	require.Contains(t, got, "less")
}

// TestMillionAttributes takes too long for a test if attributes are not bounded.
func TestMillionAttributes(t *testing.T) {
	const million = 1_000_000
	own := map[string]any{"prompt.id": promptID}
	for i := range million {
		own["key"+strconv.Itoa(i)] = "v"
	}
	ld := event("tool_result", nil)
	require.NoError(t, record(ld).Attributes().FromRaw(own))
	out, tel := run(t, withContent, ld)
	require.Equal(t, maxAttributes, out[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes().Len())
	const ours = 2 // the operation and the tool's type
	metadatatest.AssertEqualConnectorCoworkTracesCutAttributes(t, tel,
		point(ours+million+1-maxAttributes, "reason", "count"), ignoreTime)
}
