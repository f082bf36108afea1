package e2e

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestVictoriaLogs sends events to a VictoriaLogs server through victorialogs.yaml, and
// queries it: each event is there once, long texts have their mark, and the alert is there.
func TestVictoriaLogs(t *testing.T) {
	binary, err := exec.LookPath("victoria-logs")
	if err != nil {
		if binary, err = filepath.Abs(filepath.Join(root, ".bin/victoria-logs")); err == nil {
			_, err = os.Stat(binary)
		}
	}
	if err != nil {
		t.Skip("no victoria-logs command: build it with make peers")
	}
	t.Parallel()
	address, log := freePorts(t, 1)[0], &buffer{}
	cmd := exec.Command(binary, "-httpListenAddr="+address, "-storageDataPath="+t.TempDir())
	cmd.Stdout, cmd.Stderr = log, log
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })

	fast := filepath.Join(t.TempDir(), "fast.yaml")
	require.NoError(t, os.WriteFile(fast, []byte(`
processors: {cowork_correlation: {idle_timeout: 2s}}
exporters: {otlp_http/victorialogs: {retry_on_failure: {initial_interval: 50ms, max_interval: 200ms}}}
`), 0o600))
	c := startWith(t, []string{"VICTORIALOGS_ENDPOINT=http://" + address}, "../examples/victorialogs.yaml", fast)
	postRecent(t, c, "api-error-json")
	postRecent(t, c, "basic-json")
	status, answer := c.post(t, longBatch(3, 100_000))
	require.Equal(t, http.StatusOK, status, answer)

	var stored map[string]int
	var alerts, truncated int
	complete := func() bool {
		stored, alerts, truncated = map[string]int{}, 0, 0
		for _, m := range queryVictoriaLogs(t, address, "service.name:* OR alert.name:*") {
			if m["event.name"] == "cowork.alert" {
				alerts++
				continue
			}
			stored[m["event.name"]+" "+m["prompt.id"]+" "+m["session.id"]+" "+m["event.sequence"]]++
			if strings.HasSuffix(m["tool_input"], "…[truncated]") {
				truncated++
			}
		}
		for event := range writtenEvents(t, c) {
			if stored[event] == 0 {
				return false
			}
		}
		return alerts > 0 && truncated == 3
	}
	require.Eventually(t, complete, waitLimit, 200*time.Millisecond, "%s\n%s", c.log, log)
	for event, n := range stored {
		require.Equal(t, 1, n, event)
	}
}

// queryVictoriaLogs returns the records that a query finds.
func queryVictoriaLogs(t *testing.T, address, query string) (records []map[string]string) {
	t.Helper()
	resp, err := http.Get("http://" + address + "/select/logsql/query?query=" + url.QueryEscape(query))
	if err != nil {
		return nil // it is starting
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		require.NotRegexp(t, sensitive, lines.Text())
		m := map[string]string{}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &m))
		records = append(records, m)
	}
	return records
}
