package e2e

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/postgrestest"
)

// secretConfig has a canary in each key of the shipped components that holds a secret, in
// headers, and in users, passwords, paths and queries of URLs. All exporters fail, since
// their errors would contain the URL.
const secretConfig = `
receivers:
  otlp: {protocols: {http: {response_headers: {x-secret: canary01}}}}
  kafka: {brokers: ["127.0.0.1:1"], auth: {sasl: {username: canary02, password: canary03, mechanism: PLAIN}}}
processors:
  cowork_redaction: {identities: {action: pseudonymize, key: canary04canary04canary04canary04canary04}}
exporters:
  otlp_http/url: {endpoint: "http://canary05:canary06@127.0.0.1:1/canary07?t=canary08", headers: {authorization: Bearer canary09}, retry_on_failure: {enabled: false}}
  otlp_http/token: {endpoint: "http://127.0.0.1:1", auth: {authenticator: bearertokenauth}, retry_on_failure: {enabled: false}}
  otlp_http/proxy: {endpoint: "http://127.0.0.1:1", auth: {authenticator: basicauth}, retry_on_failure: {enabled: false}, proxy_url: "http://canary10:canary11@127.0.0.1:1"}
  otlp_grpc/headers: {endpoint: "127.0.0.1:1", headers: {authorization: canary12}, tls: {insecure: true}, retry_on_failure: {enabled: false}, auth: {authenticator: headers_setter}}
  prometheus_remote_write: {endpoint: "http://canary13:canary14@127.0.0.1:1/canary15?x=canary16", headers: {x-scope: canary17}, retry_on_failure: {enabled: false}}
  kafka: {brokers: ["127.0.0.1:1"], auth: {sasl: {username: collector, password: canary18, mechanism: PLAIN}}, retry_on_failure: {enabled: false}}
  cowork_alert/external: {endpoint: "http://canary19:canary20@127.0.0.1:1/canary21", headers: {authorization: canary22}, retry_on_failure: {enabled: false}}
  cowork_alert/embedded:
    embedded:
      data_dir: ""
      config:
        route: {receiver: r, group_wait: 1s}
        receivers:
          - name: r
            webhook_configs: [{url: "http://canary23:canary24@127.0.0.1:1/canary25"}]
            slack_configs: [{api_url: "http://127.0.0.1:1/canary26", channel: x}]
            pagerduty_configs: [{routing_key: canary27, url: "http://127.0.0.1:1"}]
  cowork_dashboard: {response_headers: {x-secret: canary28}}
extensions:
  zpages: {endpoint: "ZPAGES"}
  bearertokenauth: {token: canary29}
  basicauth: {client_auth: {username: collector, password: canary30}}
  headers_setter: {headers: [{key: x-scope, value: canary31}]}
connectors:
  cowork_metrics: {temporality: cumulative, flush_interval: 1s}
service:
  extensions: [health_check, cowork_path, file_storage, zpages, bearertokenauth, basicauth, headers_setter]
  pipelines:
    logs/secrets: {receivers: [forward], exporters: [otlp_http/url, otlp_http/token, otlp_http/proxy, otlp_grpc/headers, kafka]}
    logs/kafka: {receivers: [kafka], processors: [cowork_redaction], exporters: [debug]}
    metrics/secrets: {receivers: [cowork_metrics], exporters: [prometheus_remote_write]}
    logs/alerts: {exporters: [cowork_alert/external, cowork_alert/embedded]}
  telemetry: {logs: {level: debug}}
`

var configCanary = regexp.MustCompile(`canary\d\d`)

// TestSecretsOfConfiguration searches the secrets of a configuration in the output of
// validate, in logs at debug level, and in zpages.
func TestSecretsOfConfiguration(t *testing.T) {
	zpages := freePorts(t, 1)[0]
	folder := t.TempDir()
	config := strings.NewReplacer("ZPAGES", zpages, `data_dir: ""`, "data_dir: "+filepath.Join(folder, "alertmanager")).Replace(secretConfig)
	require.Len(t, configCanary.FindAllString(config, -1), 35, "each is found in the configuration")
	file := filepath.Join(folder, "secrets.yaml")
	require.NoError(t, os.WriteFile(file, []byte(config), 0o600))

	out, err := exec.Command(command("otelcol-cowork"), "validate", "--config", "default:", "--config", file).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.NotRegexp(t, configCanary, string(out))
	out, err = exec.Command(command("otelcol-cowork"), "validate", "--config", "default:", "--config", file, "--set", "exporters.kafka.brokers=5", "--set", "exporters.otlp_http/url.headers.authorization=[canary40]").CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "exporters::otlp_http/url: ")
	require.NotRegexp(t, configCanary, string(out))

	c := start(t, "default:", file)
	for _, capture := range []string{"basic-json", "api-error-json"} {
		for _, r := range captures(t)[capture] {
			c.post(t, r) // exporters without retries refuse the batch
		}
	}
	for _, exporter := range []string{"otlp_http/url", "otlp_http/token", "otlp_http/proxy", "otlp_grpc/headers", "prometheus_remote_write"} {
		failed := regexp.MustCompile(`Exporting failed.*"otelcol.component.id": "` + exporter + `".*127\.0\.0\.1:1`)
		require.Eventually(t, func() bool { return failed.MatchString(c.log.String()) }, waitLimit, 50*time.Millisecond, "%s does not log its failure:\n%s", exporter, c.log)
	}
	for _, page := range []string{"servicez", "pipelinez", "extensionz", "featurez", "tracez"} {
		resp, err := http.Get("http://" + zpages + "/debug/" + page)
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.NotEmpty(t, body)
		require.NotRegexp(t, configCanary, string(body), page)
	}
	c.stop()
	require.Contains(t, c.log.String(), "http://***@127.0.0.1:1/***?t=***", "URLs are logged without their secrets")
	for line := range strings.Lines(c.log.String()) {
		require.NotRegexp(t, configCanary, line)
	}
}

// TestDatabasePassword searches the password of a database in the printed configuration,
// in the output of validate, and in the error and the log of a start that fails.
func TestDatabasePassword(t *testing.T) {
	address := strings.Replace(postgrestest.Start(t).URL("missing"), "cowork@", "cowork:canary01@", 1) + "&sslpassword=canary02"
	file := filepath.Join(t.TempDir(), "database.yaml")
	require.NoError(t, os.WriteFile(file, []byte("exporters: {cowork_dashboard: {database: '"+address+"'}}\nservice: {telemetry: {logs: {level: debug}}}\n"), 0o600))
	for _, test := range []struct {
		args []string
		want string
		fail bool
	}{
		{[]string{"print-config"}, "postgres://cowork:***@/missing?", false},
		{[]string{"validate"}, "", false},
		{[]string{"validate", "--set", "exporters.cowork_dashboard.database=postgres://cowork:canary03@h:port/d"}, "database: has an address that cannot be read", true},
		{nil, "does not exist (create the database, or correct its name)", true},
	} {
		c := newCollector(t)
		cmd := c.command("default:", file)
		cmd.Args = slices.Insert(cmd.Args, 1, test.args...)
		require.Equal(t, test.fail, cmd.Run() != nil, "%v:\n%s", test.args, c.log)
		require.Contains(t, c.log.String(), test.want, test.args)
		require.NotRegexp(t, configCanary, c.log.String(), test.args)
	}
}
