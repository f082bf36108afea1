package main

import (
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/confmap/provider/s3provider"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// stockLimit is how long TestStockComponents waits for a condition. A passing test never
// waits that long.
const stockLimit = 60 * time.Second

const stockSecret = "a-secret-of-the-test-42"

// stockLogs has two records, of which the filter drops one.
const stockLogs = `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cowork"}}]},"scopeLogs":[{"logRecords":[
	{"traceId":"0aa84ef60c1847208c5d4ba43985c011","body":{"stringValue":"kept"},"attributes":[{"key":"team","value":{"stringValue":"payments"}}]},
	{"body":{"stringValue":"dropped"},"attributes":[{"key":"drop","value":{"boolValue":true}}]}]}]}]}`

// stockSpans has two traces, of which tail sampling keeps the one that failed.
const stockSpans = `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cowork"}}]},"scopeSpans":[{"spans":[
	{"traceId":"0aa84ef60c1847208c5d4ba43985c011","spanId":"8c5d4ba43985c011","name":"failed","kind":1,"startTimeUnixNano":"1764460800000000000","endTimeUnixNano":"1764460801000000000","status":{"code":2}},
	{"traceId":"0aa84ef60c1847208c5d4ba43985c012","spanId":"8c5d4ba43985c012","name":"succeeded","kind":1,"startTimeUnixNano":"1764460800000000000","endTimeUnixNano":"1764460801000000000"}]}]}]}`

// TestStockComponents runs a collector with every stock component, whose configuration is in
// a bucket, and checks what each of them did.
func TestStockComponents(t *testing.T) {
	dir := t.TempDir()
	peers := newPeers(t, dir)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "lines.log"), []byte("a line of a file\n"), 0o600))
	got := &sinks{}
	factories := func() (otelcol.Factories, error) {
		f, err := components()
		if err == nil {
			f.Exporters[sinkType] = newSinkFactory(got)
		}
		return f, err
	}
	const uri = "s3://bucket.s3.us-east-1.amazonaws.com/config.yaml"
	all := append(slices.Clone(providers), s3provider.NewFactory())

	f, err := factories()
	require.NoError(t, err)
	checked := configcheck.Check(t.Context(), configcheck.Settings{URIs: []string{uri}, Providers: all, Factories: f, LookupEnv: os.LookupEnv})
	require.Empty(t, checked.Errors)
	for _, w := range checked.Warnings {
		require.Regexp(t, "without redaction|^extensions::opamp: sends secrets of extensions::headers_setter to its server", w.String(), "it has none of our components")
	}

	col, err := otelcol.NewCollector(otelcol.CollectorSettings{
		BuildInfo: component.NewDefaultBuildInfo(), Factories: factories, DisableGracefulShutdown: true,
		ConfigProviderSettings: otelcol.ConfigProviderSettings{ResolverSettings: confmap.ResolverSettings{URIs: []string{uri}, ProviderFactories: all, DefaultScheme: "env"}},
	})
	require.NoError(t, err)
	ended := make(chan error, 1)
	go func() { ended <- col.Run(t.Context()) }()
	t.Cleanup(func() {
		col.Shutdown()
		assert.NoError(t, <-ended)
	})
	require.Eventually(t, func() bool { return answers("http://" + os.Getenv("STOCK_HEALTH")) }, stockLimit, 20*time.Millisecond)
	require.True(t, answers("http://"+os.Getenv("STOCK_ZPAGES")+"/debug/servicez"))
	post(t, "logs", stockLogs)
	post(t, "traces", stockSpans)

	for _, want := range []struct{ sink, text string }{
		{"logs", `"stringValue":"kept"`},
		{"logs", `"from.attributes"`},
		{"logs", `"from.transform"`},
		{"logs", `"from.resource"`},
		{"logs", `"from.environment"`}, // resource_detection: env
		{"logs", `"host.name"`},        // resource_detection: system
		{"logs", `"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cowork"}},{"key":"k8s.`},
		{"logs", `"stringValue":"pod-of-the-test"`},
		{"logs", `{"key":"team","value":{"stringValue":"payments"}}`},
		{"forward", `"stringValue":"kept"`},
		{"file_log", "a line of a file"},
		{"otlp_json_file", `"stringValue":"kept"`},
		{"kafka", `"stringValue":"kept"`},
		{"traces", `"name":"failed"`},
		{"derived", `"counted.events"`},
		{"derived", `"signal.events"`},
		{"derived", `"traces.span.metrics.calls"`},
		{"metrics", `"system.memory.usage"`},
		{"metrics", `"scraped_page_views_total"`},
	} {
		require.Eventually(t, func() bool { return strings.Contains(got.text(want.sink), want.text) }, stockLimit, 20*time.Millisecond,
			"%s lacks %s:\n%s", want.sink, want.text, got.text(want.sink))
	}
	require.NotContains(t, got.text("logs"), "dropped", "filter")
	require.NotContains(t, got.text("traces"), "succeeded", "tail_sampling")
	for _, call := range []string{
		"/google.logging.v2.LoggingServiceV2/WriteLogEntries",
		"/google.monitoring.v3.MetricService/CreateTimeSeries",
		"/google.devtools.cloudtrace.v2.TraceService/BatchWriteSpans",
		"/opentelemetry.proto.collector.logs.v1.LogsService/Export", // otlp_grpc and load_balancing
		"/basicauth/v1/logs Basic dXNlcjphLXNlY3JldC1vZi10aGUtdGVzdC00Mg==",
		"/bearertokenauth/v1/logs Bearer " + stockSecret,
		"/oauth/v1/logs Bearer token-of-the-server",
		"/headers_setter/v1/logs Bearer " + stockSecret,
		"/write ",
		"/opamp ",
	} {
		require.Eventually(t, func() bool { return peers.called(call) }, stockLimit, 20*time.Millisecond, "%s was not called", call)
	}
	require.Eventually(t, func() bool {
		return strings.Contains(page("http://"+os.Getenv("STOCK_PROMETHEUS")+"/metrics"), "scraped_page_views_total")
	}, stockLimit, 20*time.Millisecond)
	reportsNoSecrets(t, peers)
}

