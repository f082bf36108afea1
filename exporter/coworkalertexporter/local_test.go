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
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

// A hook is a webhook, and how often it was told what.
type hook struct {
	*httptest.Server
	mu   sync.Mutex
	told []string
}

func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var message struct {
			Status      string
			GroupLabels map[string]string
		}
		if json.NewDecoder(r.Body).Decode(&message) == nil {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.told = append(h.told, message.GroupLabels[nameLabel]+" "+message.Status)
		}
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) heard() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.told...)
}

// inProcess has an Alertmanager that tells a webhook of everything.
func inProcess(dir, url, listen string) func(*Config) {
	return func(cfg *Config) {
		cfg.Embedded = configoptional.Some(Embedded{DataDir: dir, Listen: listen, Inline: Inline{map[string]any{
			"route":     map[string]any{"receiver": "hook", "group_by": []any{"alertname"}, "group_wait": "100ms", "group_interval": "200ms"},
			"receivers": []any{map[string]any{"name": "hook", "webhook_configs": []any{map[string]any{"url": url, "max_alerts": 10}}}},
		}}})
	}
}

// TestEmbedded has the Alertmanager in this process tell of an alert and its end, with
// a restart between them: once each.
func TestEmbedded(t *testing.T) {
	h, dir := newHook(t), t.TempDir()
	configure := inProcess(dir, h.URL, "")
	r := start(t, componenttest.NewNopHost(), configure)
	r.send(t, recordsOf(t, noon, nil))
	eventually(t, func() bool { return len(h.heard()) == 1 }, "it fires")
	eventually(t, func() bool {
		info, err := os.Stat(filepath.Join(dir, notificationsFile))
		return err == nil && info.Size() > 0
	}, "it is on disk at once")
	r.end()

	r = start(t, componenttest.NewNopHost(), configure)
	r.send(t, recordsOf(t, noon, nil)) // the rule repeats it
	eventually(t, func() bool { return r.counter("exporter_cowork_alert_deliveries") == 1 }, "it is taken")
	// Another group waits as long, but from now on: the first has had its turn by then.
	r.send(t, recordsOf(t, noon, attributes{"alert.name": "other"}))
	eventually(t, func() bool { return slices.Contains(h.heard(), "other firing") }, "the other is told")
	require.Equal(t, []string{"api_error firing", "other firing"}, h.heard(), "nobody is told twice")
	r.send(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
	eventually(t, func() bool { return len(h.heard()) == 3 }, "it is over")
	require.Equal(t, []string{"api_error firing", "other firing", "api_error resolved"}, h.heard())
}

// TestServed checks what is served beside the API.
func TestServed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := l.Addr().String()
	require.NoError(t, l.Close())
	dir := t.TempDir()
	start(t, componenttest.NewNopHost(), inProcess(dir, "http://127.0.0.1:1", address))
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
	require.Positive(t, info.Size(), "a silence is on disk at once")
}

// TestBadData checks that nothing runs, and nothing leaks, if data_dir or the address
// cannot be used.
func TestBadData(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, silencesFile), []byte("nonsense"), 0o600))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	for want, configure := range map[string]func(*Config){
		"data_dir: silences": inProcess(dir, "http://127.0.0.1:1", "127.0.0.1:0"),
		"listen":             inProcess(t.TempDir(), "http://127.0.0.1:1", l.Addr().String()),
	} {
		cfg := createDefaultConfig().(*Config)
		configure(cfg)
		_, err = openLocal(t.Context(), cfg.Embedded.Get(), zap.NewNop())
		require.ErrorContains(t, err, want)
	}
}

// TestLogSaysNoValue has a receiver refuse an alert, and looks for what it answered.
func TestLogSaysNoValue(t *testing.T) {
	end := httptest.NewServer(status(http.StatusBadRequest))
	defer end.Close()
	core, logs := observer.New(zap.DebugLevel)
	cfg := createDefaultConfig().(*Config)
	inProcess(t.TempDir(), end.URL+"/"+secret, "")(cfg)
	l, err := openLocal(t.Context(), cfg.Embedded.Get(), zap.New(core))
	require.NoError(t, err)
	now := time.Now()
	require.NoError(t, l.post(t.Context(), []notice{{Labels: map[string]string{nameLabel: secret}, StartsAt: now, EndsAt: now.Add(time.Hour)}}))
	eventually(t, func() bool { return logs.Len() > 0 }, "the failure is told")
	require.NoError(t, l.close(context.Background()))
	for _, entry := range logs.All() {
		require.NotContains(t, entry.Message, secret)
		for _, field := range entry.Context {
			require.NotContains(t, field.String, secret)
			require.Contains(t, loggable, field.Key)
		}
	}
}
