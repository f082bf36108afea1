package load

import "strings"

// A stage is a configuration that has one part more than the one before.
type stage struct {
	name   string
	config string // "default:" for the embedded one
}

var stages = []stage{
	{"bare: otlp to file", withProcessors()},
	{"+ event", withProcessors("cowork_event")},
	{"+ redaction", withProcessors("cowork_event", "cowork_redaction")},
	{"+ correlation", withProcessors("cowork_event", "cowork_redaction", "cowork_correlation")},
	{"everything: the default", "default:"},
}

const frame = `receivers:
  otlp: {protocols: {grpc: {endpoint: "${env:COWORK_OTLP_GRPC}"}}}
PROCESSORS
exporters:
  file: {path: "${env:COWORK_DATA}/logs.json", create_directory: true}
extensions:
  health_check: {endpoint: "${env:COWORK_HEALTH}"}
service:
  extensions: [health_check]
  pipelines:
    logs: {receivers: [otlp], processors: [NAMES], exporters: [file]}
  telemetry: {metrics: {level: none}}
`

func withProcessors(names ...string) string {
	section := "processors: {}"
	if len(names) > 0 {
		section = "processors:\n  " + strings.Join(names, ":\n  ") + ":"
	}
	return strings.NewReplacer("PROCESSORS", section, "NAMES", strings.Join(names, ", ")).Replace(frame)
}
