package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/snappy"
	"github.com/prometheus/prometheus/prompb"
	"github.com/stretchr/testify/require"
)

// A writeEndpoint receives Prometheus remote write and keeps the names of series.
type writeEndpoint struct {
	mu    sync.Mutex
	names map[string]bool
}

func (e *writeEndpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var req prompb.WriteRequest
	data, err := snappy.Decode(nil, body)
	if err != nil || req.Unmarshal(data) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, series := range req.Timeseries {
		for _, label := range series.Labels {
			if label.Name == "__name__" {
				e.names[label.Value] = true
			}
		}
	}
}

func (e *writeEndpoint) has(names ...string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, name := range names {
		if !e.names[name] {
			return false
		}
	}
	return true
}

// TestRemoteWrite merges the sample of distro/README.md into the default configuration: the
// metrics of events and those of clients arrive. Without a conversion the exporter drops
// deltas and counts them as sent.
func TestRemoteWrite(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(root, "distro/README.md"))
	require.NoError(t, err)
	sample := regexp.MustCompile("(?s)```yaml\n(# remote-write.yaml.*?)```").FindSubmatch(readme)
	require.NotNil(t, sample)
	file := filepath.Join(t.TempDir(), "remote-write.yaml")
	require.NoError(t, os.WriteFile(file, sample[1], 0o600))
	end := &writeEndpoint{names: map[string]bool{}}
	server := httptest.NewServer(end)
	t.Cleanup(server.Close)
	c := startWith(t, []string{"PROMETHEUS_WRITE=" + server.URL}, "default:", file, "yaml:connectors::cowork_metrics/remote_write::flush_interval: 100ms")
	require.NotContains(t, c.log.String(), "which are deltas")
	for _, r := range captures(t)["basic-json"] {
		status, answer := c.post(t, r)
		require.Equal(t, http.StatusOK, status, answer)
	}
	require.Eventually(t, func() bool {
		return end.has("cowork_cost_USD_total", "claude_code_token_usage_tokens_total")
	}, waitLimit, 50*time.Millisecond, "series: %v\n%s", end.names, c.log)
}

// TestRemoteWriteOfDeltas checks that a start warns of deltas for Prometheus.
func TestRemoteWriteOfDeltas(t *testing.T) {
	c := start(t, "default:", `yaml:{exporters: {prometheus_remote_write: {endpoint: "http://127.0.0.1:1"}}, service: {pipelines: {metrics/out: {receivers: [cowork_metrics], exporters: [prometheus_remote_write]}}}}`)
	require.Contains(t, c.log.String(), "drops the metrics of connectors::cowork_metrics in service::pipelines::metrics/out, which are deltas")
}
