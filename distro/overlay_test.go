package distro

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
)

func TestIsOverlay(t *testing.T) {
	for yaml, want := range map[string]bool{
		"exporters: {debug: }":                    true,
		"receivers: {otlp: }":                     true,
		"service: {pipelines: {logs: }}":          true,
		"{receivers: {}, service: {pipelines: }}": false,
		"{receivers: {otlp: }, exporters: {debug: }, service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}}":                               false,
		"{receivers: {otlp: }, exporters: {otlp_http: }, service: {pipelines: {logs/a: {receivers: [forward], exporters: [otlp_http]}}}}":                  true,
		"{receivers: {kafka: }, service: {pipelines: {logs/a: {receivers: [kafka], processors: [cowork_event, cowork_redaction], exporters: [forward]}}}}": true,
		// A name that neither declares is a mistake in a complete configuration.
		"{receivers: {otlp: }, exporters: {debug: }, service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_evnt], exporters: [debug]}}}}": false,
	} {
		retrieved, err := confmap.NewRetrievedFromYAML([]byte(yaml))
		require.NoError(t, err)
		conf, err := retrieved.AsConf()
		require.NoError(t, err)
		require.Equal(t, want, IsOverlay(conf), yaml)
	}
	require.NotEmpty(t, defaultGraph().Pipelines)
}
