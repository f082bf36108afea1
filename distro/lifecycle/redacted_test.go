package lifecycle

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/config/configgrpc"
	"go.opentelemetry.io/collector/config/confighttp"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/receiver/receivertest"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/running"
)

// TestPagesBehindRedaction follows pipelines and connectors to the page.
func TestPagesBehindRedaction(t *testing.T) {
	const page = "cowork_dashboard"
	for name, c := range map[string]struct {
		yaml string
		want map[string]bool
	}{
		"redacted": {"service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_event, cowork_redaction/2], exporters: [cowork_dashboard]}}}", map[string]bool{page: true}},
		"not":      {"service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_event], exporters: [cowork_dashboard]}}}", map[string]bool{page: false}},
		"off": {
			"{processors: {cowork_redaction: {enabled: false}}, service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_redaction], exporters: [cowork_dashboard]}}}}",
			map[string]bool{page: false},
		},
		"on": {
			"{processors: {cowork_redaction: {enabled: true}}, service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_redaction], exporters: [cowork_dashboard/a]}}}}",
			map[string]bool{"cowork_dashboard/a": true},
		},
		"one of two": {
			"service: {pipelines: {logs: {receivers: [otlp], processors: [cowork_redaction], exporters: [cowork_dashboard]}, logs/2: {receivers: [otlp], exporters: [cowork_dashboard]}}}",
			map[string]bool{page: false},
		},
		"connector": {
			`{connectors: {cowork_rules: }, service: {pipelines: {
			logs: {receivers: [otlp], processors: [cowork_redaction], exporters: [cowork_rules, cowork_dashboard]}, logs/alerts: {receivers: [cowork_rules], exporters: [cowork_dashboard]}}}}`,
			map[string]bool{page: true},
		},
		"connector without": {
			`{connectors: {cowork_rules: }, service: {pipelines: {
			logs: {receivers: [otlp], exporters: [cowork_rules]}, logs/alerts: {receivers: [cowork_rules], exporters: [cowork_dashboard]}}}}`,
			map[string]bool{page: false},
		},
		"circle": {`{connectors: {a: , b: }, service: {pipelines: {
			logs/a: {receivers: [a, otlp], exporters: [b]}, logs/b: {receivers: [b], exporters: [a, cowork_dashboard]}}}}`, map[string]bool{page: false}},
		"no page":  {"service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}", map[string]bool{}},
		"mistakes": {"{processors: [], connectors: 3, service: {pipelines: {logs: 3, traces: {receivers: 3, exporters: [3]}}}}", map[string]bool{}},
	} {
		r, err := confmap.NewRetrievedFromYAML([]byte(c.yaml))
		require.NoError(t, err, name)
		conf, err := r.AsConf()
		require.NoError(t, err, name)
		require.Equal(t, c.want, pagesBehindRedaction(conf.ToStringMap()), name)
	}
}

// TestDefaultIsRedacted records the page of the default configuration as redacted.
func TestDefaultIsRedacted(t *testing.T) {
	file, err := os.ReadFile("../config.yaml")
	require.NoError(t, err)
	r, err := confmap.NewRetrievedFromYAML(file)
	require.NoError(t, err)
	conf, err := r.AsConf()
	require.NoError(t, err)
	t.Cleanup(func() { running.SetRedacted(nil) })
	require.NoError(t, startCheck{logger: zap.NewNop()}.Convert(t.Context(), conf))
	require.True(t, running.Redacted("cowork_dashboard"))
}

// TestServers records the addresses of a receiver while it runs.
func TestServers(t *testing.T) {
	cfg := otlpreceiver.NewFactory().CreateDefaultConfig().(*otlpreceiver.Config)
	require.Nil(t, serversOf("otlp", cfg), "no protocol is configured")
	require.Nil(t, serversOf("kafka", struct{}{}))
	h := cfg.Protocols.HTTP.GetOrInsertDefault()
	h.ServerConfig.NetAddr.Endpoint = "0.0.0.0:5318"
	h.ServerConfig.Auth = configoptional.Some(confighttp.AuthConfig{})
	h.LogsURLPath = "/team/v1/logs"
	cfg.Protocols.GRPC.GetOrInsertDefault()
	want := []running.Server{
		{Receiver: "otlp", Transport: "http", Address: "0.0.0.0:5318", Path: "/team", Auth: true},
		{Receiver: "otlp", Transport: "grpc", Address: "localhost:4317"},
	}
	require.Equal(t, want, serversOf("otlp", cfg))

	h.ServerConfig = confighttp.NewDefaultServerConfig()
	h.ServerConfig.NetAddr.Endpoint, h.LogsURLPath = "localhost:0", "/v1/logs"
	cfg.Protocols.GRPC = configoptional.None[configgrpc.ServerConfig]()
	f := receiverFactory{otlpreceiver.NewFactory(), &budget{}}
	r, err := f.CreateLogs(t.Context(), receivertest.NewNopSettings(f.Type()), cfg, consumertest.NewNop())
	require.NoError(t, err)
	require.Empty(t, running.Servers())
	require.NoError(t, r.Start(t.Context(), componenttest.NewNopHost()))
	list := running.Servers()
	require.Len(t, list, 1)
	require.Equal(t, []string{"http", "localhost:0", ""}, []string{list[0].Transport, list[0].Address, list[0].Path})
	require.NoError(t, r.Shutdown(t.Context()))
	require.Empty(t, running.Servers())
}
