package prompt_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/prompt"
)

// The sums are those of sha256sum.
func TestTraceID(t *testing.T) {
	check := func(want, promptID string) {
		t.Helper()
		require.Equal(t, want, prompt.TraceID(promptID).String())
	}
	check("550e8400e29b41d4a716446655440000", "550e8400-e29b-41d4-a716-446655440000")
	check("550e8400e29b41d4a716446655440000", "550E8400-E29B-41D4-A716-446655440000")
	check("", "")
	check("7ed65932e8020d4d9f9f6a3685dd16ea", "prompt-1")
	check("1c9060e2c4024000aa4be0177110186b", "550e8400-e29b-41d4-a716-44665544000g")
	check("12b9377cbe7e5c94e8a70d9d23929523", "00000000-0000-0000-0000-000000000000")
	check("8f990ba0b577b51cf009ea049368c16b", strings.Repeat("x", 1<<20))
}

func TestSpanID(t *testing.T) {
	trace := prompt.TraceID("550e8400-e29b-41d4-a716-446655440000")
	require.Equal(t, "cee82307e6ad54d9", prompt.RootSpanID(trace).String())
	require.Equal(t, "33a79768fd0c2b3c", prompt.SpanID(trace, "req_1").String())
}

func TestAllocIDs(t *testing.T) {
	var trace pcommon.TraceID
	require.Zero(t, testing.AllocsPerRun(100, func() {
		trace = prompt.TraceID("550e8400-e29b-41d4-a716-446655440000")
		_ = prompt.RootSpanID(trace)
		_ = prompt.SpanID(trace, "request:req_011CVKmUS4t9bQ8sNd2xJ6Gh")
	}))
}
