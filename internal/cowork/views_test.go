package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
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
