package coworkalertexporter

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/internal/stateful"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// TestRestart restarts the exporter with one firing alert that was accepted and one that
// was not. The next run sends both with their original start.
func TestRestart(t *testing.T) {
	queueID := component.MustNewID("queue_disk")
	disk := statefultest.NewDisk()
	host := statefultest.Host{statefultest.DiskID: disk, queueID: statefultest.NewDisk()}
	am := newFakeAlertmanager(t)
	configure := func(cfg *Config) {
		cfg.Client.Endpoint = am.URL
		cfg.Storage = &statefultest.DiskID
		cfg.Queue.Get().StorageID = &queueID
	}
	e := startExporter(t, host, configure)
	e.consume(t, recordsOf(t, noon, attributes{"alert.name": "accepted"}))
	eventually(t, func() bool { return len(am.changes()) == 1 }, "the first arrives")
	am.replan(slices.Repeat([]http.HandlerFunc{respondWith(http.StatusServiceUnavailable)}, 1000)...)
	e.consume(t, recordsOf(t, noon, attributes{"alert.name": "waiting"}))
	eventually(t, func() bool { return am.requestCount() > 2 }, "the second is tried")
	e.stop()
	require.Zero(t, disk.OpenClients())

	am.replan()
	e = startExporter(t, host, configure)
	eventually(t, func() bool { return len(am.changes()) == 2 }, "both are sent again")
	require.ElementsMatch(t, []string{"accepted firing", "waiting firing"}, am.changes())
	require.Equal(t, noon, am.accepted[0].StartsAt)
	e.consume(t, recordsOf(t, noon.Add(time.Minute), attributes{"alert.name": "accepted", "alert.status": resolved}))
	eventually(t, func() bool { return slices.Contains(am.changes(), "accepted resolved") }, "the end arrives")
	e.stop()
	require.Equal(t, "Exporter cowork_alert alerts", disk.LastOwner())
}

func openDisk(t *testing.T, disk *statefultest.Disk) *stateful.Store {
	t.Helper()
	store, err := stateful.OpenWalkableStore(t.Context(), disk, &statefultest.DiskID, storageOwner(component.MustNewID("cowork_alert")))
	require.NoError(t, err)
	return store
}

// TestStoredFormat checks that alerts in the format of version 1 are restored, and that
// invalid ones are counted and deleted.
func TestStoredFormat(t *testing.T) {
	const key = "alert/1/5571f58bccb9e67fcbf6246eec9e287d"
	const value = `{"alert":{"labels":{"alertname":"a"},"annotations":{"summary":"s"},"at":"2026-11-02T12:01:00Z",` +
		`"starts_at":"2026-11-02T12:00:00Z","ends_at":"2026-11-02T12:01:00Z"},` +
		`"heard":"2026-11-02T12:01:01Z","fired":"2026-11-02T12:00:02Z","over":"2026-11-02T12:01:03Z"}`
	disk := statefultest.NewDisk()
	disk.SetValue(key, []byte(value))
	disk.SetValue("alert/1/x", []byte("{"))
	disk.SetValue("alert/1/y", []byte(value))
	aa := newTestAlerts(func(*Config) {})
	require.Equal(t, 2, aa.restore(t.Context(), openDisk(t, disk)))
	require.Equal(t, []string{key}, disk.Keys())
	a := alertAt("a", 1, resolved)
	a.Annotations = map[string]string{"summary": "s"}
	require.Equal(t, &activeAlert{
		Alert: a, ReceivedAt: noon.Add(61 * time.Second), FiringAt: noon.Add(2 * time.Second), ResolvedAt: noon.Add(63 * time.Second),
	}, aa.byKey[a.key()])

	aa.unsaved[a.key()] = struct{}{}
	require.NoError(t, aa.checkpoint(t.Context(), openDisk(t, disk)))
	require.JSONEq(t, value, string(disk.Value(key)))
}

// TestBrokenStorage checks that an alert stays unsaved until it is stored.
func TestBrokenStorage(t *testing.T) {
	disk := statefultest.NewDisk()
	store := openDisk(t, disk)
	disk.Fail(errors.New(secret))
	aa := newTestAlerts(func(*Config) {})
	require.Equal(t, 1, aa.restore(t.Context(), store))
	a := alertAt("a", 0, firing)
	aa.update(a, noon, nil)
	require.Error(t, aa.checkpoint(t.Context(), store))
	disk.Fail(nil)
	require.NoError(t, aa.checkpoint(t.Context(), store))
	require.Equal(t, []string{storagePrefix + a.key()}, disk.Keys())
	aa.remove(a.key())
	require.NoError(t, aa.checkpoint(t.Context(), store))
	require.Empty(t, disk.Keys())
}
