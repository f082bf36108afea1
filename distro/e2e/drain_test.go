package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDrain waits for the queue of a backend that is down, and then answers again.
func TestDrain(t *testing.T) {
	t.Parallel()
	end := newBackend(t)
	file := filepath.Join(t.TempDir(), "queue.yaml")
	require.NoError(t, os.WriteFile(file, []byte(`
exporters:
  otlp_http:
    endpoint: "`+end.URL+`"
    sending_queue: {storage: file_storage, sizer: bytes, queue_size: 1073741824, batch: {min_size: 0, max_size: 4000000, flush_timeout: 1s}}
    retry_on_failure: {initial_interval: 100ms, max_interval: 100ms, max_elapsed_time: 0s}
service: {pipelines: {logs/backend: {receivers: [forward], exporters: [otlp_http]}}}
`), 0o600))
	c := start(t, "default:", file)
	drain := func(args ...string) (string, error) {
		out, err := exec.Command(command("coworkctl"), append([]string{"drain", "--endpoint", "http://" + c.metrics + "/metrics"}, args...)...).CombinedOutput()
		return string(out), err
	}
	end.answer(http.StatusServiceUnavailable)
	status, answer := c.post(t, captures(t)["basic-json"][0])
	require.Equal(t, http.StatusOK, status, answer)
	out, err := drain("--within", "1s", "--quiet", "0s")
	require.Error(t, err, "%s", out)
	require.Regexp(t, `^[1-9]\d* wait\n`, out)
	require.Contains(t, out, "the time is over, and telemetry waits")

	end.answer(http.StatusOK)
	out, err = drain("--within", "60s", "--quiet", "0s")
	require.NoError(t, err, "%s", out)
	require.NotEmpty(t, end.received("logs"))
}
