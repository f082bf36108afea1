package coworktracesconnector

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/prompt"
)

var clientTrace = pcommon.TraceID{0x5a, 0x85}

func TestClientTraceIsSkipped(t *testing.T) {
	ld := event("api_request", nil)
	record(ld).SetTraceID(clientTrace)
	tel := without(t, defaults, ld)
	metadatatest.AssertEqualConnectorCoworkTracesSkipped(t, tel, point(1, "reason", "client_trace"), ignoreTime)
}

// TestClientTraceHasNoRoot checks that the summary of a prompt that its client traced
// has no span.
func TestClientTraceHasNoRoot(t *testing.T) {
	tel := without(t, defaults, event("cowork.prompt_summary", attrs{"cowork.prompt.client_traced_count": 3}))
	metadatatest.AssertEqualConnectorCoworkTracesSkipped(t, tel, point(1, "reason", "client_trace"), ignoreTime)
	only(t, defaults, event("cowork.prompt_summary", attrs{"cowork.prompt.client_traced_count": 0}))
}

func TestStampedRecordIsNotSkipped(t *testing.T) {
	ld := event("api_request", attrs{"request_id": "req_1"})
	record(ld).SetTraceID(trace)
	record(ld).SetSpanID(prompt.SpanID(trace, "request:req_1"))
	span := only(t, defaults, ld)
	require.Equal(t, record(ld).SpanID(), span.SpanID())
	require.Zero(t, span.Links().Len())
}

func TestClientTraceIsLinked(t *testing.T) {
	ld := event("api_request", nil)
	record(ld).SetTraceID(clientTrace)
	record(ld).SetSpanID(pcommon.SpanID{1})
	span := only(t, func(c *Config) { c.SkipTraced = false }, ld)
	require.Equal(t, trace, span.TraceID())
	require.Equal(t, clientTrace, span.Links().At(0).TraceID())
	require.Equal(t, pcommon.SpanID{1}, span.Links().At(0).SpanID())
}

func TestNoPrompt(t *testing.T) {
	tel := without(t, defaults, event("mcp_server_connection", attrs{"prompt.id": nil}))
	metadatatest.AssertEqualConnectorCoworkTracesSkipped(t, tel, point(1, "reason", "no_prompt"), ignoreTime)
}

func TestNoTime(t *testing.T) {
	ld := event("api_request", nil)
	record(ld).SetTimestamp(0)
	tel := without(t, defaults, ld)
	metadatatest.AssertEqualConnectorCoworkTracesSkipped(t, tel, point(1, "reason", "no_time"), ignoreTime)

	ld = event("api_request", attrs{"duration_ms": 0})
	record(ld).SetTimestamp(0)
	record(ld).SetObservedTimestamp(testNow)
	require.Equal(t, testNow, only(t, defaults, ld).EndTimestamp(), "when it was observed")
}

func TestDesktop(t *testing.T) {
	ld := event("api_request", nil)
	ld.ResourceLogs().At(0).ScopeLogs().At(0).Scope().SetName("claude-desktop.events")
	tel := without(t, defaults, ld)
	metadatatest.AssertEqualConnectorCoworkTracesSkipped(t, tel, point(1, "reason", "desktop"), ignoreTime)
}
