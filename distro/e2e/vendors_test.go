package e2e

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.yaml.in/yaml/v3"
)

// A vendor is what the intake of a vendor requires.
type vendor struct {
	file string // of distro/examples
	env  []string

	paths       map[string]string            // by signal
	headers     map[string]map[string]string // by signal; "" is every signal
	limit       int                          // of a body, after decompression
	value       int                          // of an attribute, in bytes
	temporality pmetric.AggregationTemporality
}

const (
	delta      = pmetric.AggregationTemporalityDelta
	cumulative = pmetric.AggregationTemporalityCumulative
	uncut      = 4 << 20
)

// allSignals returns the paths of the three signals below a prefix.
func allSignals(prefix string) map[string]string {
	return map[string]string{"logs": prefix + "/v1/logs", "metrics": prefix + "/v1/metrics", "traces": prefix + "/v1/traces"}
}

// every returns headers of every signal.
func every(name, value string) map[string]map[string]string {
	return map[string]map[string]string{"": {name: value}}
}

// vendors are the intakes that the examples send to by OTLP over HTTP.
var vendors = []vendor{
	{"grafana-cloud.yaml", []string{"GRAFANA_AUTH=MTpnbGM="}, allSignals("/otlp"), every("Authorization", "Basic MTpnbGM="), 4 << 20, 16_000, cumulative},
	{
		"honeycomb.yaml",
		[]string{"HONEYCOMB_API_KEY=key"},
		allSignals(""),
		map[string]map[string]string{"": {"x-honeycomb-team": "key"}, "metrics": {"x-honeycomb-dataset": "cowork-metrics"}},
		15 << 20, 64 << 10, delta,
	},
	{"datadog.yaml", []string{"DD_API_KEY=key"}, allSignals(""), every("dd-api-key", "key"), 3_200_000, 1 << 20, delta},
	{"new-relic.yaml", []string{"NEW_RELIC_LICENSE_KEY=key"}, allSignals(""), every("api-key", "key"), 1_000_000, 4095, delta},
	{"dynatrace.yaml", []string{"DT_API_TOKEN=dt0c01"}, allSignals("/api/v2/otlp"), every("Authorization", "Api-Token dt0c01"), 8_000_000, 32_000, delta},
	{"elastic.yaml", []string{"ELASTIC_API_KEY=key"}, allSignals(""), every("Authorization", "ApiKey key"), 4 << 20, 32_766, delta},
	{
		"splunk.yaml",
		[]string{"SPLUNK_ACCESS_TOKEN=token"},
		map[string]string{"logs": "/v1/logs", "metrics": "/v2/datapoint/otlp", "traces": "/v2/trace/otlp"},
		map[string]map[string]string{"metrics": {"X-SF-Token": "token"}, "traces": {"X-SF-Token": "token"}},
		4 << 20, 32_000, delta,
	},
	{"loki.yaml", nil, map[string]string{"logs": "/otlp/v1/logs"}, every("X-Scope-OrgID", "cowork"), 4 << 20, 16_000, 0},
	{"victorialogs.yaml", nil, map[string]string{"logs": "/insert/opentelemetry/v1/logs"}, nil, 64 << 20, 64_000, 0},
	{"victoriametrics.yaml", nil, map[string]string{"metrics": "/opentelemetry/v1/metrics"}, nil, 64 << 20, 0, cumulative},
	{"jaeger.yaml", nil, map[string]string{"traces": "/v1/traces"}, nil, 20 << 20, 0, 0},
	{"tempo.yaml", nil, map[string]string{"traces": "/v1/traces"}, every("X-Scope-OrgID", "cowork"), 4 << 20, 0, 0},
	{
		"self-hosted.yaml", nil,
		map[string]string{"logs": "/otlp/v1/logs", "metrics": "/api/v1/otlp/v1/metrics", "traces": "/v1/traces"},
		every("X-Scope-OrgID", "cowork"), 4 << 20, 16_000, cumulative,
	},
	{"otlp-backend.yaml", []string{"OTLP_AUTHORIZATION=Bearer t"}, allSignals(""), every("Authorization", "Bearer t"), 4 << 20, uncut, delta},
}

func (v vendor) signalOf(path string) (string, bool) {
	for signal, p := range v.paths {
		if p == path {
			return signal, true
		}
	}
	return "", false
}

