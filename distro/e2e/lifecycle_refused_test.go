package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestRefusedAreCounted sends requests that receivers refuse. They are in the collector's
// own metrics and on the setup check, by status.
func TestRefusedAreCounted(t *testing.T) {
	t.Parallel()
	ports := freePorts(t, 2)
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`
receivers:
  otlp/secure:
    protocols:
      http: {endpoint: "`+ports[0]+`", auth: {authenticator: bearertokenauth}}
      grpc: {endpoint: "`+ports[1]+`", auth: {authenticator: bearertokenauth}}
extensions: {bearertokenauth: {token: not-this-one}}
service:
  extensions: [health_check, cowork_path, file_storage, bearertokenauth]
  pipelines: {logs/secure: {receivers: [otlp/secure], exporters: [debug]}}
`), 0o600))
	c := start(t, filepath.Join(root, "distro/config.yaml"), file)
	good := captures(t)["basic-json"][0]
	post := func(want int, address, path, contentType string) {
		t.Helper()
		resp, err := http.Post("http://"+address+path, contentType, strings.NewReader("{}"))
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, want, resp.StatusCode)
	}
	post(http.StatusNotFound, c.http, "/nope", "application/json")
	post(http.StatusUnsupportedMediaType, c.http, "/v1/logs", "text/plain")
	post(http.StatusUnauthorized, ports[0], "/v1/logs", "application/json")
	status, answer := c.post(t, good)
	require.Equal(t, http.StatusOK, status, answer)
	secure := &collector{grpc: ports[1]}
	require.Error(t, grpcExport["logs"](t.Context(), secure.dial(t), good))
	require.Error(t, grpcExport["logs"](t.Context(), c.dial(t), request{contentType: contentTypes["json"], body: tooLongLogs(4 << 20)}))

	fetch := func(url string) string {
		resp, err := http.Get(url)
		if err != nil {
			return err.Error()
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		return string(text)
	}
	var metrics string
	require.Eventually(t, func() bool {
		metrics = fetch("http://" + c.metrics + "/metrics")
		return strings.Count(metrics, "\notelcol_receiver_refused_requests{") == 5
	}, waitLimit, 20*time.Millisecond, "%s", &metrics)
	for _, want := range []string{
		`status="404",transport="http"`, `status="415",transport="http"`, `status="401",transport="http"`,
		`status="UNAUTHENTICATED",transport="grpc"`, `status="RESOURCE_EXHAUSTED",transport="grpc"`,
	} {
		require.Contains(t, metrics, want)
	}
	var setup struct {
		Refused []struct{ Receiver, Transport, Status string }
	}
	require.NoError(t, json.Unmarshal([]byte(fetch("http://"+c.page+"/api/setup.json")), &setup))
	require.Len(t, setup.Refused, 5)
	require.Contains(t, fetch("http://"+c.page+"/setup"), "the token is missing or wrong")
	c.stop()
}
