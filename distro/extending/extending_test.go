package extending

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	root      = "../.."
	waitLimit = 60 * time.Second
)

// TestManifest checks that the manifest of the documentation is one that the builder accepts,
// and that its sources get the command of this module.
func TestManifest(t *testing.T) {
	dir := newFolder(t)
	run(t, dir, filepath.Join(dir, "builder"), "--skip-get-modules", "--skip-compilation", "--config", "builder-config.yaml")
	out := filepath.Join(dir, "our-collector")
	install := exec.Command("go", "run", "./distro/lifecycle/install", out)
	install.Dir = root
	text, err := install.CombinedOutput()
	require.NoError(t, err, "%s", text)
	main, err := os.ReadFile(filepath.Join(out, "main.go"))
	require.NoError(t, err)
	require.Contains(t, string(main), "lifecycle.NewCommand(params)")
	require.Contains(t, string(main), `"github.com/cowork-otel/collector/distro"`, "the embedded configuration")
	components, err := os.ReadFile(filepath.Join(out, "components.go"))
	require.NoError(t, err)
	require.Contains(t, string(components), "officehours.NewFactory()")
	require.FileExists(t, filepath.Join(out, "defaults.go"))
}

// TestDistribution builds the documented distribution with its own module, and runs it.
func TestDistribution(t *testing.T) {
	if os.Getenv("COWORK_EXTEND") == "" {
		t.Skip("compiling this module a second time takes minutes: make extend runs it")
	}
	dir := newFolder(t)
	run(t, dir, filepath.Join(dir, "builder"), "--skip-compilation", "--config", "builder-config.yaml")
	out := filepath.Join(dir, "our-collector")
	for _, line := range commandsOf(t) {
		if strings.HasPrefix(line, "go ") || strings.HasPrefix(line, "CGO_ENABLED=0 go build") {
			run(t, out, "sh", "-c", line)
		}
	}
	command := filepath.Join(out, "our-collector")

	const mine = "processors: {officehours: {from: 9}}\nservice: {pipelines: {logs/hours: {receivers: [forward], processors: [officehours], exporters: [debug]}}}\n"
	file := filepath.Join(dir, "mine.yaml")
	require.NoError(t, os.WriteFile(file, []byte(mine), 0o600))
	run(t, dir, command, "validate", "--config", "default:", "--config", file)
	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(mine, "from", "form", 1)), 0o600))
	text, err := exec.Command(command, "validate", "--config", "default:", "--config", file).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(text), `processors::officehours: form: unknown key (did you mean "from"?)`, "the check of this module")

	startsWithoutArguments(t, dir, command)
}

// startsWithoutArguments checks that the command runs the embedded default configuration, and
// ends at a signal.
func startsWithoutArguments(t *testing.T, dir, command string) {
	t.Helper()
	var health string
	cmd := exec.Command(command)
	cmd.Env = append(os.Environ(), "COWORK_DATA="+filepath.Join(dir, "data"))
	for _, name := range []string{"COWORK_OTLP_GRPC", "COWORK_OTLP_HTTP", "COWORK_PAGE", "COWORK_METRICS_PORT", "COWORK_HEALTH"} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		health = listener.Addr().String()
		require.NoError(t, listener.Close())
		value := health
		if name == "COWORK_METRICS_PORT" {
			_, value, _ = net.SplitHostPort(health)
		}
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	require.NoError(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	require.Eventually(t, func() bool {
		resp, err := http.Get("http://" + health)
		if err != nil {
			return false
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		return resp.Body.Close() == nil && resp.StatusCode == http.StatusOK
	}, waitLimit, 50*time.Millisecond)
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-ended:
		require.NoError(t, err, "%s", &log)
	case <-time.After(waitLimit):
		t.Fatal("the collector did not stop")
	}
	require.Contains(t, log.String(), "received a signal, stopping", "the stop of this module")
}

// newFolder returns a folder outside the clone with the builder, the component, and the
// manifest that the README describes.
func newFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "builder"), "go.opentelemetry.io/collector/cmd/builder")
	build.Dir = root
	text, err := build.CombinedOutput()
	require.NoError(t, err, "%s", text)

	source, err := os.ReadFile("example/officehours.go")
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "officehours"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "officehours", "officehours.go"), source, 0o600))
	run(t, filepath.Join(dir, "officehours"), "go", "mod", "init", "example.com/officehours")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "builder-config.yaml"), []byte(manifest(t)), 0o600))
	return dir
}

// manifest returns the manifest of this module with the changes that the README describes.
func manifest(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "builder-config.yaml"))
	require.NoError(t, err)
	blocks := blocksOf(t, "")
	require.Len(t, blocks, 3, "dist, processors and replaces")
	_, components, found := strings.Cut(string(data), "\nreceivers:\n")
	require.True(t, found)
	own, found := strings.CutPrefix(blocks[1], "processors:\n")
	require.True(t, found)
	components = strings.Replace(components, "\nprocessors:\n", "\nprocessors:\n"+own, 1)
	// Of its modules for Windows, one is not on all proxies, and the builder downloads all.
	components = regexp.MustCompile(`(?m)^.*/hostmetricsreceiver .*\n`).ReplaceAllString(components, "")
	clone, err := filepath.Abs(root)
	require.NoError(t, err)
	replaces := strings.Replace(blocks[2], "../../collector", clone, 1)
	require.NotEqual(t, blocks[2], replaces)
	return blocks[0] + "\n" + replaces + "\nreceivers:\n" + components
}

// blocksOf returns the code of the README with a language, without indentation.
func blocksOf(t *testing.T, language string) (blocks []string) {
	t.Helper()
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile("(?s)   ```"+language+"\n(   .*?)   ```\n").FindAllStringSubmatch(string(readme), -1) {
		blocks = append(blocks, regexp.MustCompile("(?m)^   ").ReplaceAllString(m[1], ""))
	}
	return blocks
}

// commandsOf returns the commands of the README after the generation of the sources.
func commandsOf(t *testing.T) []string {
	t.Helper()
	blocks := blocksOf(t, "console")
	require.Len(t, blocks, 2)
	_, rest, found := strings.Cut(blocks[0], "$ cd our-collector\n")
	require.True(t, found)
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(rest, "$ ", "")), "\n")
	require.Len(t, lines, 3, "install, tidy and build")
	return lines
}

// run runs a command as outside a clone.
func run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-trimpath")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", fmt.Sprint(name, args, "\n", string(out)))
}
