package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// TestAlertsOfCaptures sends recorded events through rules to the sinks. The collector is
// killed while an alert fires: the sinks are notified once that it fires and once that it
// is resolved.
func TestAlertsOfCaptures(t *testing.T) {
	for name, target := range map[string]func(*testing.T, *alerting, string) string{
		"real":     realAlertmanager,
		"embedded": embeddedAlertmanager,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAlertingWithRules(t, target)
			postRecent(t, a.collector, "api-error-json")
			a.requireNotified(t, "api_error", 1)
			// A later notification shows that Alertmanager has stored the earlier one.
			postRecent(t, a.collector, "connectors-json")
			a.awaitFiring(t, "tool_failure", "crm")
			a.collector.kill()
			a.collector.run(t, nil, a.config)
			a.requireNotified(t, "api_error", 2)
			a.mu.Lock()
			defer a.mu.Unlock()
			require.NotRegexp(t, sensitive, strings.ReplaceAll(string(a.bodies), "@example.com", ""), "except in the addresses of mails")
			require.Equal(t, "critical", a.pageOf("api_error").Payload.Severity)
			require.Equal(t, "briefcase-ai", a.pageOf("api_error").Payload.Source)
		})
	}
}

// newAlertingWithRules is newAlerting with rules in front, whose alerts resolve soon.
func newAlertingWithRules(t *testing.T, target func(*testing.T, *alerting, string) string) *alerting {
	t.Helper()
	a := newAlerting(t, target)
	a.collector.stop()
	text, err := os.ReadFile(a.config)
	require.NoError(t, err)
	changed := strings.NewReplacer(
		"logs: {receivers: [otlp], exporters: [cowork_alert]}",
		`logs: {receivers: [otlp], processors: [cowork_event, cowork_redaction, cowork_correlation], exporters: [cowork_rules]}
    logs/alerts: {receivers: [cowork_rules], exporters: [cowork_alert]}`,
		"exporters:\n  cowork_alert:", `processors: {cowork_event: , cowork_redaction: , cowork_correlation: }
connectors:
  cowork_rules:
    overrides: {api_error: {resolve_after: 6s}}
    evaluation_interval: 500ms
    storage: file_storage
exporters:
  cowork_alert:`,
	).Replace(string(text))
	a.config = filepath.Join(t.TempDir(), "rules.yaml")
	require.NoError(t, os.WriteFile(a.config, []byte(changed), 0o600))
	a.collector.run(t, nil, a.config)
	return a
}

// awaitFiring waits until the webhook is notified that a rule fires for a connector.
func (a *alerting) awaitFiring(t *testing.T, rule, connector string) {
	t.Helper()
	require.Eventually(t, func() bool {
		a.mu.Lock()
		defer a.mu.Unlock()
		for _, hook := range a.webhooks {
			for _, alert := range hook.Alerts {
				if alert.Labels["alertname"] == rule && alert.Labels["connector"] == connector {
					return true
				}
			}
		}
		return false
	}, waitLimit, 50*time.Millisecond, "%s", a.collector.log)
}

// pageOf returns the first page of a rule.
func (a *alerting) pageOf(rule string) page {
	for _, p := range a.pages {
		if strings.HasPrefix(p.Payload.Summary, rule+":") {
			return p
		}
	}
	return page{}
}

// postRecent sends the recorded logs of a run with the current time.
func postRecent(t *testing.T, c *collector, capture string) {
	t.Helper()
	for _, r := range captures(t)[capture] {
		if r.signal != "logs" {
			continue
		}
		req := plogotlp.NewExportRequest()
		require.NoError(t, req.UnmarshalJSON(r.body))
		for _, rl := range req.Logs().ResourceLogs().All() {
			for _, sl := range rl.ScopeLogs().All() {
				for _, rec := range sl.LogRecords().All() {
					now := time.Now()
					rec.SetTimestamp(pcommon.NewTimestampFromTime(now))
					rec.SetObservedTimestamp(pcommon.NewTimestampFromTime(now))
					rec.Attributes().PutStr("event.timestamp", now.UTC().Format(time.RFC3339Nano))
				}
			}
		}
		body, err := req.MarshalJSON()
		require.NoError(t, err)
		status, answer := c.post(t, request{r.name, r.signal, r.contentType, body})
		require.Equal(t, http.StatusOK, status, answer)
	}
}
