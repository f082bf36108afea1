package refused

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestCount counts kinds up to the bound, and beyond.
func TestCount(t *testing.T) {
	noon := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	clear(rows)
	Count(Kind{"otlp", "http", "404"}, noon)
	Count(Kind{"otlp", "grpc", "UNAUTHENTICATED"}, noon.Add(time.Minute))
	Count(Kind{"otlp", "http", "404"}, noon.Add(time.Hour))
	list := List()
	require.Equal(t, []Row{
		{Kind{"otlp", "http", "404"}, 2, noon.Add(time.Hour)},
		{Kind{"otlp", "grpc", "UNAUTHENTICATED"}, 1, noon.Add(time.Minute)},
	}, list)
	for i := range maxRows {
		Count(Kind{"otlp", "http", strconv.Itoa(i)}, noon)
	}
	list = List()
	require.Len(t, list, maxRows+1)
	require.Contains(t, list, Row{others, 2, noon})
}
