package e2e

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestPoison sends a batch with a record for which the backend refuses the whole batch.
// The exporter dropped the batch, and the page did not show it. Now all other records
// arrive, and the setup check shows the number of refused ones.
func TestPoison(t *testing.T) {
	t.Parallel()
	const pill = "poison-pill"
	end := newBackend(t)
	end.refuse([]byte(pill))
	config := filepath.Join(t.TempDir(), "forward.yaml")
	require.NoError(t, os.WriteFile(config, []byte(`
exporters:
  otlp_http:
    endpoint: `+end.URL+`
    middlewares: [{id: cowork_delivery}]
service:
  pipelines:
    logs/backend: {receivers: [forward], exporters: [otlp_http]}
`), 0o600))
	c := start(t, "default:", config)
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	for i, tool := range []string{"Bash", "Read", pill, "Write", "Edit", "Grep"} {
		m := records.AppendEmpty().Attributes()
		m.PutStr("event.name", "tool_result")
		m.PutStr("event.timestamp", time.Now().UTC().Format(time.RFC3339Nano))
		m.PutInt("event.sequence", int64(i))
		m.PutStr("prompt.id", promptID(0))
		m.PutStr("session.id", promptID(1))
		m.PutStr("tool_name", tool)
	}
	body, err := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
	require.NoError(t, err)
	status, answer := c.post(t, request{"poison", "logs", contentTypes["pb"], body})
	require.Equal(t, http.StatusOK, status, answer)

	require.Eventually(t, func() bool { return len(toolsOf(t, end)) == 5 }, waitLimit, 50*time.Millisecond, "%s", c.log)
	require.NotContains(t, toolsOf(t, end), pill)
	require.Eventually(t, func() bool {
		return bytes.Contains(c.setup(t), []byte("a backend has refused 1 records"))
	}, waitLimit, 50*time.Millisecond, "%s", c.log)
}

// toolsOf returns how often the backend received a result of each tool.
func toolsOf(t *testing.T, b *backend) map[string]int {
	t.Helper()
	tools := map[string]int{}
	for _, body := range b.received("logs") {
		ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(body)
		require.NoError(t, err)
		for e := range cowork.Events(ld) {
			if tool, ok := e.Record().Attributes().Get("tool_name"); ok {
				tools[tool.Str()]++
			}
		}
	}
	return tools
}

// setup returns the setup check.
func (c *collector) setup(t *testing.T) []byte {
	t.Helper()
	resp, err := http.Get("http://" + c.page + "/api/setup.json")
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return body
}
