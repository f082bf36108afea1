package e2e

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPageSetupPorts checks the setup check of a collector with changed ports: it shows
// where the collector listens, why requests were refused, and no advice without a reason.
func TestPageSetupPorts(t *testing.T) {
	t.Parallel()
	ports := freePorts(t, 1)
	_, port, err := net.SplitHostPort(ports[0])
	require.NoError(t, err)
	overlay := filepath.Join(t.TempDir(), "ports.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(`
receivers:
  otlp/open:
    protocols:
      http: {endpoint: "0.0.0.0:`+port+`", auth: {authenticator: bearertokenauth}, max_request_body_size: 100000, middlewares: [{id: cowork_path}]}
extensions: {bearertokenauth: {token: not-this-one}}
service:
  extensions: [health_check, cowork_path, cowork_delivery, file_storage, bearertokenauth]
  pipelines: {logs/open: {receivers: [otlp/open], processors: [cowork_event, cowork_redaction], exporters: [cowork_dashboard]}}
`), 0o600))
	p := startPage(t, overlay)
	b := openBrowser(t, p.url())
	text := func(selector string) string {
		return evaluate[string](t, b, `document.querySelector("`+selector+`").innerText`)
	}

	// Where it listens: none of the default ports.
	b.visit(t, "/setup")
	servers := text("#p-servers")
	for _, address := range []string{p.http, p.grpc, "0.0.0.0:" + port} {
		require.Contains(t, servers, address)
	}
	require.NotContains(t, text("main"), "4318")
	require.Equal(t, "http://"+p.http, text("#endpoint"), "the first receiver")
	require.Contains(t, text("main"), "localhost does not work from Cowork.")
	var setup struct {
		Advice []struct{ Level, What, Do string }
		Client struct {
			Endpoint string
			Servers  []struct {
				Receiver, Transport, Address string
				Auth                         bool
			}
		}
		Refused []struct{ Receiver, Status, Reason string }
	}
	p.read(t, "/api/setup.json", &setup)
	require.Len(t, setup.Client.Servers, 3)

	// A small team without an api_error has nothing to mend.
	for _, r := range captures(t)["basic-json"] {
		if r.signal == "logs" {
			status, answer := p.post(t, r)
			require.Equal(t, http.StatusOK, status, answer)
		}
	}
	require.Eventually(t, func() bool {
		p.read(t, "/api/setup.json", &setup)
		return !strings.Contains(setup.Advice[0].What, "No event has arrived yet")
	}, waitLimit, 100*time.Millisecond)
	for _, a := range setup.Advice {
		require.NotContains(t, a.What, "api_error")
		require.NotContains(t, a.What, "Never seen")
	}
	b.visit(t, "/setup")
	require.Contains(t, text("#kinds"), "none yet")

	// Requests that were refused, by reason.
	send := func(want int, address, path, contentType, body string, headers ...string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+path, strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("Content-Type", contentType)
		for i := 0; i+1 < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, want, resp.StatusCode)
	}
	open := "127.0.0.1:" + port
	send(http.StatusNotFound, p.http, "/nope", "application/json", "{}")
	send(http.StatusUnsupportedMediaType, p.http, "/v1/logs", "text/plain", "{}")
	send(http.StatusBadRequest, p.http, "/v1/logs", "application/json", "{")
	send(http.StatusUnauthorized, open, "/v1/logs", "application/json", "{}")
	send(http.StatusRequestEntityTooLarge, open, "/v1/logs", "application/json", `{"x":"`+strings.Repeat("x", 200_000)+`"}`, "Authorization", "Bearer not-this-one")
	reasons := map[string]string{
		"404": "the path is none of", "415": "the content type is not OTLP", "400": "the body is not OTLP",
		"401": "the token is missing or wrong", "413": "the body is too large",
	}
	require.Eventually(t, func() bool {
		p.read(t, "/api/setup.json", &setup)
		return len(setup.Refused) == len(reasons)
	}, waitLimit, 100*time.Millisecond)
	for _, r := range setup.Refused {
		require.Contains(t, r.Reason, reasons[r.Status], r.Status)
	}
	b.visit(t, "/setup")
	for _, reason := range reasons {
		require.Contains(t, text("#verdict"), reason)
		require.Contains(t, text("#p-refused"), reason)
	}
	evaluate[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
	b.checkAccessible(t, "/setup")
	b.requireQuiet(t)
}
