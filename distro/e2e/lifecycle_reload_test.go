package e2e

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestReload reloads a collector with mistakes in its configuration, and without.
func TestReload(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "config.yaml")
	write := func(text string) {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	}
	write("exporters: {debug: {verbosity: basic}}\n")
	c := start(t, filepath.Join(root, "distro/config.yaml"), file)
	good := captures(t)["basic-json"][0]
	reload := func(logged string) {
		t.Helper()
		before := strings.Count(c.log.String(), logged)
		require.NoError(t, c.signal(syscall.SIGHUP))
		require.Eventually(t, func() bool { return strings.Count(c.log.String(), logged) > before }, waitLimit, 20*time.Millisecond, "%s", c.log)
		require.Eventually(t, c.healthy, waitLimit, 20*time.Millisecond, "%s", c.log)
		status, answer := c.post(t, good)
		require.Equal(t, http.StatusOK, status, answer)
	}
	sendHalf(t, c.http, "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")

	write("exporters: {debug: {verbosity: nonsense}}\n")
	reload("reload: the configuration is not valid, the running one stays")
	require.Contains(t, c.log.String(), "nonsense", "the mistake is logged")
	write("exporters: {debug: [\n")
	reload("reload: the configuration is not valid, the running one stays")
	require.NotContains(t, c.log.String(), "Starting shutdown...")

	write("exporters: {debug: {verbosity: basic}}\nextensions: {health_check: {path: /}}\n")
	reload("Everything is ready. Begin running and processing data.")

	// The port is in use, which the validation does not see.
	write("extensions: {zpages: {endpoint: \"" + taken(t) + "\"}}\nservice: {extensions: [health_check, cowork_path, file_storage, zpages]}\n")
	reload("reload: the new configuration does not start, the last one is used again")
	c.stop()
}

// taken returns an address that is in use.
func taken(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}

// TestReloadWithHangingBackend reloads a collector while its backend does not answer and
// its queue is on disk. The old exporter holds the queue until its request ends.
func TestReloadWithHangingBackend(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	asked := make(chan struct{}, 100)
	hanging := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		asked <- struct{}{}
		<-release
	}))
	t.Cleanup(hanging.Close)
	t.Cleanup(func() { close(release) })
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`
exporters: {otlp_http: {endpoint: "`+hanging.URL+`", timeout: 15s, sending_queue: {storage: file_storage}}}
service: {pipelines: {logs/hanging: {receivers: [otlp], processors: [cowork_redaction], exporters: [otlp_http]}}}
`), 0o600))
	c := start(t, filepath.Join(root, "distro/config.yaml"), file)
	good := captures(t)["basic-json"][0]
	status, answer := c.post(t, good)
	require.Equal(t, http.StatusOK, status, answer)
	<-asked
	require.NoError(t, c.signal(syscall.SIGHUP))
	require.Eventually(t, func() bool { return strings.Count(c.log.String(), "Everything is ready.") == 2 }, waitLimit, 20*time.Millisecond, "%s", c.log)
	status, answer = c.post(t, good)
	require.Equal(t, http.StatusOK, status, answer)
	c.stop()
}
