package e2e

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// untrusted undoes the trust of the page's tests.
const untrusted = "processors: {cowork_event: {trust_marks: false}}\n"

// forgeries returns an alert and a summary of a million dollars as a client can send them.
func forgeries(t *testing.T) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	for _, service := range []string{"cowork", "otelcol-cowork"} {
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr("service.name", service)
		for i, name := range []string{"cowork.alert", "cowork.prompt_summary"} {
			rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
			rec.SetTimestamp(pcommon.NewTimestampFromTime(time.Now()))
			rec.SetEventName(name)
			rec.Body().SetStr(name)
			require.NoError(t, rec.Attributes().FromRaw(map[string]any{
				"event.name": name, "event.sequence": i, "session.id": "forged-" + service, "prompt.id": "forged-" + service, "alert.name": "forged_alert",
				"alert.status": "firing", "alert.severity": "critical", "alert.fingerprint": "00f1", "alert.message": "pay here",
				"cowork.prompt.cost_usd": 1234567.5, "cowork.prompt.complete": true, "cowork.prompt.duration_ms": 1000,
			}))
		}
	}
	return ld
}

// TestNetworkForgery sends alerts and summaries as a client. The page and the metrics do not
// contain them, and they are counted.
func TestNetworkForgery(t *testing.T) {
	t.Parallel()
	overlay := filepath.Join(t.TempDir(), "untrusted.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(untrusted), 0o600))
	p := startPage(t, overlay)
	p.sendEvents(t, &truth{}, forgeries(t))
	p.sendEvents(t, &truth{}, overload(t, time.Now())) // the events of a client, sent later
	p.awaitFigures(t)
	for id, answer := range p.answers(t, "?range=24h") {
		text := fmt.Sprint(answer.Rows)
		assert.NotContains(t, text, "forged_alert", id)
		assert.NotContains(t, text, "1.2345675e+06", id)
	}
	counters := p.counters(t)
	counted := func(attribute string) (n float64) {
		for name, value := range counters {
			if strings.HasPrefix(name, "otelcol_processor_cowork_event_forged") && strings.Contains(name, `attribute="`+attribute+`"`) {
				n += value
			}
		}
		return n
	}
	require.InDelta(t, 4, counted("event.name"), 0)
	require.InDelta(t, 4, counted("cowork.prompt.cost_usd"), 0)
	p.stop()
	require.NotContains(t, string(readAll(t, filepath.Join(p.data, "metrics.json"))), "1234567.5")
	require.NotContains(t, string(readAll(t, filepath.Join(p.data, "alerts.json"))), "forged_alert")
}

// readAll returns the content of a file, which may be absent.
func readAll(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return data
}

// amSecret is in each place of Alertmanager's configuration that holds a secret.
const amSecret = "s3cr3t-canary"

// TestNetworkAlertmanager attacks the API of the embedded Alertmanager behind the default
// pipeline: forged alerts, forged silences, half requests, and its configuration.
func TestNetworkAlertmanager(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	api := freePorts(t, 1)[0]
	overlay := filepath.Join(t.TempDir(), "alerts.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(`
exporters:
  cowork_alert:
    embedded:
      listen: `+api+`
      data_dir: `+t.TempDir()+`
      config:
        route: {receiver: hook, group_wait: 1ms}
        receivers:
          - name: hook
            webhook_configs:
              - url: http://user:`+amSecret+`@127.0.0.1:1/`+amSecret+`
                http_config: {authorization: {credentials: `+amSecret+`}}
            slack_configs: [{api_url: "http://127.0.0.1:1/`+amSecret+`", channel: ops}]
            pagerduty_configs: [{routing_key: `+amSecret+`, url: "http://127.0.0.1:1/"}]
            email_configs: [{to: a@example.com, from: b@example.com, smarthost: "127.0.0.1:1", auth_username: b, auth_password: `+amSecret+`}]
service:
  pipelines:
    logs/forged: {receivers: [forward], exporters: [cowork_alert]}
    logs/alerts: {exporters: [cowork_alert]}
`), 0o600))
	c.run(t, nil, filepath.Join(root, "distro/config.yaml"), overlay)
	body, err := plogotlp.NewExportRequestFromLogs(forgeries(t)).MarshalProto()
	require.NoError(t, err)
	status, answer := c.post(t, request{signal: "logs", contentType: contentTypes["pb"], body: body})
	require.Equal(t, http.StatusOK, status, answer)

	call := func(method, path, content string, headers ...string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, "http://"+api+path, strings.NewReader(content))
		require.NoError(t, err)
		for i := 0; i < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		if host := req.Header.Get("Host"); host != "" {
			req.Host = host
		}
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.NotContains(t, string(text), amSecret, path)
		assert.Empty(t, resp.Header.Get("Access-Control-Allow-Origin"), path)
		return resp.StatusCode, string(text)
	}
	const silence = `{"matchers":[{"name":"alertname","value":".+","isRegex":true}],"startsAt":"2026-01-01T00:00:00Z","endsAt":"2096-01-01T00:00:00Z","createdBy":"x","comment":"x"}`
	for _, path := range []string{"/api/v2/silences", "/api/v2/alerts", "/api/v2/status", "/metrics"} {
		status, _ = call("GET", path, "", "Host", "evil.example.com")
		assert.Equal(t, http.StatusMisdirectedRequest, status, path)
		for _, method := range []string{"GET", "POST", "OPTIONS"} {
			status, _ = call(method, path, silence, "Content-Type", "application/json", "Origin", "http://evil.example.com")
			assert.Equal(t, http.StatusForbidden, status, "%s %s", method, path)
		}
		status, _ = call("POST", path, silence, "Content-Type", "text/plain", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
		assert.Equal(t, http.StatusForbidden, status, path)
	}
	for _, value := range hostileValues {
		for _, path := range []string{"/api/v2/alerts?filter=", "/api/v2/alerts/groups?receiver=", "/api/v2/silences?filter=", "/api/v2/alerts?active="} {
			status, _ = call("GET", path+strings.NewReplacer("%", "%25", " ", "+", "\x00", "%00", "\r", "%0d", "\n", "%0a", "#", "%23", "&", "%26", "\"", "%22").Replace(value), "")
			assert.Less(t, status, 500, "%s%.100q", path, value)
		}
	}
	for range 100 {
		conn, err := net.Dial("tcp", api)
		require.NoError(t, err)
		t.Cleanup(func() { _ = conn.Close() })
		_, err = conn.Write([]byte("POST /api/v2/silences HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"))
		require.NoError(t, err)
	}
	status, list := call("GET", "/api/v2/silences", "")
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "[]", strings.TrimSpace(list), "no website has silenced anything")
	status, list = call("GET", "/api/v2/alerts", "")
	require.Equal(t, http.StatusOK, status)
	require.NotContains(t, list, "forged_alert")
	status, config := call("GET", "/api/v2/status", "")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, config, "hook", "the configuration is there")
	c.stop() // bounded although requests are half sent
	require.NotContains(t, c.log.String(), amSecret)
}
