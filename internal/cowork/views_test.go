package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
)

func TestViews(t *testing.T) {
	request, ok := APIRequestOf(eventOf(t, map[string]any{
		"event.name": "api_request", "model": "m", "cost_usd": "0.25", "duration_ms": "1500", "input_tokens": 3, "client_request_id": "c",
	}))
	require.True(t, ok)
	micros, ok := request.CostMicros()
	require.True(t, ok)
	require.EqualValues(t, 250000, micros)
	require.Equal(t, "c", request.RequestID())
	d, _ := request.Duration()
	require.Equal(t, "1.5s", d.String())
	request.Record().Attributes().PutInt("cost_usd_micros", 7)
	micros, _ = request.CostMicros()
	require.EqualValues(t, 7, micros, "micros are preferred")
	request.Record().Attributes().PutInt("duration_ms", -1)
	_, ok = request.Duration()
	require.False(t, ok)

	result, ok := ToolResultOf(eventOf(t, map[string]any{"event.name": "tool_result", "success": "false", "tool_name": "mcp__crm__send"}))
	require.True(t, ok)
	success, ok := result.Success()
	require.True(t, ok)
	require.False(t, success)
	require.Equal(t, "crm", result.Connector())
	_, ok = ToolResultOf(request.Event)
	require.False(t, ok)
}

func TestAllocReading(t *testing.T) {
	var batches []plog.Logs
	for _, ld := range captured(t) {
		for e := range Events(ld) {
			Normalize(e)
		}
		batches = append(batches, ld)
	}
	user, connector := DimensionOf("user"), DimensionOf("connector")
	validator := NewValidator(Minimal, nil)
	var problems []Problem
	total := 0
	require.Zero(t, testing.AllocsPerRun(20, func() {
		for _, ld := range batches {
			for e := range Events(ld) {
				total += readAll(e) + len(user(e)) + len(connector(e))
				problems = validator.Check(problems[:0], e)
				if ContentArrived(e) {
					total++
				}
			}
		}
	}))
	require.NotZero(t, total)
}

func BenchmarkEvents(b *testing.B) {
	var batches []plog.Logs
	n := 0
	for _, ld := range captured(b) {
		batches = append(batches, ld)
		n += ld.LogRecordCount()
	}
	total := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, ld := range batches {
			for e := range Events(ld) {
				if r, ok := APIRequestOf(e); ok {
					micros, _ := r.CostMicros()
					total += int(micros) + len(r.User())
				}
			}
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "records/s")
}
