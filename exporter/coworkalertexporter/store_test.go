package coworkalertexporter

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/storage/filestorage"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/extension/extensiontest"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

type host map[component.ID]component.Component

func (h host) GetExtensions() map[component.ID]component.Component { return h }

var storageID = component.MustNewID("file_storage")

// startFileStorage starts a file storage in a folder.
func startFileStorage(t *testing.T, dir string) (h host, stop func()) {
	t.Helper()
	factory := filestorage.NewFactory()
	cfg := factory.CreateDefaultConfig().(*filestorage.Config)
	cfg.Directory = dir
	ext, err := factory.Create(t.Context(), extensiontest.NewNopSettings(factory.Type()), cfg)
	require.NoError(t, err)
	require.NoError(t, ext.Start(t.Context(), componenttest.NewNopHost()))
	return host{storageID: ext}, func() { require.NoError(t, ext.Shutdown(context.Background())) }
}

// TestRestart restarts the exporter with one firing alert that was accepted and one that
// was not. The next run sends both with their original start.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	am := newFakeAlertmanager(t)
	configure := func(cfg *Config) {
		cfg.Client.Endpoint = am.URL
		cfg.Storage = &storageID
		cfg.Queue.Get().StorageID = &storageID
	}
	files, stop := startFileStorage(t, dir)
	e := startExporter(t, files, configure)
	e.consume(t, recordsOf(t, noon, attributes{"alert.name": "accepted"}))
	eventually(t, func() bool { return len(am.changes()) == 1 }, "the first arrives")
	am.replan(slices.Repeat([]http.HandlerFunc{respondWith(http.StatusServiceUnavailable)}, 1000)...)
	e.consume(t, recordsOf(t, noon, attributes{"alert.name": "waiting"}))
	eventually(t, func() bool { return am.requestCount() > 2 }, "the second is tried")
	e.stop()
	stop()

	am.replan()
	files, stop = startFileStorage(t, dir)
	defer stop()
	e = startExporter(t, files, configure)
	eventually(t, func() bool { return len(am.changes()) == 2 }, "both are sent again")
	require.ElementsMatch(t, []string{"accepted firing", "waiting firing"}, am.changes())
	require.Equal(t, noon, am.accepted[0].StartsAt)
	e.consume(t, recordsOf(t, noon.Add(time.Minute), attributes{"alert.name": "accepted", "alert.status": resolved}))
	eventually(t, func() bool { return slices.Contains(am.changes(), "accepted resolved") }, "the end arrives")
	e.stop()
}

// A brokenStorage fails to write, and contains an invalid value.
type brokenStorage struct{ storage.Client }

func (brokenStorage) Batch(context.Context, ...*storage.Operation) error { return errors.New(secret) }

func (brokenStorage) Close(context.Context) error { return nil }

func (brokenStorage) Walk(_ context.Context, f storage.WalkFunc) error {
	_, err := f("alert/1/x", []byte("{"))
	return err
}

// TestBrokenStorage checks that an alert stays unsaved until it is stored.
func TestBrokenStorage(t *testing.T) {
	aa := newTestAlerts(func(*Config) {})
	s := &store{brokenStorage{}}
	require.Equal(t, 1, s.load(t.Context(), aa))
	aa.update(alertAt("a", 0, firing), noon, nil)
	require.Error(t, s.save(t.Context(), aa))
	require.NotEmpty(t, aa.unsaved, "stored by the next save")
}

func TestNoStorage(t *testing.T) {
	other := component.MustNewID("other")
	for id, want := range map[component.ID]string{storageID: "no such extension", other: "is no storage extension"} {
		_, err := openStore(t.Context(), host{other: noStorage{}}, id, component.MustNewID("cowork_alert"))
		require.ErrorContains(t, err, want)
	}
}

type noStorage struct{ component.Component }