// headersOf returns the headers that the requests of a signal must have.
func (v vendor) headersOf(signal string) map[string]string {
	headers := map[string]string{}
	for _, of := range []string{"", signal} {
		maps.Copy(headers, v.headers[of])
	}
	return headers
}

// TestVendors sends telemetry of each signal through the example of each vendor while its
// intake is down, which then throttles once. All events, the metrics of events and clients in
// the vendor's temporality, the trace of a prompt and an alert arrive, redacted, in bodies and
// attributes below the vendor's limits. What is in the queue at the end arrives after the next
// start.
func TestVendors(t *testing.T) {
	for _, v := range vendors {
		t.Run(v.file, func(t *testing.T) {
			t.Parallel()
			in := newIntake(t, v)
			configs := []string{"../examples/" + v.file, redirected(t, v.file, in.URL)}
			c := startWith(t, v.env, configs...)
			require.Contains(t, c.log.String(), "the configuration is an overlay: it is merged into the default one")
			postRecent(t, c, "api-error-json")
			for _, r := range []request{captures(t)["basic-json"][2], captures(t)["traced-json"][5], longBatch(9, 100_000)} {
				status, answer := c.post(t, r)
				require.Equal(t, http.StatusOK, status, answer)
			}
			require.Eventually(t, in.outage, waitLimit, 50*time.Millisecond, "%s", c.log)
			in.down.Store(false)
			if !assert.Eventually(t, func() bool { return len(in.missing(writtenEvents(t, c))) == 0 }, waitLimit, 50*time.Millisecond) {
				t.Fatalf("missing: %q\n%s", in.missing(writtenEvents(t, c)), c.log)
			}
			c.stop()
			written := writtenEvents(t, c)
			if left := in.missing(written); len(left) > 0 { // the queue on disk has them
				t.Logf("sent after the next start: %q", left)
				c.run(t, v.env, configs...)
				require.Eventually(t, func() bool { return len(in.missing(written)) == 0 }, waitLimit, 50*time.Millisecond, "%s", c.log)
				c.stop()
			}
			in.checkForms(t)
		})
	}
}

// checkForms checks the temporality of the metrics that arrived, and that long texts were cut
// where the vendor has a limit.
func (in *intake) checkForms(t *testing.T) {
	t.Helper()
	in.mu.Lock()
	defer in.mu.Unlock()
	for name, temporality := range in.metrics {
		require.Equal(t, in.v.temporality, temporality, name)
	}
	if _, ok := in.v.paths["logs"]; ok && in.v.value < uncut {
		require.GreaterOrEqual(t, in.truncated, 9*len(longTexts))
	}
}

var (
	referenced = regexp.MustCompile(`\$\{env:\w+:-([^}]*)\}`)
	ofHost     = regexp.MustCompile(`^https?://[^/]+`)
)

// redirected writes a configuration that sends what an example sends to its default addresses
// to an intake, with the same paths, and with short intervals.
func redirected(t *testing.T, file, url string) string {
	t.Helper()
	text, err := os.ReadFile("../examples/" + file)
	require.NoError(t, err)
	var example struct {
		Connectors, Exporters map[string]map[string]any
	}
	require.NoError(t, yaml.Unmarshal(text, &example))
	overlay := map[string]map[string]map[string]any{
		"processors": {"cowork_correlation": {"idle_timeout": "2s"}},
		"connectors": {"cowork_metrics": {"flush_interval": "1s"}, "cowork_rules": {"evaluation_interval": "1s"}},
		"exporters":  {},
	}
	for id := range example.Connectors {
		if strings.HasPrefix(id, "cowork_metrics/") {
			overlay["connectors"][id] = map[string]any{"flush_interval": "1s"}
		}
	}
	for id, exporter := range example.Exporters {
		redirect := map[string]any{"retry_on_failure": map[string]any{"initial_interval": "50ms", "max_interval": "200ms"}}
		for key, value := range exporter {
			if address, ok := value.(string); ok && strings.HasSuffix(key, "endpoint") {
				redirect[key] = ofHost.ReplaceAllString(referenced.ReplaceAllString(address, "$1"), url)
			}
		}
		overlay["exporters"][id] = redirect
	}
	data, err := yaml.Marshal(overlay)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "redirected.yaml")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}
