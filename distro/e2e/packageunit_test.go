package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

const unitFile = "distro/packaging/systemd/otelcol-cowork.service"

// A unit holds the settings of a systemd unit that run commands.
type unit struct {
	env                             []string
	environmentFile                 string
	startBefore, start, reload, dir string // the lines of reload are separated by \n
}

// parseUnit parses the unit as systemd does, as far as the unit of the package needs.
func parseUnit(t *testing.T, text string) (u unit) {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		key, value, found := strings.Cut(line, "=")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		switch key {
		case "Environment":
			u.env = append(u.env, strings.Trim(value, `"`))
		case "EnvironmentFile":
			u.environmentFile = strings.TrimPrefix(value, "-")
		case "ExecStartPre":
			u.startBefore = value
		case "ExecStart":
			u.start = value
		case "ExecReload":
			u.reload = strings.TrimPrefix(u.reload+"\n"+value, "\n")
		case "WorkingDirectory":
			u.dir = value
		}
	}
	require.NotContains(t, []string{u.environmentFile, u.startBefore, u.start, u.reload, u.dir}, "")
	return u
}

// environment returns the variables of the unit, those of its file last.
func (u unit) environment(t *testing.T, r cleanRoot) []string {
	t.Helper()
	env := append([]string{"PATH=/usr/bin"}, u.env...)
	for line := range strings.SplitSeq(r.read(t, u.environmentFile), "\n") {
		if name, value, found := strings.Cut(line, "="); found && !strings.HasPrefix(line, "#") {
			env = append(env, name+"="+strings.Trim(value, `"`))
		}
	}
	return env
}

// words splits a command line of the unit: a variable that is a word of its own becomes the
// words of its value.
func words(line string, env []string) (list []string) {
	line, script, quoted := strings.Cut(line, " '")
	for word := range strings.FieldsSeq(line) {
		if name, found := strings.CutPrefix(word, "$"); found {
			value := ""
			for _, v := range env {
				if rest, ok := strings.CutPrefix(v, name+"="); ok {
					value = rest
				}
			}
			list = append(list, strings.Fields(value)...)
			continue
		}
		list = append(list, word)
	}
	if quoted {
		list = append(list, strings.TrimSuffix(script, "'"))
	}
	return list
}

// command returns a command of the unit in a root, as its user.
func (u unit) command(t *testing.T, r cleanRoot, line string, env ...string) *exec.Cmd {
	t.Helper()
	env = append(u.environment(t, r), env...)
	args := words(line, env)
	uid, gid := r.serviceUser(t)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Env = u.dir, env
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: r.dir, Credential: &syscall.Credential{Uid: uid, Gid: gid}}
	return cmd
}

// reloaded runs the commands of a reload in order, until one fails.
func (u unit) reloaded(t *testing.T, r cleanRoot, pid int) (string, error) {
	t.Helper()
	for line := range strings.SplitSeq(u.reload, "\n") {
		if out, err := u.command(t, r, line, "MAINPID="+strconv.Itoa(pid)).CombinedOutput(); err != nil {
			return string(out), err
		}
	}
	return "", nil
}

// TestUnitIsSandboxed checks the unit with the analysis of systemd.
func TestUnitIsSandboxed(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not installed (package systemd)")
	}
	out, err := exec.Command("systemd-analyze", "security", "--offline=true", "--threshold=20", filepath.Join(root, unitFile)).CombinedOutput()
	require.NoError(t, err, "the exposure is above 2.0: %s", out)
	require.Regexp(t, `Overall exposure level for otelcol-cowork\.service: [01]\.\d`, string(out))

	// The commands that it names must exist.
	text := strings.ReplaceAll(string(fileBytes(t, filepath.Join(root, unitFile))), "/usr/bin/otelcol-cowork", command("otelcol-cowork"))
	file := filepath.Join(t.TempDir(), "otelcol-cowork.service")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	out, err = exec.Command("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", file).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.NotContains(t, string(out), "otelcol-cowork", "a warning about this unit")
}

// TestUnitStops checks that systemd waits for longer than a stop takes.
func TestUnitStops(t *testing.T) {
	t.Parallel()
	text := string(fileBytes(t, filepath.Join(root, unitFile)))
	match := regexp.MustCompile(`(?m)^TimeoutStopSec=(\d+)s$`).FindStringSubmatch(text)
	require.NotNil(t, match)
	seconds, err := strconv.Atoi(match[1])
	require.NoError(t, err)
	require.GreaterOrEqual(t, seconds, 18+5)
}
