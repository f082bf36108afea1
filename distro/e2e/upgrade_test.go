package e2e

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// The prompt in the data of an earlier version.
const (
	earlierPrompt  = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
	earlierRequest = "req_0aa8"
)

// TestUpgrade starts the collector with the data that an earlier one left when it was killed:
// three events in the queue of a backend that was away, an open prompt, a firing alert, and
// the page's database at version 12. That collector ran its default configuration with the
// overlay below, and the archive has its folders state and dashboard.db*. The events are delivered once, the prompt is summarised with
// what came before, the alert is resolved, and the page shows the prompt.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	var delivered atomic.Int64
	backend := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		request := plogotlp.NewExportRequest()
		assert.NoError(t, request.UnmarshalProto(body))
		for _, resource := range request.Logs().ResourceLogs().All() {
			for _, scope := range resource.ScopeLogs().All() {
				for _, record := range scope.LogRecords().All() {
					if id, ok := record.Attributes().Get("request_id"); ok && id.AsString() == earlierRequest {
						delivered.Add(1)
					}
				}
			}
		}
	}))
	t.Cleanup(backend.Close)
	overlay := filepath.Join(t.TempDir(), "upgrade.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(`
exporters:
  otlp_http/backend:
    endpoint: `+backend.URL+`
    compression: none
    sending_queue: {storage: file_storage, sizer: bytes, queue_size: 100000000}
service:
  pipelines:
    logs/backend: {receivers: [forward], exporters: [otlp_http/backend]}
`), 0o600))
	p := &dashboard{collector: newCollector(t)}
	extract(t, "testdata/upgrade/data.tgz", p.data)
	p.run(t, nil, filepath.Join(root, "distro/config.yaml"), overlay)

	require.Eventually(t, func() bool { return delivered.Load() > 0 }, waitLimit, 50*time.Millisecond, "%s", p.log)
	has := func(file string, texts ...string) func() bool {
		return func() bool {
			data, _ := os.ReadFile(filepath.Join(p.data, file))
			for line := range strings.SplitSeq(string(data), "\n") {
				all := true
				for _, text := range texts {
					all = all && strings.Contains(line, text)
				}
				if all {
					return true
				}
			}
			return false
		}
	}
	require.Eventually(t, has("alerts.json", `"tool_failure"`, `"resolved"`, earlierPrompt), waitLimit, 50*time.Millisecond, "%s", p.log)
	require.Eventually(t, has("logs.json", "cowork.prompt_summary", earlierPrompt), waitLimit, 50*time.Millisecond, "%s", p.log)
	status, page := p.fetch(t, "/prompts/"+earlierPrompt)
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, string(page), "ls /srv")
	p.stop()
	require.EqualValues(t, 1, delivered.Load(), "an event of the queue is delivered once")
	require.NotContains(t, p.log.String(), "\terror\t")
	require.NotContains(t, p.log.String(), "damaged")
}

// extract writes the files of an archive into a folder.
func extract(t *testing.T, archive, folder string) {
	t.Helper()
	file, err := os.Open(archive)
	require.NoError(t, err)
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	require.NoError(t, err)
	for files := tar.NewReader(unpacked); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		path := filepath.Join(folder, filepath.Clean("/"+header.Name))
		if header.Typeflag == tar.TypeDir {
			require.NoError(t, os.MkdirAll(path, 0o700))
			continue
		}
		data, err := io.ReadAll(files)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, data, 0o600))
	}
}
