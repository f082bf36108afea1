package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/envprovider"
	"go.opentelemetry.io/collector/confmap/provider/yamlprovider"

	"github.com/cowork-otel/collector/distro"
	"github.com/cowork-otel/collector/distro/configcheck"
)

var update = flag.Bool("update", false, "write distro/README.md")

// providers are those that the configurations of the tests need.
var providers = []confmap.ProviderFactory{distro.NewFactory(), envprovider.NewFactory(), yamlprovider.NewFactory()}

// check checks a configuration that is merged into the default one.
func check(t *testing.T, yaml string) configcheck.Report {
	t.Helper()
	return checkAll(t, "default:", "yaml:"+yaml)
}

func checkAll(t *testing.T, uris ...string) configcheck.Report {
	t.Helper()
	factories, err := components()
	require.NoError(t, err)
	return configcheck.Check(t.Context(), configcheck.Settings{
		URIs: uris, Providers: providers, Factories: factories,
		LookupEnv: func(string) (string, bool) { return "", false },
	})
}

func TestDefaultIsValid(t *testing.T) {
	r := check(t, "{}")
	require.Empty(t, r.Errors)
	require.Empty(t, r.Warnings)
}

// goWords match names of the implementation that no message contains.
var goWords = regexp.MustCompile(`unconvertible|interface \{\}|map\[|int64|\bstring\b|strconv|mapstructure|time\.Duration|decoding|<nil>`)

// TestWrongConfigs checks that each wrong configuration has one error, in words, and that
// distro/README.md lists it.
func TestWrongConfigs(t *testing.T) {
	var table strings.Builder
	table.WriteString("| mistake | configuration | message |\n|---|---|---|\n")
	for _, wrong := range wrongConfigs {
		r := check(t, wrong.yaml)
		require.NotEmpty(t, r.Errors, wrong.mistake)
		require.NotRegexp(t, goWords, r.Err().Error(), wrong.mistake)
		require.NotContains(t, r.Err().Error(), "hunter2")
		var messages []string
		for _, p := range r.Errors {
			messages = append(messages, code(p.String()))
		}
		fmt.Fprintf(&table, "| %s | %s | %s |\n", wrong.mistake, code(wrong.yaml), strings.Join(messages, "<br>"))
	}
	replaceInReadme(t, "wrong configurations", table.String())
}

// TestDoubtfulConfigs checks that each doubtful configuration has warnings, no error, and
// that distro/README.md lists it.
func TestDoubtfulConfigs(t *testing.T) {
	var table strings.Builder
	table.WriteString("| mistake | configuration | warning |\n|---|---|---|\n")
	for _, doubtful := range doubtfulConfigs {
		r := check(t, doubtful.yaml)
		require.NoError(t, r.Err(), doubtful.mistake)
		require.NotEmpty(t, r.Warnings, doubtful.mistake)
		var messages []string
		for _, p := range r.Warnings {
			messages = append(messages, code(p.String()))
		}
		fmt.Fprintf(&table, "| %s | %s | %s |\n", doubtful.mistake, code(doubtful.yaml), strings.Join(messages, "<br>"))
	}
	replaceInReadme(t, "doubtful configurations", table.String())
}

func code(text string) string {
	return "`" + strings.NewReplacer("`", "'", "|", `\|`).Replace(text) + "`"
}

// replaceInReadme checks a generated part of distro/README.md, or writes it.
func replaceInReadme(t *testing.T, name, part string) {
	t.Helper()
	const file = "../README.md"
	begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->\n"
	readme, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(readme), begin)
	require.True(t, found, "%s lacks %q", file, begin)
	old, after, found := strings.Cut(rest, end)
	require.True(t, found, "%s lacks %q", file, end)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(before+begin+part+end+after), 0o600))
		return
	}
	require.Equal(t, part, old, "run go test ./distro/otelcol-cowork -update")
}

