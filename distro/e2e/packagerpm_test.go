package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// rpm runs rpm on the root. The clean root has no packages that the package depends on.
func (r cleanRoot) rpm(t *testing.T, args ...string) {
	t.Helper()
	out, err := exec.Command("rpm", append([]string{"--root=" + r.dir, "--nodeps", "--nosignature"}, args...)...).CombinedOutput()
	require.NoError(t, err, "rpm %v: %s", args, out)
}

// TestRPM installs, upgrades and erases two versions of the rpm in the folder PACKAGES. The
// programs are those of TestPackage, and so is what they do.
func TestRPM(t *testing.T) {
	folder := os.Getenv("PACKAGES")
	rpms, err := filepath.Glob(filepath.Join(folder, "*.rpm"))
	require.NoError(t, err)
	if _, err := exec.LookPath("rpm"); err != nil || folder == "" || len(rpms) != 2 {
		t.Skip("needs rpm, and two versions of the rpm in the folder PACKAGES")
	}
	r := newCleanRoot(t)
	r.rpm(t, "--install", rpms[0])
	require.Equal(t, []string{"preset otelcol-cowork.service", "daemon-reload"}, r.calls(t), "an rpm does not start its service")
	uid, gid := r.serviceUser(t)
	r.checkOwner(t, configPath, 0o640, 0, gid)
	r.checkOwner(t, environmentPath, 0o600, 0, 0)
	r.checkOwner(t, "/var/lib/otelcol-cowork", 0o700, uid, gid)
	u := parseUnit(t, r.read(t, "/usr/lib/systemd/system/otelcol-cowork.service"))
	out, err := u.command(t, r, u.startBefore).CombinedOutput()
	require.NoError(t, err, "%s", out)

	r.write(t, configPath, "exporters: {debug: {verbosity: basic}}\n", 0o640)
	r.write(t, "/var/lib/otelcol-cowork/logs.json", "{}\n", 0o600)
	r.write(t, "/active", "", 0o644)
	r.rpm(t, "--upgrade", rpms[1])
	require.Equal(t, []string{"daemon-reload", "--quiet is-active otelcol-cowork.service", "restart otelcol-cowork.service"}, r.calls(t))
	require.Contains(t, r.read(t, configPath), "verbosity: basic")

	r.rpm(t, "--erase", "otelcol-cowork")
	require.Equal(t, []string{"stop otelcol-cowork.service", "disable otelcol-cowork.service", "daemon-reload"}, r.calls(t))
	require.NoFileExists(t, r.path("/usr/bin/otelcol-cowork"))
	require.Contains(t, r.read(t, configPath+".rpmsave"), "verbosity: basic")
	require.NotEmpty(t, r.read(t, "/var/lib/otelcol-cowork/logs.json"))
}
