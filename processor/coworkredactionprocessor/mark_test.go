package coworkredactionprocessor

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestMark checks that every redacted record has the mark, and that a processor that is
// off adds none.
func TestMark(t *testing.T) {
	for _, enabled := range []bool{true, false} {
		cfg := createDefaultConfig().(*Config)
		cfg.Enabled = enabled
		p, err := newProcessor(cfg, componenttest.NewNopTelemetrySettings(), newUnknownAttributes())
		require.NoError(t, err)
		ld := plog.NewLogs()
		for range 2 {
			rl := ld.ResourceLogs().AppendEmpty()
			for range 2 {
				rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Attributes().PutStr("cowork.redaction.applied", "true")
			}
		}
		for e := range cowork.Events(ld) {
			require.False(t, cowork.IsRedacted(e), "an attribute of the record is no mark")
		}
		ld, err = p.processLogs(t.Context(), ld)
		require.NoError(t, err)
		for e := range cowork.Events(ld) {
			require.Equal(t, enabled, cowork.IsRedacted(e))
		}
	}
}
