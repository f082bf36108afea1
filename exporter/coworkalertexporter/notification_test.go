package coworkalertexporter

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// testReport returns a report of a test's own component.
func testReport(t *testing.T) notificationReport {
	t.Helper()
	telemetry, err := metadata.NewTelemetryBuilder(componenttest.NewNopTelemetrySettings())
	require.NoError(t, err)
	return notificationReport{"exporter " + t.Name(), telemetry}
}

// problemsOf returns the problems of a component, as "subject: text".
func problemsOf(component string) (lines []string) {
	all := problem.List()
	for _, p := range all {
		if p.Component == component {
			lines = append(lines, p.Subject+": "+p.Text)
		}
	}
	return lines
}

// TestReasons checks the reasons of real failures. They contain no part of the URL but
// the host.
func TestReasons(t *testing.T) {
	plain := httptest.NewServer(respondWith(http.StatusOK))
	defer plain.Close()
	encrypted := httptest.NewTLSServer(respondWith(http.StatusOK))
	defer encrypted.Close()
	closed := httptest.NewServer(respondWith(http.StatusOK))
	closed.Close()
	get := func(url string, client *http.Client) error {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/"+secret, http.NoBody)
		require.NoError(t, err)
		resp, err := client.Do(req)
		if err == nil {
			err = resp.Body.Close()
			require.NoError(t, err)
		}
		return err
	}
	ended, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	_, missing := os.ReadFile(filepath.Join(t.TempDir(), "routing_key"))
	otherName := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: x509.NewCertPool(), ServerName: "receiver.test", MinVersion: tls.VersionTLS12}}}
	otherName.Transport.(*http.Transport).TLSClientConfig.RootCAs.AddCert(encrypted.Certificate())
	for _, c := range []struct {
		err        error
		text, kind string
	}{
		{get(closed.URL, http.DefaultClient), "connection refused", "refused"},
		{get(encrypted.URL, http.DefaultClient), "TLS: the certificate is signed by an unknown authority", "tls"},
		{get(encrypted.URL, otherName), "TLS: the certificate is for another host", "tls"},
		{get(strings.Replace(plain.URL, "http:", "https:", 1), http.DefaultClient), "TLS: the receiver does not answer with TLS", "tls"},
		{fmt.Errorf("%s: %w", secret, &net.DNSError{Name: secret + ".example.com", IsNotFound: true}), "host unknown", "dns"},
		{fmt.Errorf("%s: %w", secret, ended.Err()), "timeout", "timeout"},
		{errors.New("unexpected status code 401: " + secret), "status 401 Unauthorized", "status"},
		{&textproto.Error{Code: 535, Msg: secret}, "SMTP code 535", "status"},
		{notify.NewErrorWithReason(notify.RateLimitedReason, errors.New(secret)), "rateLimited", "other"},
		{errors.New(secret), "other error", "other"},
	} {
		text, kind := reasonOf(c.err)
		require.Equal(t, c.text, text)
		require.Equal(t, c.kind, kind)
	}
	text, kind := reasonOf(missing)
	require.True(t, strings.HasPrefix(text, "cannot read the file ") && strings.HasSuffix(text, "/routing_key"), text)
	require.Equal(t, "file", kind)
}

// TestDeliveredAfterOutage checks that a receiver that was away for as long as an alert
// fired is notified of its beginning and its end. It got neither: Alertmanager does not
// notify of an alert that is resolved before the first notification.
func TestDeliveredAfterOutage(t *testing.T) {
	for name, restart := range map[string]bool{"one run": false, "with a restart": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // a group is flushed every ten seconds
			h, away, refused := newAwayWebhook(t)
			disk := statefultest.NewDisk()
			dir := t.TempDir()
			configure := func(cfg *Config) {
				withEmbedded(dir, h.URL, "")(cfg)
				cfg.Storage = &statefultest.DiskID
				cfg.MinimumFiring, cfg.ResendInterval = 100*time.Millisecond, 200*time.Millisecond
			}
			e := startExporter(t, disk, configure)
			e.consume(t, recordsOf(t, noon, nil))
			<-refused
			e.consume(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
			eventually(t, func() bool { return e.metric("notification_failures") > 1 }, "failures are counted")
			eventually(t, func() bool {
				text, err := os.ReadFile(filepath.Join(dir, undeliveredFile))
				return err == nil && strings.Contains(string(text), "hook/webhook[0]")
			}, "the outage is on disk")
			require.Empty(t, h.notifications())
			if restart {
				e.stop()
				e = startExporter(t, disk, configure)
				<-refused
			}
			away.Store(false)
			eventually(t, func() bool { return len(h.notifications()) == 2 }, "notifications after the outage")
			require.Equal(t, []string{"api_error firing", "api_error resolved"}, h.notifications())
		})
	}
}

