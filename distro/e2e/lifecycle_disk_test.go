package e2e

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// newDisk returns a folder that is a disk of a few MiB. The test is skipped if it must not
// mount one.
func newDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot mount a small disk (needs root and mount): %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	return dir
}

// fill fills a disk, and returns a function that frees it again.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	require.NoError(t, err)
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	require.NoError(t, f.Close())
	return func() { require.NoError(t, os.Remove(f.Name())) }
}

// TestFullDisk fills the disk of a running collector: the health check fails and the setup
// check names the cause, until there is space again. No line of its files is torn.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	c.data = newDisk(t)
	c.run(t, nil)
	good := captures(t)["basic-json"]
	free := fill(t, c.data)
	metrics := request{}
	for _, r := range good {
		if r.signal == "metrics" {
			metrics = r
		}
	}
	require.NotEmpty(t, metrics.body)
	require.Eventually(t, func() bool {
		_, _ = c.post(t, metrics)
		return !c.healthy()
	}, waitLimit, 20*time.Millisecond, "%s", c.log)
	resp, err := http.Get("http://" + c.page + "/setup")
	require.NoError(t, err)
	setup, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Contains(t, string(setup), "no space left on its disk")

	free()
	require.Eventually(t, func() bool {
		status, _ := c.post(t, metrics)
		return status == http.StatusOK && c.healthy()
	}, waitLimit, 20*time.Millisecond, "%s", c.log)
	c.stop()
}

// TestStartOnFullDisk starts a collector on a full disk: the error names the folder and the
// cause.
func TestStartOnFullDisk(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	c.data = newDisk(t)
	fill(t, c.data)
	require.Error(t, c.command().Run())
	require.Contains(t, c.log.String(), c.data)
	require.Contains(t, c.log.String(), "no space left on device (a start needs 256 KiB: free some space)")
}
