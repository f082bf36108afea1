package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// requireRedaction is the variable that packaged units set.
const requireRedaction = "COWORK_REQUIRE_REDACTION=true"

// TestRawTelemetry validates and starts configurations in which telemetry is not redacted:
// both warn, and both fail if redaction is required.
func TestRawTelemetry(t *testing.T) {
	t.Parallel()
	const head = `
receivers: {otlp: {protocols: {http: {endpoint: "${env:COWORK_OTLP_HTTP}"}}}}
extensions:
  health_check: {endpoint: "${env:COWORK_HEALTH}"}
  file_storage: {directory: "${env:COWORK_DATA}/state", create_directory: true}
exporters: {otlp_http: {endpoint: "http://127.0.0.1:1", sending_queue: {storage: file_storage}}}
processors: {cowork_event: , cowork_redaction: , cowork_correlation: {storage: file_storage}}
`
	const tail = "\n  telemetry: {metrics: {level: none}}\n"
	for name, tt := range map[string]struct{ service, want string }{
		"stock": {
			"service:\n  extensions: [health_check, file_storage]\n  pipelines: {logs: {receivers: [otlp], exporters: [otlp_http]}}",
			"service::pipelines::logs: without redaction, telemetry of receivers::otlp reaches exporters::otlp_http (keeps it on disk in file_storage) (add cowork_event and cowork_redaction to the processors)",
		},
		"wrong order": {
			"service:\n  extensions: [health_check, file_storage]\n  pipelines: {logs: {receivers: [otlp], processors: [cowork_event, cowork_correlation, cowork_redaction], exporters: [otlp_http]}}",
			"service::pipelines::logs::processors: without redaction, telemetry of receivers::otlp reaches processors::cowork_correlation (keeps it on disk in file_storage) (put cowork_redaction in front)",
		},
	} {
		file := filepath.Join(t.TempDir(), "raw.yaml")
		require.NoError(t, os.WriteFile(file, []byte(head+tt.service+tail), 0o600), name)

		c := newCollector(t)
		validate := func(env ...string) (string, error) {
			cmd := exec.Command(command("otelcol-cowork"), "validate", "--config", file)
			cmd.Env = append(append(os.Environ(), c.env()...), env...)
			out, err := cmd.CombinedOutput()
			return string(out), err
		}
		out, err := validate()
		require.NoError(t, err, "%s", out)
		require.Equal(t, "warning: "+tt.want+"\n", out, name)
		out, err = validate(requireRedaction)
		require.Error(t, err, name)
		require.Equal(t, "the configuration has 1 error:\n  "+tt.want+"; COWORK_REQUIRE_REDACTION refuses it\n", out, name)

		c.run(t, nil, file)
		require.Equal(t, 1, strings.Count(c.log.String(), "configuration: "+tt.want), "%s", c.log)
		c.stop()
		cmd := c.command(file)
		cmd.Env = append(cmd.Env, requireRedaction)
		require.Error(t, cmd.Run(), name)
		require.Contains(t, c.log.String(), tt.want+"; COWORK_REQUIRE_REDACTION refuses it", name)
	}
}

// TestRawReload reloads a collector with a configuration that no longer redacts, although
// redaction is required. The collector runs on with the last configuration.
func TestRawReload(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "config.yaml")
	require.NoError(t, os.WriteFile(file, []byte("exporters: {debug: {verbosity: basic}}\n"), 0o600))
	c := startWith(t, []string{requireRedaction}, filepath.Join(root, "distro/config.yaml"), file)
	require.NotContains(t, c.log.String(), "without redaction")
	require.NoError(t, os.WriteFile(file, []byte("processors: {cowork_redaction: {enabled: false}}\n"), 0o600))
	require.NoError(t, c.signal(syscall.SIGHUP))
	require.Eventually(t, func() bool {
		return strings.Contains(c.log.String(), "reload: the configuration is not valid, the running one stays")
	}, waitLimit, 20*time.Millisecond, "%s", c.log)
	require.Contains(t, c.log.String(), "set processors::cowork_redaction::enabled: true")
	require.True(t, c.healthy())
	c.stop()
}

// TestRawSet switches redaction off with a flag.
func TestRawSet(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(command("otelcol-cowork"), "validate", "--config", "default:", "--set", "processors.cowork_redaction.enabled=false")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "(set processors::cowork_redaction::enabled: true)")
	require.Equal(t, strings.Count(string(out), "\n"), strings.Count(string(out), "warning: service::pipelines::"), "%s", out)
}