// reportsNoSecrets checks the configuration that opamp sends to its server: values of the
// type for secrets are replaced.
func reportsNoSecrets(t *testing.T, peers *peers) {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Contains(peers.opamp(), "client_secret: '[REDACTED]'") }, stockLimit, 20*time.Millisecond,
		"the effective configuration was not sent: %s", peers.opamp())
	setter := "Bearer " + stockSecret // of headers_setter, whose values have another type
	require.Contains(t, peers.opamp(), setter, "configcheck need not warn any more")
	require.NotContains(t, strings.ReplaceAll(peers.opamp(), setter, ""), stockSecret)
}

// TestStockComponentsAreComplete checks that the configuration of TestStockComponents has all
// stock components.
func TestStockComponentsAreComplete(t *testing.T) {
	f, err := components()
	require.NoError(t, err)
	data, err := os.ReadFile("testdata/stock.yaml")
	require.NoError(t, err)
	retrieved, err := confmap.NewRetrievedFromYAML(data)
	require.NoError(t, err)
	conf, err := retrieved.AsConf()
	require.NoError(t, err)
	for section, want := range map[string][]string{
		"receivers": typesOf(f.Receivers), "processors": typesOf(f.Processors), "connectors": typesOf(f.Connectors),
		"exporters": append(typesOf(f.Exporters), sinkType.String()), "extensions": typesOf(f.Extensions),
	} {
		sub, err := conf.Sub(section)
		require.NoError(t, err)
		var have []string
		for name := range sub.ToStringMap() {
			typ, _, _ := strings.Cut(name, "/")
			if !slices.Contains(have, typ) {
				have = append(have, typ)
			}
		}
		slices.Sort(have)
		slices.Sort(want)
		require.True(t, reflect.DeepEqual(want, have), "testdata/stock.yaml: %s are %v, want %v", section, have, want)
	}
}

// post sends OTLP to the collector.
func post(t *testing.T, signal, body string) {
	t.Helper()
	resp, err := http.Post("http://"+os.Getenv("STOCK_OTLP")+"/v1/"+signal, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
}
