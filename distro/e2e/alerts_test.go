package e2e

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestAlerts sends alerts to the sinks through Debian's Alertmanager and through the
// embedded one. The sinks are notified once that an alert fires and once that it is
// resolved, although the collector is killed in between.
func TestAlerts(t *testing.T) {
	for name, target := range map[string]func(*testing.T, *alerting, string) string{
		"real":     realAlertmanager,
		"embedded": embeddedAlertmanager,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAlerting(t, target)
			a.onlyOnce(t)
			a.checkPage(t)
			a.silenced(t)
			a.mu.Lock()
			defer a.mu.Unlock()
			require.NotContains(t, string(a.bodies), alertCanary, "an attribute that is not listed was sent")
			require.NotContains(t, a.collector.log.String(), alertCanary)
		})
	}
}

// An alerting is a collector, an Alertmanager and its sinks.
type alerting struct {
	*sinks
	collector *collector
	config    string
	address   string // of Alertmanager's API
	dataDir   string // of an embedded Alertmanager
}

func newAlerting(t *testing.T, target func(*testing.T, *alerting, string) string) *alerting {
	t.Helper()
	a := &alerting{sinks: newSinks(t), collector: newCollector(t), address: freePorts(t, 1)[0]}
	text, err := os.ReadFile("testdata/alertmanager.yml")
	require.NoError(t, err)
	dir := t.TempDir()
	file := filepath.Join(dir, "alertmanager.yml")
	filled := strings.NewReplacer("WEB", strings.TrimPrefix(a.web.URL, "http://"), "MAIL", a.mail.Addr().String()).Replace(string(text))
	require.NoError(t, os.WriteFile(file, []byte(filled), 0o600))
	a.config = filepath.Join(dir, "collector.yaml")
	require.NoError(t, os.WriteFile(a.config, []byte(`
receivers:
  otlp: {protocols: {http: {endpoint: "${env:COWORK_OTLP_HTTP}"}}}
exporters:
  cowork_alert:
    `+target(t, a, file)+`
    resend_interval: 1s
    expiry: 2m
    minimum_firing: 2s
    storage: file_storage
    sending_queue: {storage: file_storage}
extensions:
  health_check: {endpoint: "${env:COWORK_HEALTH}"}
  file_storage: {directory: "`+t.TempDir()+`"}
service:
  extensions: [health_check, file_storage]
  telemetry: {metrics: {level: none}}
  pipelines:
    logs: {receivers: [otlp], exporters: [cowork_alert]}
`), 0o600))
	a.collector.run(t, nil, a.config)
	return a
}

// realAlertmanager starts Debian's Alertmanager, and returns the settings that use it.
func realAlertmanager(t *testing.T, a *alerting, file string) string {
	t.Helper()
	path := peerCommand(t, "prometheus-alertmanager")
	log := &buffer{}
	cmd := exec.Command(path, "--config.file="+file, "--storage.path="+t.TempDir(), "--web.listen-address="+a.address, "--cluster.listen-address=")
	cmd.Stdout, cmd.Stderr = log, log
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	require.Eventually(t, func() bool {
		resp, err := http.Get("http://" + a.address + "/-/ready")
		return err == nil && resp.Body.Close() == nil && resp.StatusCode == http.StatusOK
	}, waitLimit, 50*time.Millisecond, "%s", log)
	return "endpoint: http://" + a.address
}

func embeddedAlertmanager(t *testing.T, a *alerting, file string) string {
	t.Helper()
	a.dataDir = t.TempDir()
	return "embedded: {config_file: " + file + ", listen: " + a.address + ", data_dir: " + a.dataDir + "}"
}

// peerCommand returns a command of a Debian package, or skips the test.
func peerCommand(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed (apt-get install prometheus-alertmanager)", name)
	}
	return path
}

func (a *alerting) send(t *testing.T, rule, status string) {
	t.Helper()
	sendAlert(t, a.collector, rule, status)
}

