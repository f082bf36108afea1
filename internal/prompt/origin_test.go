package prompt

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestOrigin checks the origin in the summary of each part, across restarts.
func TestOrigin(t *testing.T) {
	for _, value := range []any{nil, "user", "task", "schedule", "agent", "jane@example.com", 7} {
		tr := tracker(durable)
		d := disk{}
		tr.addAll(t, noon, eventOf("user_prompt", 1, attributes{"cowork.prompt.origin": value}), request(2, "r1", nil))
		d.checkpoint(tr, nil)
		tr = d.restored(t, durable, noon)
		parts := tr.closeAll()
		d.checkpoint(tr, parts)
		tr = d.restored(t, durable, noon)
		require.Len(t, tr.Take(nil), 1)
		tr.addAll(t, noon, request(3, "r2", nil))
		parts = append(parts, tr.closeAll()...)
		require.Len(t, parts, 2)
		var want any
		if text, _ := value.(string); cowork.IsOrigin(text) {
			want = text
		}
		for e := range cowork.Events(Summaries(parts, func(pcommon.InstrumentationScope) {})) {
			require.Equal(t, want, e.Record().Attributes().AsRaw()["cowork.prompt.origin"], "%v", value)
		}
	}
}

func TestOriginIsUnknownWithoutUserPrompt(t *testing.T) {
	tr := tracker(Settings{})
	tr.addAll(t, noon, request(1, "r1", attributes{"cowork.prompt.origin": "task"}))
	parts := tr.closeAll()
	require.False(t, parts[0].Complete)
	require.Empty(t, parts[0].Origin)
}
