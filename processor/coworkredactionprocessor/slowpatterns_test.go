package coworkredactionprocessor

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// TestSlowPatternsAreLogged checks that a start logs the slow patterns, and only those.
func TestSlowPatternsAreLogged(t *testing.T) {
	factory := NewFactory()
	cfg := createDefaultConfig().(*Config)
	cfg.CustomPatterns = map[CustomName]Pattern{"mrn": `\bMRN-\d{8}\b`, "badge": `\b[A-Z]\d{6}\b`}
	for _, enabled := range []bool{true, false} {
		cfg.Enabled = enabled
		core, logs := observer.New(zap.WarnLevel)
		set := processortest.NewNopSettings(factory.Type())
		set.Logger = zap.New(core)
		p, err := factory.CreateLogs(t.Context(), set, cfg, consumertest.NewNop())
		require.NoError(t, err)
		require.NoError(t, p.Start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, p.Shutdown(t.Context()))
		entries := logs.All()
		require.Len(t, entries, 1)
		if !enabled {
			require.Equal(t, "redaction is off: telemetry passes unchanged", entries[0].Message)
			continue
		}
		require.Equal(t, "custom_patterns::badge: no literal of two or more characters in every match, so every text is searched completely (add a fixed part, or a word near the value)", entries[0].Message)
		require.Positive(t, entries[0].ContextMap()["mb_per_second"])
	}
}
