package e2e

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A cleanRoot is the root of a system with nothing but the programs that the scripts of the
// package need, and a systemctl that records its arguments.
type cleanRoot struct{ dir string }

// recordingSystemctl stores its arguments, and reports the unit as active while /active exists.
const recordingSystemctl = `#!/bin/sh
echo "$@" >>/systemctl.log
case "$*" in *is-active*) [ -e /active ] ;; esac
`

// newCleanRoot returns a clean root. It needs root's rights, dpkg, and Debian's programs.
func newCleanRoot(t *testing.T) cleanRoot {
	t.Helper()
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("needs a root user of linux: it installs a package into another root")
	}
	path := "/usr/sbin:/usr/bin:/sbin:/bin"
	t.Setenv("PATH", path+":"+os.Getenv("PATH"))
	if _, err := exec.LookPath("dpkg"); err != nil {
		t.Skip("dpkg is not installed")
	}
	r := cleanRoot{t.TempDir()}
	require.NoError(t, os.Chmod(r.dir, 0o755))
	for _, name := range []string{"sh", "getent", "useradd", "userdel", "groupdel", "setpriv", "nologin", "chgrp", "chown", "rm"} {
		file, err := exec.LookPath(name)
		if err != nil {
			t.Skipf("%s is not installed", name)
		}
		r.copyProgram(t, file, filepath.Join("/usr", filepath.Base(filepath.Dir(file)), name))
	}
	require.NoError(t, os.Symlink("usr/bin", r.path("/bin")))
	require.NoError(t, os.Symlink("usr/sbin", r.path("/sbin")))
	r.write(t, "/usr/bin/systemctl", recordingSystemctl, 0o755)
	r.write(t, "/dev/null", "", 0o666) // a file, since not every container may make devices
	r.write(t, "/etc/hosts", "127.0.0.1 localhost\n", 0o644)
	r.write(t, "/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n", 0o644)
	r.write(t, "/etc/group", "root:x:0:\n", 0o644)
	r.write(t, "/etc/shadow", "root:*:19000:0:99999:7:::\n", 0o600)
	r.write(t, "/etc/gshadow", "root:*::\n", 0o600)
	r.write(t, "/etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\n", 0o644)
	r.write(t, "/var/lib/dpkg/status", "Package: passwd\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nMaintainer: test <test@invalid>\nDescription: test\n\n", 0o644)
	// The collector reads its own path to validate a configuration.
	require.NoError(t, os.MkdirAll(r.path("/proc/self"), 0o755))
	require.NoError(t, os.Symlink("/usr/bin/otelcol-cowork", r.path("/proc/self/exe")))
	for _, dir := range []string{"/run/systemd/system", "/tmp", "/var/lib/dpkg/info", "/var/lib/dpkg/updates", "/var/lib/dpkg/triggers"} {
		require.NoError(t, os.MkdirAll(r.path(dir), 0o755))
	}
	return r
}

func (r cleanRoot) path(name string) string { return filepath.Join(r.dir, name) }

func (r cleanRoot) read(t *testing.T, name string) string {
	t.Helper()
	return string(fileBytes(t, r.path(name)))
}

func (r cleanRoot) write(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(r.path(name)), 0o755))
	require.NoError(t, os.WriteFile(r.path(name), []byte(text), mode))
}

// sharedObject matches the files in the output of ldd.
var sharedObject = regexp.MustCompile(`/\S+\.so\S*`)

// copyProgram copies a program with the libraries that it is linked to.
func (r cleanRoot) copyProgram(t *testing.T, from, to string) {
	t.Helper()
	r.write(t, to, string(fileBytes(t, from)), 0o755)
	out, err := exec.Command("ldd", from).Output()
	require.NoError(t, err)
	for _, library := range sharedObject.FindAllString(string(out), -1) {
		r.write(t, library, string(fileBytes(t, library)), 0o755)
	}
}

// dpkg runs dpkg on the root, without an answer to questions.
func (r cleanRoot) dpkg(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("dpkg", append([]string{"--root=" + r.dir, "--log=" + os.DevNull}, args...)...).CombinedOutput()
	require.NoError(t, err, "dpkg %v: %s", args, out)
	return string(out)
}

// calls returns the arguments of the calls of systemctl since the last call of it.
func (r cleanRoot) calls(t *testing.T) []string {
	t.Helper()
	text := r.read(t, "/systemctl.log")
	r.write(t, "/systemctl.log", "", 0o644)
	return strings.Split(strings.TrimSpace(text), "\n")
}

// serviceUser returns the ids of the service's user, as the password file of the root has them.
func (r cleanRoot) serviceUser(t *testing.T) (uid, gid uint32) {
	t.Helper()
	for line := range strings.SplitSeq(r.read(t, "/etc/passwd"), "\n") {
		if f := strings.Split(line, ":"); f[0] == "otelcol-cowork" {
			u, err := strconv.ParseUint(f[2], 10, 32)
			require.NoError(t, err)
			g, err := strconv.ParseUint(f[3], 10, 32)
			require.NoError(t, err)
			require.Equal(t, []string{"/var/lib/otelcol-cowork", "/usr/sbin/nologin"}, f[5:7])
			return uint32(u), uint32(g)
		}
	}
	require.Fail(t, "the user of the service is not there")
	return 0, 0
}

// checkOwner checks the mode and the owner of a file in the root.
func (r cleanRoot) checkOwner(t *testing.T, name string, mode fs.FileMode, uid, gid uint32) {
	t.Helper()
	info, err := os.Stat(r.path(name))
	require.NoError(t, err)
	stat, ok := info.Sys().(*syscall.Stat_t)
	require.True(t, ok)
	require.Equal(t, mode, info.Mode().Perm(), name)
	require.Equal(t, []uint32{uid, gid}, []uint32{stat.Uid, stat.Gid}, name)
}

// files returns the files and folders of the root, but for the records of dpkg and the copies
// that programs make of the files of users.
func (r cleanRoot) files(t *testing.T) (names []string) {
	t.Helper()
	ignored := []string{"/var/lib/dpkg", "/systemctl.log", "/active", "/etc/.pwd.lock", "/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/subuid", "/etc/subgid", "/etc/subuid-", "/etc/subgid-"}
	require.NoError(t, filepath.WalkDir(r.dir, func(file string, d fs.DirEntry, err error) error {
		name := strings.TrimPrefix(file, r.dir)
		switch {
		case err != nil:
			return err
		case slices.Contains(ignored, name) && d.IsDir():
			return fs.SkipDir
		case !slices.Contains(ignored, name):
			names = append(names, name)
		}
		return nil
	}))
	return names
}
