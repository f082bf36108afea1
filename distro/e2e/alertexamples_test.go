package e2e

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	amconfig "github.com/prometheus/alertmanager/config"
	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"go.yaml.in/yaml/v3"
)

// alertExamples maps each alert example to the receiver of its alerts.
var alertExamples = map[string]func(t *testing.T) (env []string, arrived arrives){
	"alerts.yaml":              toEmbedded,
	"alerts-alertmanager.yaml": toAlertmanager,
	"alerts-kafka.yaml":        toAlertTopic,
	"alerts-siem.yaml": func(t *testing.T) ([]string, arrives) {
		t.Helper()
		end := newBackend(t)
		return []string{"SIEM_ENDPOINT=" + end.URL, "SIEM_AUTHORIZATION=Bearer test"}, end.arrived("logs")
	},
}

// TestAlertExamples validates and starts each alert example, and sends an alert through
// it.
func TestAlertExamples(t *testing.T) {
	for name, end := range alertExamples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("../examples", name)
			env, arrived := end(t)
			validateWith(t, env, file)
			c := startWith(t, env, file)
			postRecent(t, c, "api-error-json")
			require.Eventually(t, arrived, waitLimit, 50*time.Millisecond, "nothing arrived:\n%s", c.log)
		})
	}
}

// validateWith validates a configuration with additional environment variables.
func validateWith(t *testing.T, env []string, file string) {
	t.Helper()
	cmd := exec.Command(command("otelcol-cowork"), "validate", "--config", file)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// toEmbedded queries the API of the Alertmanager in the collector.
func toEmbedded(t *testing.T) ([]string, arrives) {
	t.Helper()
	address := freePorts(t, 1)[0]
	return []string{"ALERTMANAGER_CONFIG=../examples/alertmanager.yml", "ALERTMANAGER_LISTEN=" + address}, func() bool {
		resp, err := http.Get("http://" + address + "/api/v2/alerts")
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		var body bytes.Buffer
		_, err = body.ReadFrom(resp.Body)
		return err == nil && strings.Contains(body.String(), `"alertname":"api_error"`)
	}
}

func toAlertmanager(t *testing.T) ([]string, arrives) {
	t.Helper()
	var took atomic.Bool
	end := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		took.Store(took.Load() || r.URL.Path == "/api/v2/alerts" && r.Header.Get("Authorization") == "Bearer test")
	}))
	t.Cleanup(end.Close)
	return []string{"ALERTMANAGER_URL=" + end.URL, "ALERTMANAGER_AUTHORIZATION=Bearer test"}, took.Load
}

func toAlertTopic(t *testing.T) ([]string, arrives) {
	t.Helper()
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, "cowork.alerts"))
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	client, err := kgo.NewClient(kgo.SeedBrokers(cluster.ListenAddrs()...), kgo.ConsumeTopics("cowork.alerts"))
	require.NoError(t, err)
	t.Cleanup(client.Close)
	return []string{"KAFKA_BROKERS=" + cluster.ListenAddrs()[0]}, func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		return client.PollFetches(ctx).NumRecords() > 0
	}
}

const alertmanagerExample = "../examples/alertmanager.yml"

// TestAlertmanagerExample loads the example with the library that the collector uses.
func TestAlertmanagerExample(t *testing.T) {
	conf, err := amconfig.LoadFile(alertmanagerExample)
	require.NoError(t, err)
	notifiers := 0
	for _, r := range conf.Receivers {
		notifiers += len(r.PagerdutyConfigs) + len(r.SlackConfigs) + len(r.MSTeamsV2Configs) + len(r.EmailConfigs) + len(r.WebhookConfigs) + len(r.OpsGenieConfigs)
	}
	require.Equal(t, 6, notifiers, "PagerDuty, Opsgenie, Slack, Teams, e-mail, webhook")
}

// TestAmtoolChecksExample checks the example with amtool. An amtool before 0.28 does not
// support Teams workflows, so they are removed for it.
func TestAmtoolChecksExample(t *testing.T) {
	amtool := peerCommand(t, "amtool")
	text, err := os.ReadFile(alertmanagerExample)
	require.NoError(t, err)
	var conf map[string]any
	require.NoError(t, yaml.Unmarshal(text, &conf))
	version, err := exec.Command(amtool, "--version").CombinedOutput()
	require.NoError(t, err)
	if strings.Contains(string(version), "version 0.25") {
		for _, r := range conf["receivers"].([]any) {
			delete(r.(map[string]any), "msteamsv2_configs")
		}
	}
	templates, err := filepath.Abs("../examples/cowork.tmpl")
	require.NoError(t, err)
	conf["templates"] = []string{templates}
	text, err = yaml.Marshal(conf)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "alertmanager.yml")
	require.NoError(t, os.WriteFile(file, text, 0o600))
	out, err := exec.Command(amtool, "check-config", file).CombinedOutput()
	require.NoError(t, err, "%s", out)
	for labels, receivers := range map[string]string{
		"severity=critical": "record,on-call", "severity=warning": "record,chat", "alertname=cost_threshold severity=warning": "record,owners",
	} {
		args := append([]string{"config", "routes", "test", "--config.file=" + file}, strings.Fields(labels)...)
		out, err := exec.Command(amtool, args...).Output()
		require.NoError(t, err)
		require.Equal(t, receivers, strings.TrimSpace(string(out)), labels)
	}
}
