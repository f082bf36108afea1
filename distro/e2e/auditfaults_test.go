package e2e

import (
	"bytes"
	"crypto/ed25519"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/audit"
)

// TestAuditFullDisk fills the disk of the folder: the health check fails, the log has the cause
// once, and no record is accepted that is not stored. Afterwards records are accepted again, and
// the folder verifies.
func TestAuditFullDisk(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	disk := newDisk(t)
	folder := filepath.Join(disk, "audit")
	public, config := auditConfigAt(t, folder)
	c.run(t, nil, config)
	accepted := map[string]bool{}
	post := func(id string) bool {
		accepted[id] = c.acceptsAudit(t, id)
		return accepted[id]
	}
	require.True(t, post("0-before"))
	free := fill(t, disk)
	require.Eventually(t, func() bool { return !post("1-full") && !c.healthy() }, waitLimit, 20*time.Millisecond, "%s", c.log)
	require.False(t, post("2-full"))
	require.Equal(t, 1, strings.Count(c.log.String(), "cannot write to the folder"), "%s", c.log)
	free()
	require.Eventually(t, func() bool { return post("3-freed") && c.healthy() }, waitLimit, 20*time.Millisecond, "%s", c.log)
	c.stop()
	stored := map[string]bool{}
	_, err := audit.Verify(folder, audit.Options{Keys: []ed25519.PublicKey{public}, Visit: func(r audit.Record) error {
		if _, rest, ok := bytes.Cut(r.Payload, []byte(`"record `)); ok {
			id, _, _ := strings.Cut(string(rest), `"`)
			stored[id] = true
		}
		return nil
	}})
	require.NoError(t, err)
	require.Equal(t, map[string]bool{"0-before": true, "3-freed": true}, stored)
	require.True(t, accepted["3-freed"])
}

// TestAuditKeyChange changes the key of a folder whose first segment is open: the collector
// starts, and coworkctl verifies with both keys.
func TestAuditKeyChange(t *testing.T) {
	t.Parallel()
	folder, key, config := auditConfig(t)
	second := filepath.Join(filepath.Dir(key), "second.pem")
	out, err := exec.Command(command("coworkctl"), "audit", "keygen", "--out", second).CombinedOutput()
	require.NoError(t, err, "%s", out)
	text, err := os.ReadFile(config)
	require.NoError(t, err)
	next := filepath.Join(filepath.Dir(key), "second.yaml")
	require.NoError(t, os.WriteFile(next, bytes.ReplaceAll(text, []byte(key), []byte(second)), 0o600))
	for _, name := range []string{config, next} {
		c := newCollector(t)
		c.run(t, nil, name)
		require.True(t, c.acceptsAudit(t, "1-a"))
		require.Equal(t, name == next, strings.Contains(c.log.String(), "another key signs from now on"), "%s", c.log)
		c.stop()
	}
	out, err = exec.Command(command("coworkctl"), "audit", "verify", folder, "--public-key", key+".pub", "--public-key", second+".pub").CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "key       changed at record 2")
	out, err = exec.Command(command("coworkctl"), "audit", "verify", folder, "--public-key", second+".pub").CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "pass the public keys from before and after")
}

// auditConfigAt is auditConfig with another folder, and without retries.
func auditConfigAt(t *testing.T, folder string) (public ed25519.PublicKey, config string) {
	t.Helper()
	was, key, config := auditConfig(t)
	text, err := os.ReadFile(config)
	require.NoError(t, err)
	text = bytes.ReplaceAll(text, []byte(was), []byte(folder))
	text = bytes.ReplaceAll(text, []byte("sending_queue:"), []byte("retry_on_failure: {enabled: false}, sending_queue:"))
	require.NoError(t, os.WriteFile(config, text, 0o600))
	text, err = os.ReadFile(key + ".pub")
	require.NoError(t, err)
	public, err = audit.ParsePublicKey(text)
	require.NoError(t, err)
	return public, config
}

// acceptsAudit sends a record, and reports whether it was accepted.
func (c *collector) acceptsAudit(t *testing.T, id string) bool {
	t.Helper()
	resp, err := http.Post("http://"+c.http+"/v1/logs", contentTypes["pb"], bytes.NewReader(auditBatch([]string{id})))
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return resp.StatusCode == http.StatusOK
}