// TestAllErrorsAtOnce plants mistakes in seven components, of which some cannot be decoded.
// The collector reports only the first.
func TestAllErrorsAtOnce(t *testing.T) {
	r := check(t, `
processors:
  cowork_event: {require: strict, normalise: true}
  cowork_redaction:
    custom_patterns: {mrn: '\bMRN-(\d{8}\b'}
    max_value_bytes: many
  cowork_correlation: {idle_timeout: 5, max_prompts: -1, storage: file_storag}
connectors:
  cowork_metrics: {temporality: deltas, max_series: x}
exporters:
  cowork_dashboard: {retention: {days: 14d}}
  otlp_http: {endpoint: "https://otlp.example.com", headers: {authorization: "${env:BACKEND_TOKEN}"}}
service:
  pipelines:
    metrics: {exporters: [otlp_http, kafka]}
`)
	require.Error(t, r.Err())
	lines := strings.Split(r.Err().Error(), "\n")
	require.Equal(t, fmt.Sprintf("the configuration has %d errors:", len(r.Errors)), lines[0])
	for _, want := range []string{
		`processors::cowork_event: normalise: unknown key (did you mean "normalize"?)`,
		`processors::cowork_event: require: unknown level "strict" (have minimal, standard)`,
		"processors::cowork_redaction: custom_patterns::mrn: missing closing )",
		`processors::cowork_redaction: max_value_bytes: expected a number of bytes such as 262144, got "many"`,
		"processors::cowork_correlation: idle_timeout: 5 has no unit (write 5s or 5m)",
		"processors::cowork_correlation: max_prompts: -1: must be from 1 to ",
		`processors::cowork_correlation: storage: extension "file_storag" is not declared (did you mean "file_storage"?)`,
		`connectors::cowork_metrics: temporality: "deltas": must be one of `,
		`connectors::cowork_metrics: max_series: expected a whole number such as 20000, got "x"`,
		"exporters::cowork_dashboard: retention::days: 14d: a duration has no days or weeks (write 336h)",
		"exporters::otlp_http::headers::authorization: environment variable BACKEND_TOKEN is not set",
		`service::pipelines::metrics::exporters: exporter "kafka" is not declared`,
	} {
		require.Contains(t, r.Err().Error(), want)
	}
}

// TestOrder has processors in orders in which names are lost.
func TestOrder(t *testing.T) {
	r := check(t, "service: {pipelines: {logs: {processors: [cowork_roster, cowork_event, cowork_redaction]}, metrics: {processors: [cowork_event, cowork_redaction, cowork_roster]}}}")
	require.NoError(t, r.Err())
	var got []string
	for _, w := range r.Warnings {
		got = append(got, w.String())
	}
	require.Equal(t, []string{
		"service::pipelines::logs::processors: cowork_event comes after cowork_roster: it renames the names and teams that cowork_roster has written (put it in front)",
		"service::pipelines::metrics::processors: cowork_roster comes after cowork_redaction: it finds no e-mail address, since they are replaced (put it in front)",
	}, got)
}

// TestTrust warns of a second tier that accepts marks from clients.
func TestTrust(t *testing.T) {
	const warning = "receivers::otlp/2: protocols::http: a client can write the mark that processors::cowork_redaction/2 trusts (set tls::client_ca_file to the authority of the first tier, or auth)"
	for _, tt := range []struct {
		server, processors string
		warns              bool
	}{
		{"endpoint: '0.0.0.0:14318'", "cowork_redaction/2", true},
		{"endpoint: '0.0.0.0:14318'", "cowork_event/trusting, cowork_redaction/2", true},
		{"endpoint: '0.0.0.0:14318'", "cowork_event, cowork_redaction/2", false},
		{"endpoint: '0.0.0.0:14318'", "cowork_redaction", false},
		{"endpoint: '[::1]:14318'", "cowork_redaction/2", false},
		{"endpoint: 'localhost:14318'", "cowork_redaction/2", false},
		{"endpoint: '0.0.0.0:14318', auth: {authenticator: bearertokenauth}", "cowork_redaction/2", false},
	} {
		r := check(t, `
receivers: {otlp/2: {protocols: {http: {`+tt.server+`}}}}
processors: {cowork_redaction/2: {trust_marks: true}, cowork_event/trusting: {trust_marks: true}}
extensions: {bearertokenauth: {token: a}}
service:
  extensions: [health_check, cowork_path, cowork_delivery, file_storage, bearertokenauth]
  pipelines: {logs/2: {receivers: [otlp/2], processors: [`+tt.processors+`], exporters: [forward]}}
`)
		require.NoError(t, r.Err())
		var got []string
		for _, w := range r.Warnings {
			got = append(got, w.String())
		}
		if tt.warns {
			require.Equal(t, []string{warning}, got, tt)
		} else {
			require.Empty(t, got, tt)
		}
	}
}

