package rawcheck

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"

	"github.com/cowork-otel/collector/distro/pipelines"
)

func parse(t *testing.T, yaml string) *confmap.Conf {
	t.Helper()
	r, err := confmap.NewRetrievedFromYAML([]byte(yaml))
	require.NoError(t, err)
	conf, err := r.AsConf()
	require.NoError(t, err)
	return conf
}

// TestCheck follows telemetry from receivers to what stores or exports it.
func TestCheck(t *testing.T) {
	const without = "service::pipelines::logs: without redaction, telemetry of receivers::otlp reaches "
	for _, tt := range []struct {
		name, yaml string
		want       []string
	}{
		{"redacted", "service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_event, cowork_redaction/2], exporters: [debug]}}}", nil},
		{"a stock configuration", "service: {pipelines: {logs: {receivers: [otlp], exporters: [otlp_http]}}}", []string{
			without + "exporters::otlp_http (add cowork_event and cowork_redaction to the processors)",
		}},
		{"an unknown receiver", "service: {pipelines: {metrics: {receivers: [someone/a], processors: [cowork_event], exporters: [file]}}}", []string{
			"service::pipelines::metrics: without redaction, telemetry of receivers::someone/a reaches exporters::file (add cowork_redaction to the processors)",
		}},
		{"the host's own metrics", "service: {pipelines: {metrics: {receivers: [host_metrics, hostmetrics/2, prometheus/self], exporters: [otlp_http]}}}", nil},
		{"nothing leaves", "service: {pipelines: {logs: {receivers: [otlp], exporters: [nop]}}}", nil},
		{"redaction is off", "{processors: {cowork_redaction: {enabled: false}}, service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_event, cowork_redaction], exporters: [file]}}}}", []string{
			without + "exporters::file (set processors::cowork_redaction::enabled: true)",
		}},
		{"wrong order", "{processors: {cowork_correlation: {storage: file_storage}, batch: }, service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_event, batch, cowork_correlation, cowork_redaction], exporters: [file]}}}}", []string{
			"service::pipelines::logs::processors: without redaction, telemetry of receivers::otlp reaches processors::cowork_correlation (keeps it on disk in file_storage) (put cowork_redaction in front)",
		}},
		{"queue on disk, and a detailed log", "{exporters: {otlp: {sending_queue: {storage: file_storage/q}}, debug: {verbosity: detailed}}, service: {pipelines: {logs: {receivers: [otlp], exporters: [otlp, debug]}}}}", []string{
			without + "exporters::otlp (keeps it on disk in file_storage/q), exporters::debug (prints it) (add cowork_event and cowork_redaction to the processors)",
		}},
		{"derived", `{connectors: {cowork_rules: {storage: s}, count: }, service: {pipelines: {
			logs: {receivers: [otlp], processors: [cowork_event], exporters: [cowork_rules, count]},
			logs/alerts: {receivers: [cowork_rules], exporters: [file]}, metrics: {receivers: [count], exporters: [prometheus]}}}}`, []string{
			without + "connectors::cowork_rules (keeps it on disk in s); exporters::file by cowork_rules, logs/alerts; exporters::prometheus by count, metrics (add cowork_redaction to the processors)",
		}},
		{"redacted before a connector", `{connectors: {forward: }, service: {pipelines: {
			logs: {receivers: [otlp], processors: [cowork_redaction], exporters: [forward]}, logs/out: {receivers: [forward], exporters: [file]}}}}`, nil},
		{"redacted behind a connector, on one of two ways", `{connectors: {forward: }, service: {pipelines: {
			logs: {receivers: [otlp], exporters: [forward]}, logs/a: {receivers: [forward], processors: [cowork_redaction], exporters: [file]}, logs/b: {receivers: [forward], exporters: [file/b]}}}}`, []string{
			without + "exporters::file/b by forward, logs/b (add cowork_event and cowork_redaction to the processors of logs or logs/b)",
		}},
		{"a connector passes each signal on", `{connectors: {forward: }, service: {pipelines: {
			logs: {receivers: [otlp], processors: [cowork_redaction], exporters: [forward]}, metrics: {receivers: [hostmetrics], exporters: [forward]},
			traces: {receivers: [otlp], exporters: [forward]}, traces/out: {receivers: [forward], processors: [cowork_redaction], exporters: [file]},
			logs/out: {receivers: [forward], exporters: [file]}, metrics/out: {receivers: [forward], exporters: [file]}}}}`, nil},
		{"two receivers", "service: {pipelines: {logs: {receivers: [otlp, kafka], exporters: [file]}}}", []string{
			"service::pipelines::logs: without redaction, telemetry of receivers::otlp and receivers::kafka reaches exporters::file (add cowork_event and cowork_redaction to the processors)",
		}},
		{"a circle", "{connectors: {a: , b: }, service: {pipelines: {logs/a: {receivers: [a], exporters: [b]}, logs/b: {receivers: [b], exporters: [a, file]}}}}", nil},
		{"ids with white space", `{connectors: {"forward / 1": }, service: {pipelines: {
			logs: {receivers: [otlp], processors: [cowork_redaction], exporters: [forward/1]}, logs/out: {receivers: ["forward/ 1"], exporters: [file]}}}}`, nil},
		{"mistakes", "{processors: [], connectors: 3, exporters: {a: 3}, service: {pipelines: {logs: 3, traces: {receivers: 3, exporters: [3]}}}}", nil},
	} {
		var got []string
		for _, p := range Check(pipelines.GraphOf(parse(t, tt.yaml).ToStringMap())) {
			got = append(got, p.String())
		}
		require.Equal(t, tt.want, got, tt.name)
	}
}