// requireNotified waits until every sink has a number of notifications of a rule.
func (a *alerting) requireNotified(t *testing.T, rule string, times int) {
	t.Helper()
	require.Eventually(t, func() bool {
		hooks, pages, mails := a.notifications(rule)
		return len(hooks) >= times && len(pages) >= times && len(mails) >= times
	}, waitLimit, 50*time.Millisecond, "%s has not %d notifications:\n%s", rule, times, a.collector.log)
	a.requireNoMore(t, rule, times)
}

// requireNoMore checks that no sink has more notifications of a rule.
func (a *alerting) requireNoMore(t *testing.T, rule string, times int) {
	t.Helper()
	hooks, pages, mails := a.notifications(rule)
	require.Equal(t, []string{"firing", "resolved"}[:times], hooks)
	require.Equal(t, []string{"trigger", "resolve"}[:times], pages)
	require.Equal(t, []string{"firing", "resolved"}[:times], mails)
}

// requireRecorded waits until the notification log of an embedded Alertmanager has the
// notifications of a rule to all sinks on disk. A sink receives a notification some
// milliseconds before it is recorded: a kill in between repeats it.
func (a *alerting) requireRecorded(t *testing.T, rule string) {
	t.Helper()
	if a.dataDir == "" {
		return
	}
	require.Eventually(t, func() bool {
		recorded, err := os.ReadFile(filepath.Join(a.dataDir, "nflog"))
		return err == nil && bytes.Count(recorded, []byte(`alertname="`+rule+`"`)) >= 3
	}, waitLimit, 50*time.Millisecond, "%s is not in the notification log for three receivers", rule)
}

// onlyOnce fires an alert, kills the collector, and resolves the alert.
func (a *alerting) onlyOnce(t *testing.T) {
	t.Helper()
	a.send(t, "api_error", "firing")
	a.requireNotified(t, "api_error", 1)
	a.requireRecorded(t, "api_error")
	a.collector.kill()
	a.collector.run(t, nil, a.config)
	// A later notification shows that the restart caused none: its group would have been
	// flushed before.
	a.send(t, "after_restart", "firing")
	a.requireNotified(t, "after_restart", 1)
	a.requireNoMore(t, "api_error", 1)
	a.send(t, "api_error", "resolved")
	a.requireNotified(t, "api_error", 2)
	a.collector.stop()
	a.collector.run(t, nil, a.config)
	a.send(t, "after_stop", "firing")
	a.requireNotified(t, "after_stop", 1)
	a.requireNoMore(t, "api_error", 2)
	a.requireNoMore(t, "after_restart", 1)
}

// checkPage checks that PagerDuty received the fields of the seed's handler.
func (a *alerting) checkPage(t *testing.T) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	first := a.pages[0]
	require.Equal(t, "api_error: overloaded, status 529", first.Payload.Summary)
	require.Equal(t, "critical", first.Payload.Severity)
	require.Equal(t, "briefcase-ai", first.Payload.Source)
	require.Equal(t, "R0123456789", first.RoutingKey)
	for _, p := range a.pages[1:] {
		if p.EventAction == "resolve" {
			require.Equal(t, first.DedupKey, p.DedupKey, "resolves what was triggered")
		}
	}
}

// silenced silences a rule with amtool, kills the collector, and fires the rule.
func (a *alerting) silenced(t *testing.T) {
	t.Helper()
	amtool := func(args ...string) string {
		out, err := exec.Command(peerCommand(t, "amtool"), append([]string{"--alertmanager.url=http://" + a.address}, args...)...).CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	}
	amtool("silence", "add", "--author=me", "--comment=known", "--duration=1h", "alertname=noisy")
	a.collector.kill()
	a.collector.run(t, nil, a.config)
	a.send(t, "noisy", "firing")
	require.Eventually(t, func() bool { return strings.Contains(amtool("alert", "query", "--silenced"), "noisy") }, waitLimit, 100*time.Millisecond)
	a.send(t, "after_noise", "firing")
	a.requireNotified(t, "after_noise", 1)
	a.requireNoMore(t, "noisy", 0)
	require.Contains(t, amtool("alert", "query"), "after_noise")
}
