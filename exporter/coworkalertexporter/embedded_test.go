package coworkalertexporter

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/config/configoptional"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// A webhook is a receiver that collects notifications.
type webhook struct {
	*httptest.Server
	mu       sync.Mutex
	received []string
}

func newWebhook(t *testing.T) *webhook {
	t.Helper()
	h := &webhook{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var message struct {
			Status      string
			GroupLabels map[string]string
		}
		if json.NewDecoder(r.Body).Decode(&message) == nil {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.received = append(h.received, message.GroupLabels[nameLabel]+" "+message.Status)
		}
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *webhook) notifications() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.received)
}

// withEmbedded configures an embedded Alertmanager that notifies a webhook of all alerts.
func withEmbedded(dir, url, listen string) func(*Config) {
	return func(cfg *Config) {
		cfg.Embedded = configoptional.Some(EmbeddedConfig{DataDir: dir, Listen: listen, Inline: InlineConfig{map[string]any{
			"route":     map[string]any{"receiver": "hook", "group_by": []any{"alertname"}, "group_wait": "100ms", "group_interval": "200ms"},
			"receivers": []any{map[string]any{"name": "hook", "webhook_configs": []any{map[string]any{"url": url, "max_alerts": 10}}}},
		}}})
	}
}

// TestEmbedded checks that the embedded Alertmanager notifies once of an alert and once
// of its end, with a restart between them.
func TestEmbedded(t *testing.T) {
	h, dir := newWebhook(t), t.TempDir()
	configure := withEmbedded(dir, h.URL, "")
	e := startExporter(t, componenttest.NewNopHost(), configure)
	e.consume(t, recordsOf(t, noon, nil))
	eventually(t, func() bool { return len(h.notifications()) == 1 }, "firing notification")
	eventually(t, func() bool {
		info, err := os.Stat(filepath.Join(dir, notificationLogFile))
		return err == nil && info.Size() > 0
	}, "the notification log is on disk")
	e.stop()

	e = startExporter(t, componenttest.NewNopHost(), configure)
	e.consume(t, recordsOf(t, noon, nil)) // repeated by the rule
	eventually(t, func() bool { return e.metric("deliveries") == 1 }, "accepted")
	// A group that starts later waits as long, so the first group is done by then.
	e.consume(t, recordsOf(t, noon, attributes{"alert.name": "other"}))
	eventually(t, func() bool { return slices.Contains(h.notifications(), "other firing") }, "notification of the second alert")
	require.Equal(t, []string{"api_error firing", "other firing"}, h.notifications(), "no repeated notification")
	e.consume(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
	eventually(t, func() bool { return len(h.notifications()) == 3 }, "resolved notification")
	require.Equal(t, []string{"api_error firing", "other firing", "api_error resolved"}, h.notifications())
}

// TestEmbeddedServer checks the API, the metrics and the health checks.
func TestEmbeddedServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := l.Addr().String()
	require.NoError(t, l.Close())
	dir := t.TempDir()
	startExporter(t, componenttest.NewNopHost(), withEmbedded(dir, "http://127.0.0.1:1", address))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	check := func(method, path, body, want string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, "http://"+address+path, strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/json")
		resp, err := client.Do(req)
		require.NoError(t, err)
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, resp.StatusCode, "%s", text)
		require.Contains(t, string(text), want)
	}
	check(http.MethodGet, "/-/ready", "", "OK")
	check(http.MethodGet, "/metrics", "", "alertmanager_notifications_failed_total")
	check(http.MethodGet, "/api/v2/status", "", "config")
	check(http.MethodPost, "/api/v2/silences", `{"matchers":[{"name":"a","value":"b","isRegex":false}],"startsAt":"2026-01-01T00:00:00Z","endsAt":"2100-01-01T00:00:00Z","createdBy":"me","comment":"c"}`, "silenceID")
	info, err := os.Stat(filepath.Join(dir, silencesFile))
	require.NoError(t, err)
	require.Positive(t, info.Size(), "the silence is on disk")
}

// TestEmbeddedStartErrors checks that no goroutine remains after a start with an invalid
// data_dir or listen address.
func TestEmbeddedStartErrors(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, silencesFile), 0o700)) // is not a file
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	for want, configure := range map[string]func(*Config){
		"data_dir: silences": withEmbedded(dir, "http://127.0.0.1:1", "127.0.0.1:0"),
		"listen":             withEmbedded(t.TempDir(), "http://127.0.0.1:1", l.Addr().String()),
	} {
		cfg := createDefaultConfig().(*Config)
		configure(cfg)
		_, err = openEmbedded(t.Context(), cfg.Embedded.Get(), zap.NewNop(), 100, testReport(t))
		require.ErrorContains(t, err, want)
	}
}

// TestLogHasNoValues checks that a receiver's response is not logged.
func TestLogHasNoValues(t *testing.T) {
	receiver := httptest.NewServer(respondWith(http.StatusBadRequest))
	defer receiver.Close()
	core, logs := observer.New(zap.DebugLevel)
	cfg := createDefaultConfig().(*Config)
	withEmbedded(t.TempDir(), receiver.URL+"/"+secret, "")(cfg)
	em, err := openEmbedded(t.Context(), cfg.Embedded.Get(), zap.New(core), 100, testReport(t))
	require.NoError(t, err)
	now := time.Now()
	require.NoError(t, em.post(t.Context(), []postableAlert{{Labels: map[string]string{nameLabel: secret}, StartsAt: now, EndsAt: now.Add(time.Hour)}}))
	eventually(t, func() bool { return logs.Len() > 0 }, "the failure is logged")
	require.NoError(t, em.close(context.Background()))
	for _, entry := range logs.All() {
		require.NotContains(t, entry.Message, secret)
		for _, field := range entry.Context {
			require.NotContains(t, field.String, secret)
			require.Contains(t, append(loggableAttributes, "reason", "setting"), field.Key)
		}
	}
}

// TestShutdownAfterFailedStart checks that a collector can shut down an exporter whose
// start returned an error.
func TestShutdownAfterFailedStart(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, silencesFile), 0o700)) // is not a file
	cfg := createDefaultConfig().(*Config)
	withEmbedded(dir, "http://127.0.0.1:1", "")(cfg)
	cfg.Storage = &statefultest.DiskID
	disk := statefultest.NewDisk()
	e, err := NewFactory().CreateLogs(t.Context(), exportertest.NewNopSettings(NewFactory().Type()), cfg)
	require.NoError(t, err)
	require.ErrorContains(t, e.Start(t.Context(), disk), "data_dir: silences")
	require.NoError(t, e.Shutdown(t.Context()))
	require.Zero(t, disk.OpenClients())
}
