package e2e

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/audit"
)

// auditKills is how often TestAuditKill kills the collector.
const auditKills = 20

// TestAuditKill kills a collector under load twenty times, each time after another number of
// requests. After each kill the folder verifies, and it has every record that was
// acknowledged.
func TestAuditKill(t *testing.T) {
	t.Parallel()
	folder, key, config := auditConfig(t)
	text, err := os.ReadFile(key + ".pub")
	require.NoError(t, err)
	public, err := audit.ParsePublicKey(text)
	require.NoError(t, err)

	acknowledged := &acknowledgements{sent: map[string]bool{}}
	var sum audit.Summary
	for n := range auditKills {
		c := newCollector(t)
		c.run(t, nil, config)
		load := acknowledged.load(c, n)
		want := acknowledged.count() + 5 + 7*n
		require.Eventually(t, func() bool { return acknowledged.count() >= want }, waitLimit, time.Millisecond, "%s", c.log)
		c.kill()
		load.Wait()

		stored := map[string]bool{}
		sum, err = audit.Verify(folder, audit.Options{Keys: []ed25519.PublicKey{public}, Visit: func(r audit.Record) error {
			if _, rest, ok := bytes.Cut(r.Payload, []byte(`"record `)); ok {
				id, _, _ := strings.Cut(string(rest), `"`)
				stored[id] = true
			}
			return nil
		}})
		require.NoError(t, err, "after kill %d:\n%s", n, c.log)
		require.EqualValues(t, n, sum.Restarts)
		for id := range acknowledged.sent {
			require.True(t, stored[id], "record %s was acknowledged, and is missing after kill %d", id, n)
		}
	}
	require.Greater(t, sum.Closed, 1, "a kill can be between a segment and its manifest")
	require.Equal(t, sum.Closed, sum.Signed)
}

// auditConfig writes a key, and a configuration whose only exporter is cowork_audit, without
// a queue.
func auditConfig(t *testing.T) (folder, key, config string) {
	t.Helper()
	dir := t.TempDir()
	folder, key = filepath.Join(dir, "audit"), filepath.Join(dir, "key.pem")
	out, err := exec.Command(command("coworkctl"), "audit", "keygen", "--out", key).CombinedOutput()
	require.NoError(t, err, "%s", out)
	config = filepath.Join(dir, "config.yaml")
	require.NoError(t, os.WriteFile(config, []byte(`
receivers:
  otlp: {protocols: {http: {endpoint: "${env:COWORK_OTLP_HTTP}"}}}
exporters:
  cowork_audit: {directory: "`+folder+`", key_file: "`+key+`", max_segment_bytes: 65536, sending_queue: {enabled: false}}
extensions:
  health_check: {endpoint: "${env:COWORK_HEALTH}"}
service:
  extensions: [health_check]
  pipelines:
    logs: {receivers: [otlp], exporters: [cowork_audit]}
  telemetry: {metrics: {level: none}}
`), 0o600))
	return folder, key, config
}

// acknowledgements are the ids of the records that the collector has accepted.
type acknowledgements struct {
	lock sync.Mutex
	sent map[string]bool
}

func (a *acknowledgements) count() int {
	a.lock.Lock()
	defer a.lock.Unlock()
	return len(a.sent)
}

// load sends records on four connections until the collector has ended.
func (a *acknowledgements) load(c *collector, round int) *sync.WaitGroup {
	var senders sync.WaitGroup
	for sender := range 4 {
		senders.Go(func() {
			for n := 0; ; n++ {
				ids := []string{fmt.Sprintf("%d-%d-%d-a", round, sender, n), fmt.Sprintf("%d-%d-%d-b", round, sender, n)}
				resp, err := http.Post("http://"+c.http+"/v1/logs", contentTypes["pb"], bytes.NewReader(auditBatch(ids)))
				if err != nil {
					return
				}
				accepted := resp.StatusCode == http.StatusOK
				_ = resp.Body.Close()
				if accepted {
					a.lock.Lock()
					for _, id := range ids {
						a.sent[id] = true
					}
					a.lock.Unlock()
				}
			}
		})
	}
	return &senders
}

// auditBatch returns a request with a record for each id.
func auditBatch(ids []string) []byte {
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, id := range ids {
		r := records.AppendEmpty()
		r.Body().SetStr("record " + id)
		r.Attributes().PutStr("user.id", "user-"+strings.Split(id, "-")[1]) // one of four
		r.Attributes().PutStr("filler", strings.Repeat("x", 500))
	}
	body, _ := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
	return body
}
