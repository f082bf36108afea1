package coworkcorrelationprocessor

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadatatest"
)

func TestIdlePromptsAreSummarised(t *testing.T) {
	run(t, defaults, func(r *rig) {
		r.send(event("user_prompt", 1, attributes{"user.email": "[REDACTED_EMAIL]", "organization.id": "org"}), request(4, "r", nil))
		require.Empty(t, r.pass(5*time.Minute-time.Second))
		summaries := r.pass(2 * time.Second)
		require.Len(t, summaries, 1)
		e := summaries[0]
		require.Equal(t, map[string]any{
			"event.name": "cowork.prompt_summary", "prompt.id": onePrompt, "session.id": oneSession,
			"organization.id": "org", "user.email": "[REDACTED_EMAIL]",
			"cowork.prompt.start": "2026-11-21T12:00:01Z", "cowork.prompt.duration_ms": int64(3000), "cowork.prompt.event_count": int64(2),
			"cowork.prompt.api_request_count": int64(1), "cowork.prompt.api_error_count": int64(0), "cowork.prompt.api_refusal_count": int64(0),
			"cowork.prompt.cost_usd": 0.0015, "cowork.prompt.input_tokens": int64(0), "cowork.prompt.output_tokens": int64(0),
			"cowork.prompt.cache_read_tokens": int64(0), "cowork.prompt.cache_creation_tokens": int64(0),
			"cowork.prompt.tool_count": int64(0), "cowork.prompt.tool_failure_count": int64(0), "cowork.prompt.tool_reject_count": int64(0),
			"cowork.prompt.client_traced_count": int64(0), "cowork.prompt.models": []any{"claude-opus-5-5"}, "cowork.prompt.tools": []any{},
			"cowork.prompt.connectors": []any{}, "cowork.prompt.skills": []any{}, "cowork.prompt.subagents": []any{},
			"cowork.prompt.complete": true, "cowork.prompt.part": int64(0), "cowork.prompt.close_reason": "idle",
		}, e.Record().Attributes().AsRaw())
		require.Equal(t, "cowork.prompt_summary", e.Record().Body().Str())
		require.Equal(t, statefultest.Noon.Add(4*time.Second), e.Record().Timestamp().AsTime())
		require.Equal(t, oneTrace, e.Record().TraceID().String())
		require.Equal(t, prompt.RootSpanID(e.Record().TraceID()), e.Record().SpanID())
		require.Equal(t, map[string]any{"service.name": "cowork"}, e.Resource().Attributes().AsRaw())
		require.Equal(t, "github.com/cowork-otel/collector/processor/coworkcorrelationprocessor", e.Scope().Name())
		require.Equal(t, "1.2.3", e.Scope().Version())
		metadatatest.AssertEqualProcessorCoworkCorrelationClosed(t, r.tel, statefultest.Point(1, attribute.String("reason", "idle")), statefultest.IgnoreTime)
		metadatatest.AssertEqualProcessorCoworkCorrelationOpen(t, r.tel, statefultest.Point(0), statefultest.IgnoreTime)
		metadatatest.AssertEqualProcessorCoworkCorrelationRemembered(t, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
	})
}

func TestLateEventsMakeParts(t *testing.T) {
	run(t, defaults, func(r *rig) {
		r.send(event("user_prompt", 1, nil))
		first := r.pass(6 * time.Minute)
		r.send(request(2, "r", nil), event("user_prompt", 1, nil))
		second := r.pass(6 * time.Minute)
		keys := []string{"cowork.prompt.part", "cowork.prompt.event_count", "cowork.prompt.complete"}
		require.Equal(t, []string{"0 1 true", "1 1 true"}, linesOf(append(first, second...), keys...))
		require.NotEqual(t, first[0].Record().SpanID(), second[0].Record().SpanID())
		metadatatest.AssertEqualProcessorCoworkCorrelationLate(t, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
	})
}

func TestEvictedPromptsAreSummarised(t *testing.T) {
	run(t, func(c *Config) { c.MaxPrompts = 2 }, func(r *rig) {
		for i := range 5 {
			r.send(request(i, "r", attributes{"prompt.id": strconv.Itoa(i)}))
		}
		require.Equal(t, []string{"0 evicted", "1 evicted", "2 evicted"}, linesOf(r.pass(time.Second), "prompt.id", "cowork.prompt.close_reason"))
		metadatatest.AssertEqualProcessorCoworkCorrelationClosed(t, r.tel, statefultest.Point(3, attribute.String("reason", "evicted")), statefultest.IgnoreTime)
		metadatatest.AssertEqualProcessorCoworkCorrelationForgotten(t, r.tel, statefultest.Point(2), statefultest.IgnoreTime)
	})
}

// TestManyEvictions checks that a complete batch of summaries is sent before the next tick:
// the outbox would exceed its limit otherwise.
func TestManyEvictions(t *testing.T) {
	run(t, func(c *Config) { c.MaxPrompts = 1 }, func(r *rig) {
		for i := range maxBatch + 1 {
			r.send(request(i, "r", attributes{"prompt.id": strconv.Itoa(i)}))
		}
		require.Len(t, r.pass(0), maxBatch)
	})
}

func TestShutdownSummarises(t *testing.T) {
	run(t, defaults, func(r *rig) {
		r.send(request(1, "r", nil), event("user_prompt", 2, attributes{"prompt.id": "next"}))
		r.end()
		summaries, _ := r.taken()
		require.Equal(t, []string{onePrompt + " shutdown", "next shutdown"}, linesOf(summaries, "prompt.id", "cowork.prompt.close_reason"))
		require.Equal(t, []string{"", onePrompt}, linesOf(summaries, "cowork.prompt.previous_id"))
		metadatatest.AssertEqualProcessorCoworkCorrelationClosed(t, r.tel, statefultest.Point(2, attribute.String("reason", "shutdown")), statefultest.IgnoreTime)
	})
}

func TestSummaryOff(t *testing.T) {
	run(t, func(c *Config) { c.Summary = false }, func(r *rig) {
		require.NotEmpty(t, r.send(request(1, "r", nil)))
		require.Empty(t, r.pass(time.Hour))
		metadatatest.AssertEqualProcessorCoworkCorrelationClosed(t, r.tel, statefultest.Point(1, attribute.String("reason", "idle")), statefultest.IgnoreTime)
	})
}

// TestRefusedSummariesAreSentAgain checks that summaries are retried, once each and in order.
func TestRefusedSummariesAreSentAgain(t *testing.T) {
	run(t, defaults, func(r *rig) {
		for i := range maxBatch + 5 {
			r.send(request(i, "r", attributes{"prompt.id": strconv.Itoa(i)}))
		}
		r.sink.Refuse(errors.New("down"))
		require.Empty(t, r.pass(5*time.Minute+2*time.Second))
		metadatatest.AssertEqualProcessorCoworkCorrelationQueued(t, r.tel, statefultest.Point(maxBatch+5), statefultest.IgnoreTime)
		metadatatest.AssertEqualProcessorCoworkCorrelationSummaryRetries(t, r.tel, statefultest.Point(3), statefultest.IgnoreTime)
		r.sink.Refuse(nil)
		got := linesOf(r.pass(time.Second), "prompt.id")
		require.Len(t, got, maxBatch+5)
		for i, id := range got {
			require.Equal(t, strconv.Itoa(i), id)
		}
		metadatatest.AssertEqualProcessorCoworkCorrelationQueued(t, r.tel, statefultest.Point(0), statefultest.IgnoreTime)
		require.Empty(t, r.pass(time.Hour))
	})
}

// TestOutboxIsBounded checks that the oldest summaries are dropped while the next component
// is down.
func TestOutboxIsBounded(t *testing.T) {
	run(t, func(c *Config) { c.MaxPrompts = 1 }, func(r *rig) {
		r.sink.Refuse(consumererror.NewLogs(errors.New("down"), request(0, "", nil)))
		const more = 7
		for i := range minOutbox + more + 1 {
			require.Error(t, r.ConsumeLogs(t.Context(), request(i, "r", attributes{"prompt.id": strconv.Itoa(i)})))
			if i == maxBatch+more { // so that the first batch is one that came back
				require.Empty(t, r.pass(time.Second))
			}
		}
		require.Empty(t, r.pass(time.Second))
		metadatatest.AssertEqualProcessorCoworkCorrelationSummariesDropped(t, r.tel, statefultest.Point(more), statefultest.IgnoreTime)
		metadatatest.AssertEqualProcessorCoworkCorrelationQueued(t, r.tel, statefultest.Point(minOutbox), statefultest.IgnoreTime)
		r.sink.Refuse(nil)
		got := linesOf(r.pass(time.Second), "prompt.id")
		require.Len(t, got, minOutbox)
		require.Equal(t, strconv.Itoa(more), got[0])
	})
}

// TestOutboxIsBoundedInBytes checks the limit of text with summaries that have many names.
func TestOutboxIsBoundedInBytes(t *testing.T) {
	run(t, func(c *Config) { c.MaxPrompts = minOutbox / 2; c.IdleTimeout = time.Second }, func(r *rig) {
		down := errors.New("down")
		r.sink.Refuse(down)
		const prompts, names = 3000, 32
		for i := range prompts {
			if i%1000 == 0 { // no more at once, or names are left out
				r.pass(1200 * time.Millisecond)
			}
			batches := make([]plog.Logs, names)
			for n := range batches {
				name := fmt.Sprintf("%064d%064d", i, n)
				batches[n] = request(n, "", attributes{"prompt.id": strconv.Itoa(i), "model": name})
			}
			require.ErrorIs(t, r.ConsumeLogs(t.Context(), together(batches...)), down)
		}
		r.pass(1200 * time.Millisecond)
		r.sink.Refuse(nil)
		got := len(r.pass(time.Second))
		require.InDelta(t, minOutbox*maxTextBytes/(names*128), got, 100)
		metadatatest.AssertEqualProcessorCoworkCorrelationSummariesDropped(t, r.tel, statefultest.Point(int64(prompts-got)), statefultest.IgnoreTime)
	})
}

// TestLostSummaries checks that permanently refused summaries are counted, and those that are
// not delivered at shutdown.
func TestLostSummaries(t *testing.T) {
	run(t, defaults, func(r *rig) {
		r.send(request(1, "r", nil))
		r.sink.Refuse(consumererror.NewPermanent(errors.New("no such record is wanted")))
		require.Empty(t, r.pass(time.Hour))
		metadatatest.AssertEqualProcessorCoworkCorrelationSummariesDropped(t, r.tel, statefultest.Point(1), statefultest.IgnoreTime)

		r.sink.Refuse(nil)
		r.send(request(2, "r2", nil))
		r.sink.Refuse(errors.New("down"))
		r.end()
		metadatatest.AssertEqualProcessorCoworkCorrelationSummariesDropped(t, r.tel, statefultest.Point(2), statefultest.IgnoreTime)
	})
}

// TestOddNumbersAreCounted checks that invalid values are counted by attribute, and that no
// metric contains them.
func TestOddNumbersAreCounted(t *testing.T) {
	run(t, defaults, func(r *rig) {
		r.send(request(1, "r1", attributes{"cost_usd_micros": -5, "input_tokens": "many"}), request(2, "r2", attributes{"event.timestamp": "1970-01-01T00:00:01Z"}))
		r.send(request(3, "r3", attributes{"prompt.id": string(make([]byte, 1<<20)), "model": string(make([]byte, 500))}))
		r.pass(time.Second)
		of := func(key, value string) metricdata.DataPoint[int64] {
			return statefultest.Point(1, attribute.String(key, value))[0]
		}
		metadatatest.AssertEqualProcessorCoworkCorrelationInvalid(t, r.tel, []metricdata.DataPoint[int64]{
			of("attribute", "cost_usd"), of("attribute", "input_tokens"), of("attribute", "event.timestamp"),
		}, statefultest.IgnoreTime)
		metadatatest.AssertEqualProcessorCoworkCorrelationCut(t, r.tel, []metricdata.DataPoint[int64]{of("text", "id"), of("text", "name")}, statefultest.IgnoreTime)
	})
}
