package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFailedRequestsTakeTimeToo checks that how long those took that failed is kept
// beside those that were answered, and is not mixed with them.
func TestFailedRequestsTakeTimeToo(t *testing.T) {
	s := opened(t, DefaultSettings())
	add(t, s, request(1, 5), event("api_error", 2, map[string]any{"model": "opus", "status_code": "529", "duration_ms": 4000}))
	require.Equal(t, [][]any{{"opus", int64(1), 1000.0}}, rows(t, s, "select name, n, mean from latency_model"))
	require.Equal(t, [][]any{{"opus", int64(1), 4000.0}}, rows(t, s, "select name, n, mean from latency_error"))
}
