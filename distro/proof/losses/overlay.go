package losses

import (
	"os"
	"path/filepath"
	"strings"
)

// overlay extends the default configuration by a backend with a queue on disk, and by
// notifications of one rule.
const overlay = `processors:
  cowork_correlation: {storage: file_storage, idle_timeout: 3s}
connectors:
  cowork_metrics: {temporality: delta, flush_interval: 1s}
  cowork_rules:
    storage: file_storage
    builtin_rules: []
    evaluation_interval: 1s
    rules:
      - name: failing
        events: [tool_result]
        condition: 'attributes["success"] == false'
        severity: warning
        message: 'Tool {tool_name} failed'
        group_by: [tool]
        resolve_after: 5s
exporters:
  otlp_http/proof:
    endpoint: http://BACKEND
    middlewares: [{id: cowork_delivery}]
    sending_queue: {storage: file_storage, sizer: bytes, queue_size: 1073741824, batch: {min_size: 0, max_size: 4000000, flush_timeout: 1s}}
    retry_on_failure: {initial_interval: 200ms, max_interval: 1s, max_elapsed_time: 0s}
  cowork_alert:
    embedded:
      config:
        route: {receiver: proof, group_by: ['...'], group_wait: 1s, group_interval: 1s, repeat_interval: 4h}
        receivers: [{name: proof, webhook_configs: [{url: "http://BACKEND/v1/hook", send_resolved: true}]}]
      data_dir: ${env:COWORK_DATA}/alertmanager
    minimum_firing: 2s
    storage: file_storage
    sending_queue: {storage: file_storage}
service:
  pipelines:
    logs:
      receivers: [otlp]
      processors: [memory_limiter, cowork_event, cowork_redaction, cowork_correlation]
      exporters: [forward, cowork_metrics, cowork_traces, cowork_rules]
    logs/proof: {receivers: [forward], exporters: [otlp_http/proof]}
    metrics/proof: {receivers: [cowork_metrics], exporters: [otlp_http/proof]}
    traces/proof: {receivers: [cowork_traces], exporters: [otlp_http/proof]}
    logs/alerts: {receivers: [cowork_rules], exporters: [file/alerts, cowork_dashboard, debug, cowork_alert, otlp_http/proof]}
`

// writeConfigs writes the overlay, and that of a scenario, and returns all configurations.
func writeConfigs(dir, backend, more string) ([]string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	configs := []string{"default:"}
	for name, text := range map[string]string{"proof.yaml": overlay, "scenario.yaml": more} {
		if text == "" {
			continue
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "BACKEND", backend)), 0o600); err != nil {
			return nil, err
		}
	}
	configs = append(configs, filepath.Join(dir, "proof.yaml"))
	if more != "" {
		configs = append(configs, filepath.Join(dir, "scenario.yaml"))
	}
	return configs, nil
}
