package details

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/internal/cowork"
)

// TestVersionKey checks that keys are in the order of the versions, and that a text that
// is no version has none.
func TestVersionKey(t *testing.T) {
	keyOf := func(version string) (key string) {
		for e := range cowork.Events(eventtest.Logs(eventtest.Event{Kind: "plugin_loaded", Attrs: map[string]any{"plugin.name": "p", "plugin.version": version}})) {
			key = versionKey(e)
		}
		return key
	}
	last := ""
	for _, version := range []string{"0.9", "1.0.0-beta", "1.0.0", "1.0.1", "1.9", "v1.10.0+build.7", "2", "10.0.0.1"} {
		key := keyOf(version)
		require.Len(t, key, 25, version)
		require.Greater(t, key, last, version)
		last = key
	}
	for _, version := range []string{"", "nightly", "1.x", "1..2", "1.2.3.4.5", "1000000.0", "-1", "1-", "4f2a9c1"} {
		require.Empty(t, keyOf(version), version)
	}
}
