package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestAuditErase erases a user's records while the collector writes them. The folder verifies
// meanwhile, the collector continues, and a restart accepts the folder.
func TestAuditErase(t *testing.T) {
	t.Parallel()
	folder, key, config := auditConfig(t)
	coworkctl := func(args ...string) string {
		out, _ := exec.Command(command("coworkctl"), append([]string{"audit"}, args...)...).CombinedOutput()
		return string(out)
	}
	verifies := func() {
		t.Helper()
		require.Contains(t, coworkctl("verify", folder, "--public-key", key+".pub"), "\nverified\n")
	}
	// segmentsOf returns which closed segments have records of the user.
	segmentsOf := func(user string) (names []string) {
		manifests, err := filepath.Glob(filepath.Join(folder, "*.manifest.json"))
		require.NoError(t, err)
		for _, m := range manifests {
			name := m[:len(m)-len(".manifest.json")] + ".jsonl"
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			if bytes.Contains(text, []byte(`"`+user+`"`)) {
				names = append(names, name)
			}
		}
		return names
	}

	acknowledged := &acknowledgements{sent: map[string]bool{}}
	c := newCollector(t)
	c.run(t, nil, config)
	load := acknowledged.load(c, 0)
	reaches := func(n int) {
		t.Helper()
		require.Eventually(t, func() bool { return acknowledged.count() >= n }, waitLimit, time.Millisecond, "%s", c.log)
	}
	reaches(400)
	before := segmentsOf("user-1")
	require.NotEmpty(t, before)
	require.Contains(t, coworkctl("erase", folder, "--name", "request-1", "--user", "user-1", "--key", key), "erased  the payloads of ")
	for _, name := range segmentsOf("user-1") {
		require.NotContains(t, before, name)
	}
	require.Equal(t, before, segmentsOf("user-2")[:len(before)])
	verifies()
	reaches(acknowledged.count() + 100)
	c.kill()
	load.Wait()
	verifies()

	again := newCollector(t)
	again.run(t, nil, config)
	verifies()
	again.kill()
}
