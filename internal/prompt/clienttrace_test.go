package prompt_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
)

func TestClientTrace(t *testing.T) {
	check := func(promptID string, trace pcommon.TraceID, want bool) {
		t.Helper()
		rec := plog.NewLogRecord()
		rec.SetTraceID(trace)
		rec.Attributes().PutStr("prompt.id", promptID)
		require.Equal(t, want, prompt.ClientTrace(cowork.EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec)))
	}
	const id = "550e8400-e29b-41d4-a716-446655440000"
	check(id, pcommon.TraceID{}, false)
	check(id, prompt.TraceID(id), false)
	check(id, pcommon.TraceID{1}, true)
	check("", pcommon.TraceID{1}, true)
	check("", pcommon.TraceID{}, false)
}