// TestOneIntegrationAway checks that a receiver's other integration is notified once,
// while one is away.
func TestOneIntegrationAway(t *testing.T) {
	h := newWebhook(t)
	configure := func(cfg *Config) {
		withEmbedded(t.TempDir(), h.URL, "")(cfg)
		hooks := cfg.Embedded.Get().Inline.settings["receivers"].([]any)[0].(map[string]any)
		hooks["webhook_configs"] = append(hooks["webhook_configs"].([]any), map[string]any{"url": "http://127.0.0.1:1/" + secret})
		cfg.MinimumFiring = 100 * time.Millisecond
	}
	e := startExporter(t, componenttest.NewNopHost(), configure)
	e.consume(t, recordsOf(t, noon, nil))
	eventually(t, func() bool { return len(problemsOf("exporter cowork_alert")) == 1 }, "the problem is listed")
	require.Equal(t, []string{"receiver hook: webhook[1]: connection refused"}, problemsOf("exporter cowork_alert"))
	eventually(t, func() bool { return len(h.notifications()) == 1 }, "firing")
	e.consume(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
	eventually(t, func() bool { return len(h.notifications()) == 2 }, "resolved")
	require.Equal(t, []string{"api_error firing", "api_error resolved"}, h.notifications())
	e.stop()
	require.Empty(t, problemsOf("exporter cowork_alert"))
}

// TestUndeliveredBound checks that alerts above the limit are counted and not kept.
func TestUndeliveredBound(t *testing.T) {
	dropped := 0
	l := openUndelivered(t.TempDir(), 2, func(n int) { dropped += n }, zap.NewNop())
	require.True(t, l.set("a", "g", []model.Fingerprint{1, 2}))
	require.False(t, l.set("a", "h", []model.Fingerprint{3}))
	require.Equal(t, 1, dropped)
	require.True(t, l.has(1))
	require.False(t, l.has(3))
	require.True(t, l.set("a", "g", []model.Fingerprint{2}))
	require.True(t, l.set("a", "h", []model.Fingerprint{3}))
	require.True(t, l.set("a", "g", nil))
	require.Equal(t, map[string]map[string][]string{"a": {"h": {"0000000000000003"}}}, l.encode())
}

// TestUndeliveredChanges checks that the file is written when an alert begins or ends to
// wait, and not at each retry: in an outage each group is retried, and the file has all.
func TestUndeliveredChanges(t *testing.T) {
	l := openUndelivered(t.TempDir(), 9, func(int) {}, zap.NewNop())
	writes := 0
	l.changed = func(map[string]map[string][]string) { writes++ }
	for range 3 {
		l.begin("a", "g", []model.Fingerprint{1, 2})
		l.set("a", "g", []model.Fingerprint{1, 2})
		l.set("b", "g", []model.Fingerprint{2, 1})
	}
	require.Equal(t, 2, writes)
	l.delivered("a", "g", []model.Fingerprint{1, 2})
	require.True(t, l.has(1), "by the other integration")
	l.set("b", "g", []model.Fingerprint{2})
	l.set("b", "h", nil)
	require.Equal(t, 4, writes)
	require.False(t, l.has(1))
	require.True(t, l.has(2))
	require.Len(t, l.groups, 1)
}

// TestUndeliveredFile checks that the list is restored, and that a damaged file is
// ignored.
func TestUndeliveredFile(t *testing.T) {
	dir := t.TempDir()
	l := openUndelivered(dir, 2, func(int) {}, zap.NewNop())
	l.set("a", "g", []model.Fingerprint{1})
	again := openUndelivered(dir, 2, func(int) {}, zap.NewNop())
	require.True(t, again.has(1))
	require.NoError(t, os.WriteFile(filepath.Join(dir, undeliveredFile), []byte(`{"a": {"g": ["x"`), 0o600))
	core, logs := observer.New(zap.WarnLevel)
	require.False(t, openUndelivered(dir, 2, func(int) {}, zap.New(core)).has(1))
	require.Equal(t, 1, logs.Len())
}

// TestUndeliveredAfterClose is for a notification that failed after the shutdown: it wrote
// undelivered.json again, while the next instance writes it.
func TestUndeliveredAfterClose(t *testing.T) {
	dir := t.TempDir()
	cfg := createDefaultConfig().(*Config)
	withEmbedded(dir, "http://127.0.0.1:1/", "")(cfg)
	em, err := openEmbedded(t.Context(), cfg.Embedded.Get(), zap.NewNop(), 9, testReport(t))
	require.NoError(t, err)
	log := em.instance.undelivered
	log.set("hook/webhook[0]", "group", []model.Fingerprint{1})
	file := filepath.Join(dir, undeliveredFile)
	require.FileExists(t, file)
	require.NoError(t, em.close(t.Context()))
	require.NoError(t, os.Remove(file))
	log.set("hook/webhook[0]", "group", []model.Fingerprint{1, 2})
	require.NoFileExists(t, file)
}

// TestUndeliveredRoutes removes a receiver that is away from the configuration. Its alerts
// no longer wait, those of the other receiver do.
func TestUndeliveredRoutes(t *testing.T) {
	dir := t.TempDir()
	l := openUndelivered(dir, 9, func(int) {}, zap.NewNop())
	l.set("hook/webhook[0]", "{}:{alertname=\"a\"}", []model.Fingerprint{1})
	l.set("hook/webhook[1]", "{}:{alertname=\"a\"}", []model.Fingerprint{2})
	l.set("hook/webhook[0]", "{}/{user=\"u\"}:{}", []model.Fingerprint{3})
	cfg := createDefaultConfig().(*Config)
	withEmbedded(dir, "http://127.0.0.1:1/", "")(cfg)
	em, err := openEmbedded(t.Context(), cfg.Embedded.Get(), zap.NewNop(), 9, testReport(t))
	require.NoError(t, err)
	require.Equal(t, []bool{true, false, false}, []bool{em.instance.undelivered.has(1), em.instance.undelivered.has(2), em.instance.undelivered.has(3)})
	require.NoError(t, em.close(t.Context()))
}
