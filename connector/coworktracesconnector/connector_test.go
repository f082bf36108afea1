package coworktracesconnector

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadata"
	"github.com/cowork-otel/collector/connector/coworktracesconnector/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/prompt"
)

func TestRequest(t *testing.T) {
	span := only(t, defaults, event("api_request", attrs{
		"model": "claude-opus-5-5", "duration_ms": 317, "request_id": "req_1", "cost_usd": 0.015184,
		"input_tokens": 321, "output_tokens": 45, "cache_read_tokens": 15000, "cache_creation_tokens": 2000,
	}))
	require.Equal(t, "chat claude-opus-5-5", span.Name())
	require.Equal(t, ptrace.SpanKindClient, span.Kind())
	require.Equal(t, "0aa84ef60c1847208c5d4ba43985c011", span.TraceID().String())
	require.Equal(t, prompt.SpanID(trace, "request:req_1"), span.SpanID())
	require.Equal(t, rootID, span.ParentSpanID())
	require.Equal(t, instant, span.EndTimestamp().AsTime())
	require.Equal(t, instant.Add(-317*time.Millisecond), span.StartTimestamp().AsTime())
	require.Equal(t, ptrace.StatusCodeUnset, span.Status().Code())
	require.Equal(t, map[string]any{
		"gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic", "gen_ai.agent.name": "cowork",
		"gen_ai.conversation.id": sessionID, "gen_ai.response.id": "req_1",
		"gen_ai.request.model": "claude-opus-5-5", "gen_ai.response.model": "claude-opus-5-5",
		"gen_ai.usage.input_tokens": int64(17321), "gen_ai.usage.output_tokens": int64(45),
		"gen_ai.usage.cache_read.input_tokens": int64(15000), "gen_ai.usage.cache_creation.input_tokens": int64(2000),

		"session.id": sessionID, "prompt.id": promptID, "model": "claude-opus-5-5", "request_id": "req_1", "cost_usd": 0.015184,
		"duration_ms": int64(317), "input_tokens": int64(321), "output_tokens": int64(45),
		"cache_read_tokens": int64(15000), "cache_creation_tokens": int64(2000),
	}, span.Attributes().AsRaw())
}

func TestRoot(t *testing.T) {
	summary := attrs{
		"cowork.prompt.duration_ms": 1042, "cowork.prompt.input_tokens": 100, "cowork.prompt.cache_read_tokens": 20,
		"cowork.prompt.cache_creation_tokens": 3, "cowork.prompt.output_tokens": 7, "cowork.prompt.part": 0,
		"cowork.prompt.api_request_count": 1, "cowork.prompt.api_error_count": 2, "service.version": "1.15962.1",
		"cowork.prompt.origin": "schedule",
	}
	span := only(t, defaults, event("cowork.prompt_summary", summary))
	require.Equal(t, "invoke_agent cowork", span.Name())
	require.Equal(t, rootID, span.SpanID())
	require.True(t, span.ParentSpanID().IsEmpty())
	require.Equal(t, instant.Add(-1042*time.Millisecond), span.StartTimestamp().AsTime())
	require.Equal(t, ptrace.StatusCodeUnset, span.Status().Code(), "a request was answered")
	require.Zero(t, span.Links().Len())
	got := span.Attributes().AsRaw()
	require.EqualValues(t, 123, got["gen_ai.usage.input_tokens"])
	require.EqualValues(t, 7, got["gen_ai.usage.output_tokens"])
	require.Equal(t, "1.15962.1", got["gen_ai.agent.version"])
	require.Equal(t, "schedule", got["cowork.prompt.origin"])

	summary["cowork.prompt.api_request_count"] = 0
	summary["cowork.prompt.previous_id"] = "659ebead-9a7c-4fc7-ac19-a9d8dc12d0ed"
	span = only(t, defaults, event("cowork.prompt_summary", summary))
	require.Equal(t, ptrace.StatusCodeError, span.Status().Code(), "none was")
	require.Equal(t, "659ebead9a7c4fc7ac19a9d8dc12d0ed", span.Links().At(0).TraceID().String())
	require.Equal(t, prompt.RootSpanID(span.Links().At(0).TraceID()), span.Links().At(0).SpanID())
}

func TestLatePart(t *testing.T) {
	span := only(t, defaults, event("cowork.prompt_summary", attrs{
		"cowork.prompt.part": 2, "cowork.prompt.duration_ms": 5, "cowork.prompt.input_tokens": 100, "cowork.prompt.previous_id": "x",
	}))
	require.Equal(t, "late_events", span.Name())
	require.Equal(t, prompt.SpanID(trace, "part:2"), span.SpanID())
	require.Equal(t, rootID, span.ParentSpanID())
	require.Equal(t, 1, span.Links().Len())
	require.Equal(t, trace, span.Links().At(0).TraceID())
	require.Equal(t, rootID, span.Links().At(0).SpanID())
	require.NotContains(t, span.Attributes().AsRaw(), "gen_ai.usage.input_tokens", "the root has them")
}

// TestEverySpanIsInTheSession checks a span of each row.
func TestEverySpanIsInTheSession(t *testing.T) {
	for _, s := range specs {
		span := only(t, defaults, event(s.event, attrs{"decision": "reject", "status": "connected"}))
		id, ok := span.Attributes().Get("gen_ai.conversation.id")
		require.True(t, ok, s.event)
		require.Equal(t, sessionID, id.Str(), s.event)
	}
}

func TestScopeAndResource(t *testing.T) {
	ld := event("api_request", nil)
	ld.ResourceLogs().At(0).SetSchemaUrl("https://example.com/schema")
	event("tool_result", nil).ResourceLogs().MoveAndAppendTo(ld.ResourceLogs())
	event("user_prompt", nil).ResourceLogs().MoveAndAppendTo(ld.ResourceLogs())
	out, tel := run(t, defaults, ld)
	require.Len(t, out, 1, "a batch makes a batch")
	require.Equal(t, 2, out[0].ResourceSpans().Len(), "a resource without spans is none")
	rs := out[0].ResourceSpans().At(0)
	require.Equal(t, map[string]any{"service.name": "cowork"}, rs.Resource().Attributes().AsRaw())
	require.Equal(t, "https://example.com/schema", rs.SchemaUrl())
	require.Equal(t, metadata.ScopeName, rs.ScopeSpans().At(0).Scope().Name())
	require.Equal(t, schemaURL, rs.ScopeSpans().At(0).SchemaUrl())
	metadatatest.AssertEqualConnectorCoworkTracesSpans(t, tel,
		append(point(1, "kind", "api_request"), point(1, "kind", "tool_result")...), ignoreTime)
}

func TestNoSpans(t *testing.T) {
	for _, kind := range []string{"user_prompt", "assistant_response", "brand_new", ""} {
		without(t, defaults, event(kind, nil))
	}
	without(t, defaults, event("tool_decision", attrs{"decision": "accept"}))
	without(t, defaults, plog.NewLogs())
}

// TestErrorsAreReturned checks that errors of the next component are returned.
func TestErrorsAreReturned(t *testing.T) {
	full := errors.New("queue is full")
	c, err := NewFactory().CreateLogsToTraces(t.Context(), connectortest.NewNopSettings(NewFactory().Type()),
		createDefaultConfig(), consumertest.NewErr(full))
	require.NoError(t, err)
	require.ErrorIs(t, c.ConsumeLogs(t.Context(), event("api_request", nil)), full)
	require.NoError(t, c.ConsumeLogs(t.Context(), event("user_prompt", nil)), "nothing to pass on")
}
