package coworkeventprocessor

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/internal/cowork"
)

func promptEvent(text string) plog.Logs {
	return event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		rec.Body().SetStr("claude_code.user_prompt")
		rec.Attributes().PutStr("prompt", text)
	})
}

func originOf(attributes pcommon.Map) string {
	v, _ := attributes.Get(cowork.OriginAttribute)
	return v.Str()
}

func TestMarksOriginOfEvents(t *testing.T) {
	schedules := event(func(_ plog.ResourceLogs, rec plog.LogRecord) {
		rec.Body().SetStr("claude_code.tool_result")
		rec.Attributes().PutStr("tool_name", "CronCreate")
		rec.Attributes().PutStr("tool_input", `{"cron":"0 9 * * *","prompt":"check the queue"}`)
	})
	out, _ := run(t, defaults, promptEvent("check the queue"), promptEvent("<task-notification>"), schedules, promptEvent("check the queue"))
	require.Equal(t, "user", originOf(record(out[0]).Attributes()))
	require.Equal(t, "task", originOf(record(out[1]).Attributes()))
	require.Empty(t, originOf(record(out[2]).Attributes()))
	require.Equal(t, "schedule", originOf(record(out[3]).Attributes()))
}

func TestForeignPromptsHaveNoOrigin(t *testing.T) {
	foreign := promptEvent("<task-notification>")
	foreign.ResourceLogs().At(0).Resource().Attributes().PutStr("service.name", "billing")
	foreign.ResourceLogs().At(0).ScopeLogs().At(0).Scope().SetName("other")
	out, _ := run(t, defaults, foreign)
	require.Empty(t, originOf(record(out[0]).Attributes()))
}

// interaction returns a batch of one interaction span.
func interaction(service, scope, text string) ptrace.Traces {
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	rs.Resource().Attributes().PutStr("service.name", service)
	ss := rs.ScopeSpans().AppendEmpty()
	ss.Scope().SetName(scope)
	span := ss.Spans().AppendEmpty()
	span.SetName("claude_code.interaction")
	span.Attributes().PutStr("user_prompt", text)
	return td
}

func newSpanProcessor(t *testing.T, cfg *Config) (processor.Traces, *consumertest.TracesSink) {
	t.Helper()
	sink := new(consumertest.TracesSink)
	p, err := NewFactory().CreateTraces(t.Context(), processortest.NewNopSettings(NewFactory().Type()), cfg, sink)
	require.NoError(t, err)
	require.True(t, p.Capabilities().MutatesData)
	require.NoError(t, p.Start(t.Context(), componenttest.NewNopHost()))
	return p, sink
}

func TestMarksOriginOfSpans(t *testing.T) {
	const tracing = "com.anthropic.claude_code.tracing"
	p, sink := newSpanProcessor(t, createDefaultConfig().(*Config))
	check := func(want, service, scope, text string) {
		t.Helper()
		sink.Reset()
		require.NoError(t, p.ConsumeTraces(t.Context(), interaction(service, scope, text)))
		span := sink.AllTraces()[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0)
		require.Equal(t, want, originOf(span.Attributes()))
	}
	check("task", "cowork", tracing, "<task-notification>")
	check("user", "cowork", tracing, "hello")
	check("task", "another name", tracing, "<task-notification>")
	check("task", "claude-code", "another scope", "<task-notification>")
	check("", "billing", "another scope", "<task-notification>")
}

// TestMarksConcurrently is for the race detector.
func TestMarksConcurrently(t *testing.T) {
	p, sink := newSpanProcessor(t, createDefaultConfig().(*Config))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { _ = p.ConsumeTraces(t.Context(), interaction("cowork", "", "<tick>")) })
	}
	all.Wait()
	require.Equal(t, 8, sink.SpanCount())
}
