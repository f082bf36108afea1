package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLatencyOfFailedRequests checks that the durations of failed requests are stored
// separately from those of answered ones.
func TestLatencyOfFailedRequests(t *testing.T) {
	s := openStore(t, DefaultSettings())
	add(t, s, request(1, 5), event("api_error", 2, map[string]any{"model": "opus", "status_code": "529", "duration_ms": 4000}))
	require.Equal(t, [][]any{{"opus", int64(1), 1000.0}}, rows(t, s, "select name, n, mean from latency_model"))
	require.Equal(t, [][]any{{"opus", int64(1), 4000.0}}, rows(t, s, "select name, n, mean from latency_error"))
}
