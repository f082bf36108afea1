package lifecycle

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestStartText checks that the error of a component names its key, as an error of validate
// does.
func TestStartText(t *testing.T) {
	for text, want := range map[string]string{
		`cannot start pipelines: failed to start "kafka/x" exporter: unrecognized logs encoding "json"`:                           `exporters::kafka/x: unrecognized logs encoding "json" (otlp_proto or otlp_json)`,
		`cannot start pipelines: failed to start "otlp" receiver: failed to load TLS config`:                                      "receivers::otlp: failed to load TLS config",
		`failed to build pipelines: failed to create "attributes/x" processor, in pipeline "logs/x": error with key "env"`:        `processors::attributes/x: error with key "env"`,
		`failed to build pipelines: failed to create "file" exporter for data type "logs": no path`:                               "exporters::file: no path",
		`failed to setup configuration components: failed to build extensions: failed to create extension "opamp": no server`:     "extensions::opamp: no server",
		`failed to build pipelines: cycle detected: connector "forward/b" (logs to logs) -> connector "forward/b" (logs to logs)`: `service::pipelines: connectors are in a circle (remove one of them from a pipeline): connector "forward/b" (logs to logs) -> connector "forward/b" (logs to logs)`,
		`failed to start extensions: credentials file "empty" is empty`:                                                           `failed to start extensions: credentials file "empty" is empty`,
		"file_storage: state folder x is in use by another collector (stop it, or give each collector a folder of its own)":       "file_storage: state folder x is in use by another collector (stop it, or give each collector a folder of its own)",
	} {
		require.Equal(t, want, startText(text))
	}
}