// TestTemporality checks that metrics of a temporality that an exporter or a backend does
// not accept are warned of. Some drop them and count them as sent.
func TestTemporality(t *testing.T) {
	const write = "exporters: {prometheus_remote_write: {endpoint: 'http://localhost:9090/api/v1/write'}}\n"
	const scrape = "exporters: {prometheus: {endpoint: 'localhost:9464'}}\n"
	otlp := func(keys string) string {
		return "exporters: {otlp_http: {" + keys + "}}\nservice: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [otlp_http]}}}\n"
	}
	const cumulative = "connectors: {cowork_metrics: {temporality: cumulative}}\n"
	const refusesDeltas = "exporters::otlp_http: sends to a backend that refuses the metrics of connectors::cowork_metrics in service::pipelines::metrics/out, which are deltas (set connectors::cowork_metrics::temporality: cumulative)"
	const refusesSums = "exporters::otlp_http: sends to a backend that refuses the metrics of connectors::cowork_metrics in service::pipelines::metrics/out, which are cumulative (set connectors::cowork_metrics::temporality: delta)"
	for _, tt := range []struct {
		name, yaml string
		want       []string
	}{
		{"deltas of cowork_metrics", write + "service: {pipelines: {metrics/events: {receivers: [cowork_metrics], exporters: [prometheus_remote_write]}}}", []string{
			"exporters::prometheus_remote_write: drops the metrics of connectors::cowork_metrics in service::pipelines::metrics/events, which are deltas (set connectors::cowork_metrics::temporality: cumulative)",
		}},
		{"cumulative", write + cumulative + "service: {pipelines: {metrics/events: {receivers: [cowork_metrics], exporters: [prometheus_remote_write]}}}", nil},
		{"deltas of clients", scrape + "service: {pipelines: {metrics: {exporters: [forward, prometheus]}}}", []string{
			"exporters::prometheus: resets the metrics of receivers::otlp in service::pipelines::metrics that are deltas, as Cowork's clients send them (add delta_to_cumulative to the processors)",
		}},
		{"converted", write + "processors: {delta_to_cumulative: }\nservice: {pipelines: {metrics: {processors: [cowork_redaction, delta_to_cumulative], exporters: [forward, prometheus_remote_write]}}}", nil},
		{"through a connector", write + "connectors: {forward/2: }\nservice: {pipelines: {metrics/events: {receivers: [cowork_metrics], exporters: [forward/2]}, metrics/out: {receivers: [forward/2], exporters: [prometheus_remote_write]}}}", []string{
			"exporters::prometheus_remote_write: drops the metrics of connectors::cowork_metrics in service::pipelines::metrics/out, which are deltas (set connectors::cowork_metrics::temporality: cumulative)",
		}},
		{"Prometheus by OTLP", otlp("endpoint: 'http://localhost:9090/api/v1/otlp'"), []string{refusesDeltas}},
		{"Grafana Cloud", otlp("endpoint: 'https://otlp-gateway-prod-eu-west-0.grafana.net/otlp'"), []string{refusesDeltas}},
		{"Grafana Cloud, cumulative", otlp("endpoint: 'https://otlp-gateway-prod-eu-west-0.grafana.net/otlp'") + cumulative, nil},
		{"Dynatrace", otlp("endpoint: 'https://a.live.dynatrace.com/api/v2/otlp'"), nil},
		{"Dynatrace, cumulative", otlp("endpoint: 'https://a.live.dynatrace.com/api/v2/otlp'") + cumulative, []string{refusesSums}},
		{"Datadog, cumulative", otlp("metrics_endpoint: 'https://api.datadoghq.com/api/intake/otlp/v1/metrics'") + cumulative, []string{refusesSums}},
		{"Datadog, converted", otlp("metrics_endpoint: 'https://api.datadoghq.com/api/intake/otlp/v1/metrics'") + cumulative +
			"processors: {cumulative_to_delta: }\nservice: {pipelines: {metrics/out: {receivers: [cowork_metrics], processors: [cumulative_to_delta], exporters: [otlp_http]}}}", nil},
		{"another backend", otlp("endpoint: 'https://datadoghq.com.example.org'") + cumulative, nil},
	} {
		r := checkAll(t, append([]string{"default:"}, documents(tt.yaml)...)...)
		require.NoError(t, r.Err(), tt.name)
		var got []string
		for _, w := range r.Warnings {
			got = append(got, w.String())
		}
		require.Equal(t, tt.want, got, tt.name)
	}
}

