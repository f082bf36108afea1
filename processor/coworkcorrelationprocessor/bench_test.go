package coworkcorrelationprocessor

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// mix are the events of a prompt with three tools, as clients send them.
var mix = []plog.Logs{
	event("user_prompt", 0, attributes{"prompt": "[REDACTED_PROMPT]", "prompt_length": 26}),
	event("tool_decision", 0, attributes{"tool_name": "Bash", "decision": "accept", "source": "config"}),
	event("tool_result", 0, attributes{"tool_name": "Bash", "success": true, "duration_ms": 165, "tool_use_id": ""}),
	event("api_request", 0, attributes{
		"model": "claude-opus-5-5", "cost_usd": 0.012, "cost_usd_micros": 12000, "duration_ms": 1200, "input_tokens": 3271,
		"output_tokens": 210, "cache_read_tokens": 20386, "cache_creation_tokens": 12, "query_source": "sdk", "request_id": "",
	}),
	event("hook_execution_start", 0, nil),
	event("hook_execution_complete", 0, attributes{"num_success": 1}),
	event("tool_decision", 0, attributes{"tool_name": "Read", "decision": "accept", "source": "config"}),
	event("tool_result", 0, attributes{"tool_name": "Read", "success": true, "duration_ms": 165, "tool_use_id": ""}),
}

// thousand returns the n-th batch of a stream, a thousand events. Consecutive events belong
// to different prompts.
func thousand(n, prompts int) plog.Logs {
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for i := n * 1000; i < n*1000+1000; i++ {
		rec := records.AppendEmpty()
		record(mix[i/prompts%len(mix)]).CopyTo(rec)
		m := rec.Attributes()
		for key, value := range map[string]string{
			"prompt.id":  fmt.Sprintf("0aa84ef6-0c18-4720-8c5d-%012x", i%prompts),
			"session.id": fmt.Sprintf("f4e2b124-f977-4412-8b09-%012x", i%prompts),
			"request_id": fmt.Sprintf("req_011CVKmUS4t9bQ%06x", i), "tool_use_id": fmt.Sprintf("toolu_01A09q90qw%06x", i),
		} {
			if v, ok := m.Get(key); ok {
				v.SetStr(value)
			}
		}
		m.PutInt("event.sequence", int64(i))
		rec.SetTimestamp(pcommon.NewTimestampFromTime(statefultest.Noon)) // as cowork_event has it
	}
	return ld
}

// BenchmarkConsume passes a stream through the whole processor, trace and span IDs included.
func BenchmarkConsume(b *testing.B) {
	for _, prompts := range []int{1_000, 100_000} {
		b.Run("open="+strconv.Itoa(prompts), func(b *testing.B) {
			cfg := createDefaultConfig().(*Config)
			p, err := NewFactory().CreateLogs(b.Context(), processortest.NewNopSettings(NewFactory().Type()), cfg, consumertest.NewNop())
			require.NoError(b, err)
			require.NoError(b, p.Start(b.Context(), componenttest.NewNopHost()))
			n := 0
			for ; n < 4*prompts/1000; n++ {
				require.NoError(b, p.ConsumeLogs(b.Context(), thousand(n, prompts)))
			}
			events := 0
			for b.Loop() {
				b.StopTimer()
				batch := thousand(n, prompts)
				n++
				b.StartTimer()
				if err := p.ConsumeLogs(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
				events += 1000
			}
			b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
			require.Equal(b, prompts, p.(*correlator).tracker.Stats().Open)
			require.NoError(b, p.Shutdown(b.Context()))
		})
	}
}
