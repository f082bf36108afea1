package leaks

import (
	"os"
	"path/filepath"
	"strings"
)

// A config is a configuration that runs on loopback with a backend.
type config struct {
	name string
	// file is an example, below the folder of examples; without one the default is used.
	file  string
	more  string // is merged
	env   []string
	short bool
	// apart marks a configuration that exports to something else than the backend.
	apart bool
}

// revealing is an alert rule that shows attributes.
const revealing = `connectors:
  cowork_rules:
    storage: file_storage
    evaluation_interval: 1s
    rules:
      - name: revealing
        severity: info
        message: '{user} {organization} {model} {tool} {connector} {skill} {department} {client_version} {tool_name} {session.id} {request_id}'
        group_by: [user, organization, model, tool]
        window: 15m
        count: {above: 0}
`

// alertmanagerConfig sends all alerts to the backend.
const alertmanagerConfig = `route: {receiver: proof, group_by: ['...'], group_wait: 1s, group_interval: 1s}
receivers: [{name: proof, webhook_configs: [{url: "http://BACKEND/v1/hook"}]}]
`

// talkative switches on everything of the default configuration that shows values: logs at
// debug level, records in the debug exporter, alert rules that show attributes, a queue on
// disk.
const talkative = revealing + `  cowork_metrics: {flush_interval: 1s}
processors:
  cowork_correlation: {storage: file_storage, idle_timeout: 1s}
exporters:
  debug: {verbosity: detailed}
  otlp_http/proof:
    endpoint: http://BACKEND
    sending_queue: {storage: file_storage, queue_size: 100000}
    retry_on_failure: {initial_interval: 200ms, max_interval: 1s, max_elapsed_time: 0s}
  cowork_alert:
    embedded:
      config:
        route: {receiver: proof, group_by: ['...'], group_wait: 1s, group_interval: 1s}
        receivers: [{name: proof, webhook_configs: [{url: "http://BACKEND/v1/hook"}]}]
      data_dir: ${env:COWORK_DATA}/alertmanager
    storage: file_storage
service:
  pipelines:
    logs/proof: {receivers: [forward], exporters: [otlp_http/proof]}
    metrics/proof: {receivers: [forward, cowork_metrics], exporters: [otlp_http/proof]}
    traces/proof: {receivers: [forward, cowork_traces], exporters: [otlp_http/proof]}
    logs/alerts: {exporters: [file/alerts, cowork_dashboard, debug, cowork_alert, otlp_http/proof]}
  telemetry: {logs: {level: debug, sampling: {enabled: false}}}
`

const redactionOff = "processors:\n  cowork_redaction: {enabled: false}\n"

const debugLogs = "service:\n  telemetry: {logs: {level: debug, sampling: {enabled: false}}}\n"

// datadogHosts redirects the addresses of Datadog, which no variable sets.
const datadogHosts = "exporters: {otlp_http/datadog: {logs_endpoint: http://BACKEND/v1/logs, traces_endpoint: http://BACKEND/v1/traces}, otlp_http/datadog_metrics: {metrics_endpoint: http://BACKEND/v1/metrics}}\n"

var configs = []config{
	{name: "default", more: talkative, short: true},
	{name: "otlp-backend", file: "otlp-backend.yaml", more: debugLogs, env: []string{"OTLP_ENDPOINT=http://BACKEND"}},
	{name: "honeycomb", file: "honeycomb.yaml", more: debugLogs, env: []string{"HONEYCOMB_ENDPOINT=http://BACKEND", "HONEYCOMB_API_KEY=test"}},
	{name: "grafana-cloud", file: "grafana-cloud.yaml", more: debugLogs, env: []string{"GRAFANA_ENDPOINT=http://BACKEND", "GRAFANA_AUTH=dGVzdA=="}},
	{name: "dynatrace", file: "dynatrace.yaml", more: debugLogs, env: []string{"DT_ENDPOINT=http://BACKEND", "DT_API_TOKEN=test"}},
	{name: "new-relic", file: "new-relic.yaml", more: debugLogs, env: []string{"NEW_RELIC_ENDPOINT=http://BACKEND", "NEW_RELIC_LICENSE_KEY=test"}},
	{name: "jaeger", file: "jaeger.yaml", more: debugLogs, env: []string{"JAEGER_ENDPOINT=http://BACKEND"}},
	{name: "prometheus", file: "prometheus.yaml", more: debugLogs, env: []string{"COWORK_PROMETHEUS=EXTRA"}, apart: true},
	{name: "kafka", file: "kafka.yaml", more: debugLogs, env: []string{"KAFKA_BROKERS=BROKER"}, apart: true},
	{name: "ocsf", file: "ocsf.yaml", more: revealing + debugLogs, env: []string{"KAFKA_BROKERS=BROKER"}, apart: true},
	{name: "ecs", file: "ecs.yaml", more: revealing + debugLogs, env: []string{"ELASTIC_OTLP_ENDPOINT=http://BACKEND", "ELASTIC_API_KEY=test"}},
	{name: "audit", file: "audit.yaml", more: revealing + debugLogs, apart: true},
	{name: "egress", file: "egress.yaml", more: revealing + debugLogs, apart: true},
	{name: "alerts", file: "alerts.yaml", more: revealing + debugLogs, env: []string{"ALERTMANAGER_CONFIG=DIR/alertmanager.yml"}},
	{name: "alerts-siem", file: "alerts-siem.yaml", more: revealing + debugLogs, env: []string{"SIEM_ENDPOINT=http://BACKEND"}},
	{name: "alerts-alertmanager", file: "alerts-alertmanager.yaml", more: revealing + debugLogs, env: []string{"ALERTMANAGER_URL=http://BACKEND"}},
	{name: "datadog", file: "datadog.yaml", more: datadogHosts + debugLogs, env: []string{"DD_API_KEY=test"}},
}

// write stores the configurations of a run, and returns the arguments and the environment.
func (c *config) write(dir, examples, end, extra, broker string, redacted bool) (files, env []string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	names := strings.NewReplacer("BACKEND", end, "EXTRA", extra, "BROKER", broker, "DIR", dir)
	put := func(name, text string) (string, error) {
		file := filepath.Join(dir, name)
		return file, os.WriteFile(file, []byte(names.Replace(text)), 0o600)
	}
	first := "default:"
	if c.file != "" {
		first = filepath.Join(examples, c.file)
	}
	more, err := put("more.yaml", c.more)
	if err != nil {
		return nil, nil, err
	}
	files = []string{first, more}
	if !redacted {
		off, err := put("off.yaml", redactionOff)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, off)
	}
	for _, e := range c.env {
		env = append(env, names.Replace(e))
	}
	_, err = put("alertmanager.yml", alertmanagerConfig)
	return files, env, err
}
