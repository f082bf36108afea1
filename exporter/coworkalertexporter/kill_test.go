package coworkalertexporter

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// newAwayWebhook returns a receiver that refuses notifications while it is away, and a
// channel that gets its refusals.
func newAwayWebhook(t *testing.T) (h *webhook, away *atomic.Bool, refused <-chan struct{}) {
	t.Helper()
	h, away = newWebhook(t), &atomic.Bool{}
	away.Store(true)
	inner, refusals := h.Config.Handler, make(chan struct{}, 100)
	h.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if away.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			refusals <- struct{}{}
			return
		}
		inner.ServeHTTP(w, r)
	})
	return h, away, refusals
}

// TestDeliveredAfterKill restarts the exporter with what a kill leaves while a receiver is
// away: an alert that fired and is resolved, and no list of undelivered alerts.
func TestDeliveredAfterKill(t *testing.T) {
	h, away, refused := newAwayWebhook(t)
	disk, dir := statefultest.NewDisk(), t.TempDir()
	configure := func(cfg *Config) {
		withEmbedded(dir, h.URL, "")(cfg)
		cfg.Storage = &statefultest.DiskID
		cfg.MinimumFiring, cfg.ResendInterval = 100*time.Millisecond, 200*time.Millisecond
	}
	e := startExporter(t, disk, configure)
	e.consume(t, recordsOf(t, noon, nil))
	<-refused
	e.consume(t, recordsOf(t, noon.Add(time.Minute), resolvedRecord))
	eventually(t, func() bool { return strings.Contains(string(disk.Value(disk.Keys()[0])), `"over"`) }, "sent as resolved")
	killed, left := disk.Copy(), t.TempDir()
	require.NoError(t, os.CopyFS(left, os.DirFS(dir)))
	e.stop()
	require.Empty(t, h.notifications())

	away.Store(false)
	dir = left
	startExporter(t, killed, configure)
	eventually(t, func() bool { return len(h.notifications()) == 2 }, "notifications after the kill")
	require.Equal(t, []string{"api_error firing", "api_error resolved"}, h.notifications())
}

// TestResolvedWhileKilled restarts the exporter with an alert that Alertmanager had accepted
// as firing, and of which a kill prevented the notification. It was sent as resolved, of
// which Alertmanager does not notify.
func TestResolvedWhileKilled(t *testing.T) {
	h, disk := newWebhook(t), statefultest.NewDisk()
	a := alertAt("a", 1, resolved)
	value, err := json.Marshal(&activeAlert{Alert: a, ReceivedAt: time.Now(), FiringAt: noon})
	require.NoError(t, err)
	disk.SetValue(storagePrefix+a.key(), value)
	dir := t.TempDir()
	startExporter(t, disk, func(cfg *Config) {
		withEmbedded(dir, h.URL, "")(cfg)
		cfg.Storage = &statefultest.DiskID
		cfg.MinimumFiring = time.Second
	})
	eventually(t, func() bool { return len(h.notifications()) == 2 }, "notifications after the kill")
	require.Equal(t, []string{"a firing", "a resolved"}, h.notifications())
}

// TestUndeliveredBegin checks which alerts are stored before a notification is sent: those
// of which this run has not notified, within the limit.
func TestUndeliveredBegin(t *testing.T) {
	l := openUndelivered(t.TempDir(), 2, func(int) { t.Error("counted before the notification failed") }, zap.NewNop())
	writes := 0
	l.changed = func(map[string]map[string][]string) { writes++ }
	l.begin("a", "g", []model.Fingerprint{1})
	require.True(t, l.has(1))
	require.Equal(t, 1, writes)
	l.delivered("a", "g", []model.Fingerprint{1})
	require.False(t, l.has(1))
	require.Equal(t, 2, writes)
	l.begin("a", "g", []model.Fingerprint{1})
	l.delivered("a", "g", []model.Fingerprint{1})
	require.Equal(t, 2, writes, "it was notified")
	l.begin("a", "g", []model.Fingerprint{1, 2})
	require.False(t, l.has(1))
	require.True(t, l.has(2))
	l.begin("a", "h", []model.Fingerprint{3, 4})
	require.False(t, l.has(3), "above the limit")
	require.Equal(t, 3, writes)
	l.delivered("a", "g", nil)
	require.Empty(t, l.notified)
}