// documents returns the location of each line of a text, to merge them.
func documents(text string) (uris []string) {
	for line := range strings.Lines(text) {
		uris = append(uris, "yaml:"+line)
	}
	return uris
}

// TestConnections has exporters that reach no receiver, and components in pipelines of a
// signal that they do not have.
func TestConnections(t *testing.T) {
	otlp := func(kind, keys string) string {
		return "{exporters: {" + kind + ": {" + keys + "}}, service: {pipelines: {logs/out: {receivers: [forward], exporters: [" + kind + "]}}}}"
	}
	for yaml, want := range map[string]string{
		otlp("otlp_http", "endpoint: 'https://a.example.com/v1/logs/'"):     "exporters::otlp_http: endpoint: ends in a path that the exporter appends again (remove /v1/logs, or write it as logs_endpoint)",
		otlp("otlp_http", "logs_endpoint: 'https://a.example.com/v1/logs'"): "",
		otlp("otlp_http", "endpoint: 'https://a.example.com:4318/otlp'"):    "",
		otlp("otlp_http", "endpoint: 'a.example.com:4318'"):                 "exporters::otlp_http: endpoint: is no URL (it begins with https:// or http://)",
		otlp("otlp_http", "endpoint: 'http://a.example.com:4317'"):          "exporters::otlp_http: endpoint: 4317 is the port of OTLP over gRPC (use the exporter otlp_grpc, or port 4318)",
		otlp("otlp_grpc", "endpoint: 'a.example.com:4318'"):                 "exporters::otlp_grpc: endpoint: 4318 is the port of OTLP over HTTP (use the exporter otlp_http, or port 4317)",
		otlp("otlp_grpc", "endpoint: 'a.example.com:4317'"):                 "",
		"exporters: {otlp_http/x: {endpoint: 'https://a.example.com'}}":     "exporters::otlp_http/x: no pipeline sends to it (add it to the exporters of one)",
		"service: {pipelines: {logs/alerts: {receivers: [cowork_rules], exporters: [file/alerts]}, logs/files: {exporters: [file/logs]}, metrics/files: {exporters: [file/metrics]}, traces/files: {exporters: [file/traces]}}}": "",
		"service: {pipelines: {metrics/x: {receivers: [cowork_metrics], exporters: [cowork_dashboard]}}}":                                                                                                                        "service::pipelines::metrics/x::exporters: cowork_dashboard has no metrics (it has logs)",
		"service: {pipelines: {metrics: {processors: [cowork_redaction, cowork_correlation]}}}":                                                                                                                                  "service::pipelines::metrics::processors: cowork_correlation has no metrics (it has logs)",
	} {
		r := check(t, yaml)
		var got []string
		for _, p := range append(r.Errors, r.Warnings...) {
			got = append(got, p.String())
		}
		require.Equal(t, want, strings.Join(got, "\n"), yaml)
	}
}

// TestRulesBehindRedaction warns of rules that read only what redaction replaces.
func TestRulesBehindRedaction(t *testing.T) {
	const rule = "rules: [{name: word, severity: info, events: [user_prompt], condition: 'IsMatch(attributes[\"prompt\"], \"x\")'}]"
	const warning = "connectors::cowork_rules::builtin_rules: word never fires: processors::cowork_redaction replaces all content that it reads (set redact_prompt_content to false, or take the rule out)"
	for config, warns := range map[string]bool{
		"connectors: {cowork_rules: {" + rule + "}}":                                                                       true,
		"connectors: {cowork_rules: {" + rule + "}}\nprocessors: {cowork_redaction: {redact_prompt_content: false}}":       false,
		"connectors: {cowork_rules: {rules: [{name: word, severity: info, condition: 'attributes[\"model\"] == \"x\"'}]}}": false,
	} {
		r := check(t, config)
		require.NoError(t, r.Err())
		var got []string
		for _, w := range r.Warnings {
			got = append(got, w.String())
		}
		if warns {
			require.Equal(t, []string{warning}, got)
		} else {
			require.Empty(t, got)
		}
	}
}
