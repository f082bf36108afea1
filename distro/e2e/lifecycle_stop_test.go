package e2e

import (
	"fmt"
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
	"google.golang.org/grpc"
)

// graceful is the grace period of Kubernetes and systemd that the README recommends.
const graceful = 30 * time.Second

// TestStopWithHangingPeers stops a collector whose listeners have peers that sent half a
// request, and whose backend does not answer. It ends without error within the grace period,
// and what it received is in its files. With three signals that waited for the backend, it
// ended with exit status 1.
func TestStopWithHangingPeers(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	hanging := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	t.Cleanup(hanging.Close)
	t.Cleanup(func() { close(release) })
	prometheus := freePorts(t, 1)[0]
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`
exporters:
  otlp_http: {endpoint: "`+hanging.URL+`"}
  prometheus: {endpoint: "`+prometheus+`"}
service:
  pipelines:
    logs/hanging: {receivers: [otlp], processors: [cowork_redaction], exporters: [otlp_http]}
    metrics/hanging: {receivers: [otlp], processors: [cowork_redaction], exporters: [otlp_http]}
    traces/hanging: {receivers: [cowork_traces], exporters: [otlp_http]}
    metrics/prometheus: {receivers: [otlp], exporters: [prometheus]}
`), 0o600))
	c := start(t, filepath.Join(root, "distro/config.yaml"), file)
	for _, r := range captures(t)["basic-json"] {
		status, answer := c.post(t, r)
		require.Equal(t, http.StatusOK, status, answer)
	}
	for _, listener := range []string{c.http, c.health, c.page, c.metrics, prometheus} {
		sendHalf(t, listener, "")
		sendHalf(t, listener, "GET / HTTP/1.1\r\nHost: ")
		sendHalf(t, listener, "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
	}
	sendHalf(t, c.grpc, "")
	sendHalf(t, c.grpc, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
	openCall(t, c)

	begin := time.Now()
	c.stop()
	require.Less(t, time.Since(begin), graceful, "%s", c.log)
	require.NotContains(t, c.log.String(), "\nError: ")
	require.NotContains(t, c.log.String(), "the process ends with components that did not")
	require.Contains(t, c.log.String(), "shutdown cut off")
	require.NotEmpty(t, c.lines(t, "logs"))
	require.NotEmpty(t, c.lines(t, "traces"), "open prompts are closed at the stop")
}

// TestStopWhileStarting sends SIGTERM as soon as the collector logs. It ends without error.
func TestStopWhileStarting(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	cmd := c.command()
	require.NoError(t, cmd.Start())
	require.Eventually(t, func() bool { return c.log.String() != "" }, waitLimit, time.Millisecond)
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.NoError(t, cmd.Wait(), "%s", c.log)
}

// TestStopBeforeStart sends SIGTERM while the packages of the command are initialised. It
// ends without error, although nothing has started.
func TestStopBeforeStart(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	cmd := c.command()
	cmd.Env = append(cmd.Env, "GODEBUG=inittrace=1") // the runtime logs each package
	require.NoError(t, cmd.Start())
	require.Eventually(t, func() bool { return strings.Contains(c.log.String(), "distro/lifecycle/early @") }, waitLimit, time.Millisecond)
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, cmd.Wait(), "%s", c.log)
}

// sendHalf sends the begin of a request, and leaves the connection open.
func sendHalf(t *testing.T, address, begin string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprint(conn, begin)
	require.NoError(t, err)
}

// openCall begins a call over gRPC, and sends no message.
func openCall(t *testing.T, c *collector) {
	t.Helper()
	stream, err := c.dial(t).NewStream(t.Context(), &grpc.StreamDesc{ClientStreams: true}, "/opentelemetry.proto.collector.logs.v1.LogsService/Export")
	require.NoError(t, err)
	require.NotNil(t, stream)
}
