package e2e

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPackage installs, starts, reloads, upgrades, removes and purges the deb in a clean root,
// as its unit and its scripts do. With PACKAGES, the debs of that folder are used, such as
// those of make package, in the order of their names.
func TestPackage(t *testing.T) {
	r := newCleanRoot(t)
	before := r.files(t)
	debs := debsOf(t)

	r.dpkg(t, "--install", debs[0])
	require.Equal(t, []string{"enable otelcol-cowork.service", "daemon-reload", "start otelcol-cowork.service"}, r.calls(t))
	uid, gid := r.serviceUser(t)
	r.checkOwner(t, "/etc/otelcol-cowork", 0o750, 0, gid)
	r.checkOwner(t, "/etc/otelcol-cowork/config.yaml", 0o640, 0, gid)
	r.checkOwner(t, "/etc/otelcol-cowork/otelcol-cowork.env", 0o600, 0, 0)
	r.checkOwner(t, "/var/lib/otelcol-cowork", 0o700, uid, gid)
	r.checkOwner(t, "/usr/bin/otelcol-cowork", 0o755, 0, 0)

	c := newCollector(t)
	c.data = r.path("/var/lib/otelcol-cowork")
	// systemd takes a value with a blank or a $ as it is. The upgrade read the file as a shell
	// does, failed, and reported a mistake in the configuration.
	r.write(t, environmentPath, r.read(t, environmentPath)+strings.Join(c.env()[:5], "\n")+"\nOTLP_AUTHORIZATION=Bearer a$b\n", 0o600)
	u := parseUnit(t, r.read(t, "/usr/lib/systemd/system/otelcol-cowork.service"))
	runUnit(t, r, u, c)
	checkVerified(t, r, c, nil)

	// A mistake fails the reload, and the collector gets no signal.
	config := r.read(t, configPath)
	r.write(t, configPath, config+"exporters: {debug: {verbosity: nonsense}}\n", 0o640)
	out, err := u.reloaded(t, r, c.pid)
	require.Error(t, err)
	require.Contains(t, out, "nonsense")
	require.True(t, c.healthy())
	require.NotContains(t, c.log.String(), "reading the configuration again")

	// A mistake keeps the collector running over an upgrade.
	r.write(t, "/active", "", 0o644)
	printed := r.dpkg(t, "--install", debs[1])
	require.Contains(t, printed, "the new version refuses the configuration, the old one still runs")
	require.Equal(t, []string{"daemon-reload", "--quiet is-active otelcol-cowork.service"}, r.calls(t))
	require.True(t, c.healthy())

	r.write(t, configPath, config+"exporters: {debug: {verbosity: basic}}\n", 0o640)
	out, err = u.reloaded(t, r, c.pid)
	require.NoError(t, err, out)
	require.Eventually(t, func() bool {
		return strings.Count(c.log.String(), "Everything is ready") == 2
	}, waitLimit, 20*time.Millisecond, "%s", c.log)
	require.Eventually(t, c.healthy, waitLimit, 20*time.Millisecond)
	c.stop()
	kept := c.lines(t, "logs")

	// The next version has the data and the configuration of the last.
	r.dpkg(t, "--install", debs[1])
	require.Contains(t, r.calls(t), "restart otelcol-cowork.service")
	require.Contains(t, r.read(t, configPath), "verbosity: basic")
	runUnit(t, r, u, c)
	checkVerified(t, r, c, kept)
	require.NotContains(t, c.log.String(), "set aside")
	c.stop()

	r.dpkg(t, "--remove", "otelcol-cowork")
	require.Equal(t, []string{"stop otelcol-cowork.service", "disable otelcol-cowork.service", "daemon-reload"}, r.calls(t))
	for _, name := range r.files(t) {
		stays := strings.HasPrefix(name, "/etc/otelcol-cowork") || strings.HasPrefix(name, "/var/lib/otelcol-cowork")
		require.True(t, stays || slices.Contains(before, name), "%s is left by the removal", name)
	}
	require.NotEmpty(t, r.read(t, "/var/lib/otelcol-cowork/logs.json"))

	r.dpkg(t, "--purge", "otelcol-cowork")
	require.Equal(t, before, r.files(t))
	require.NotContains(t, r.read(t, "/etc/passwd")+r.read(t, "/etc/group"), "otelcol-cowork")
}

const (
	configPath      = "/etc/otelcol-cowork/config.yaml"
	environmentPath = "/etc/otelcol-cowork/otelcol-cowork.env"
)

// debsOf returns two versions of the deb.
func debsOf(t *testing.T) []string {
	t.Helper()
	folder := os.Getenv("PACKAGES")
	if folder == "" {
		return []string{buildDeb(t, "1.0.0"), buildDeb(t, "1.0.1")}
	}
	debs, err := filepath.Glob(filepath.Join(folder, "*.deb"))
	require.NoError(t, err)
	require.Len(t, debs, 2, "PACKAGES: want two versions of the deb")
	return debs
}

// runUnit starts the collector as the unit does, and waits until it is healthy.
func runUnit(t *testing.T, r cleanRoot, u unit, c *collector) {
	t.Helper()
	out, err := u.command(t, r, u.startBefore).CombinedOutput()
	require.NoError(t, err, "%s", out)
	cmd := u.command(t, r, u.start)
	c.log = &buffer{}
	cmd.Stdout, cmd.Stderr = c.log, c.log
	c.runCommand(t, cmd)
}

// checkVerified sends events by the command of the package, and checks that they are in the
// data, behind what was there before.
func checkVerified(t *testing.T, r cleanRoot, c *collector, kept [][]byte) {
	t.Helper()
	cmd := exec.Command("/usr/bin/coworkctl", "verify", "--endpoint", "http://"+c.http)
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: r.dir, Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	cmd.Dir = "/"
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Equal(t, len(coreKinds), strings.Count(string(out), "received  200"), "%s", out)
	lines := c.lines(t, "logs")
	require.Len(t, lines, len(kept)+len(coreKinds))
	require.Equal(t, string(bytes.Join(kept, nil)), string(bytes.Join(lines[:len(kept)], nil)))
	resp, err := http.Get("http://" + c.page)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
}
