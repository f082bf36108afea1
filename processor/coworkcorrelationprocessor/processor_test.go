package coworkcorrelationprocessor

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadatatest"
)

func record(ld plog.Logs) plog.LogRecord {
	return ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
}

func TestStamps(t *testing.T) {
	run(t, defaults, func(r *rig) {
		check := func(in plog.Logs, trace, step string) {
			t.Helper()
			out := r.send(in)[0].Record()
			require.Equal(t, trace, out.TraceID().String())
			want := pcommon.SpanID{}
			if step != "" {
				want = prompt.SpanID(out.TraceID(), step)
			}
			require.Equal(t, want, out.SpanID())
		}
		check(request(1, "req_1", nil), oneTrace, "request:req_1")
		check(event("api_error", 2, attributes{"request_id": "req_2", "attempt": 3}), oneTrace, "request:req_2:3")
		check(event("tool_result", 3, attributes{"tool_use_id": "toolu_1"}), oneTrace, "tool:toolu_1")
		check(event("tool_decision", 4, attributes{"tool_use_id": "toolu_2", "decision": "reject"}), oneTrace, "tool:toolu_2")
		check(event("tool_decision", 5, attributes{"tool_use_id": "toolu_3", "decision": "accept"}), oneTrace, "")
		check(event("subagent_completed", 6, attributes{"agent_id": "a1"}), oneTrace, "subagent:a1")
		check(event("user_prompt", 7, nil), oneTrace, "")
		check(event("brand_new", 8, attributes{"prompt.id": "no uuid"}), prompt.TraceID("no uuid").String(), "")
	})
}

// TestTracesOfTheClientStay checks that a record keeps the trace ID of the client.
func TestTracesOfTheClientStay(t *testing.T) {
	run(t, defaults, func(r *rig) {
		in := request(1, "req_1", nil)
		record(in).SetTraceID(pcommon.TraceID{1})
		out := r.send(in)[0].Record()
		require.Equal(t, pcommon.TraceID{1}, out.TraceID())
		require.True(t, out.SpanID().IsEmpty())
	})
}

func TestRecordsWithoutPromptPassUntouched(t *testing.T) {
	run(t, defaults, func(r *rig) {
		for i, id := range []any{nil, "", "undefined"} {
			in := event("plugin_loaded", i, attributes{"prompt.id": id})
			want := plog.NewLogs()
			in.CopyTo(want)
			require.Len(t, r.send(in), 1)
			require.Equal(t, want, in)
		}
		empty := plog.NewLogs()
		empty.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
		require.Empty(t, r.send(empty))
		require.Equal(t, 1, empty.ResourceLogs().Len())
		require.Empty(t, r.pass(time.Hour))
	})
}

func TestDuplicatesAreDropped(t *testing.T) {
	run(t, defaults, func(r *rig) {
		in := together(event("user_prompt", 1, nil), request(2, "r", nil), request(2, "r", nil), event("user_prompt", 1, nil))
		require.Len(t, r.send(in, request(2, "r", nil)), 2)
		require.Equal(t, 2, in.ResourceLogs().Len(), "no empty resource is left")
		r.pass(time.Second)
		metadatatest.AssertEqualProcessorCoworkCorrelationDuplicates(t, r.tel, statefultest.Point(3), statefultest.IgnoreTime)
		summaries := r.pass(time.Hour)
		require.Equal(t, []string{"2"}, linesOf(summaries, "cowork.prompt.event_count"))
	})
}

// TestDuplicatesPass checks that duplicates pass with deduplicate off, and count once.
func TestDuplicatesPass(t *testing.T) {
	run(t, func(c *Config) { c.Deduplicate = false }, func(r *rig) {
		out := r.send(request(2, "r", nil), request(2, "r", nil))
		require.Len(t, out, 2)
		require.Equal(t, oneTrace, out[1].Record().TraceID().String())
		require.Equal(t, []string{"1 0.0015"}, linesOf(r.pass(time.Hour), "cowork.prompt.event_count", "cowork.prompt.cost_usd"))
	})
}

// TestSummariesOfClients checks that clients' records with the name of a summary are renamed.
func TestSummariesOfClients(t *testing.T) {
	run(t, defaults, func(r *rig) {
		byBody := event("cowork.prompt_summary", 3, attributes{"event.name": nil, "prompt.id": nil})
		record(byBody).SetEventName("")
		record(byBody).Body().SetStr("cowork.prompt_summary")
		for i, in := range []plog.Logs{
			event("cowork.prompt_summary", 1, attributes{"cowork.prompt.cost_usd": 1000.0}), event("prompt_summary", 2, nil), byBody,
		} {
			out := r.send(in)
			require.Len(t, out, 1, "%d", i)
			require.Equal(t, "client_prompt_summary", out[0].Name())
			require.True(t, out[0].Record().SpanID().IsEmpty(), "is no root")
		}
		require.Equal(t, []string{"2 0"}, linesOf(r.pass(time.Hour), "cowork.prompt.event_count", "cowork.prompt.cost_usd"))
		metadatatest.AssertEqualProcessorCoworkCorrelationRenamed(t, r.tel, statefultest.Point(3), statefultest.IgnoreTime)
	})
}

// TestConcurrentUse sends the events of five prompts from several goroutines, while prompts
// close.
func TestConcurrentUse(t *testing.T) {
	run(t, func(c *Config) { c.MaxPrompts = 3; c.IdleTimeout = time.Second }, func(r *rig) {
		const senders, each = 8, 200
		done := make(chan struct{})
		for s := range senders {
			go func() {
				defer func() { done <- struct{}{} }()
				for i := range each {
					in := request(s*each+i, "", attributes{"prompt.id": []string{"a", "b", "c", "d", "e"}[i%5]})
					if err := r.ConsumeLogs(t.Context(), in); err != nil {
						t.Error(err)
					}
					time.Sleep(10 * time.Millisecond)
				}
			}()
		}
		for range senders {
			<-done
		}
		sum := int64(0)
		for _, e := range r.pass(time.Hour) {
			n, _ := e.Int("cowork.prompt.event_count")
			sum += n
		}
		require.Equal(t, int64(senders*each), sum)
	})
}
