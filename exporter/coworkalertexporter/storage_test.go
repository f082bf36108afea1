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

// openFiles starts a file storage in a folder, until the test or its end.
func openFiles(t *testing.T, dir string) (h host, end func()) {
	t.Helper()
	factory := filestorage.NewFactory()
	cfg := factory.CreateDefaultConfig().(*filestorage.Config)
	cfg.Directory = dir
	ext, err := factory.Create(t.Context(), extensiontest.NewNopSettings(factory.Type()), cfg)
	require.NoError(t, err)
	require.NoError(t, ext.Start(t.Context(), componenttest.NewNopHost()))
	return host{storageID: ext}, func() { require.NoError(t, ext.Shutdown(context.Background())) }
}

// TestRestart restarts the exporter while an alert fires that was taken, and one that
// was not. The next run says both again and knows when each began.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	p := newPeer(t)
	configure := func(cfg *Config) {
		cfg.Client.Endpoint = p.URL
		cfg.Storage = &storageID
		cfg.Queue.Get().StorageID = &storageID
	}
	files, end := openFiles(t, dir)
	r := start(t, files, configure)
	r.send(t, recordsOf(t, noon, attributes{"alert.name": "taken"}))
	eventually(t, func() bool { return len(p.told()) == 1 }, "the first arrives")
	p.mu.Lock()
	p.plan = slices.Repeat([]http.HandlerFunc{status(http.StatusServiceUnavailable)}, 1000)
	p.mu.Unlock()
	r.send(t, recordsOf(t, noon, attributes{"alert.name": "waits"}))
	eventually(t, func() bool { return p.called() > 2 }, "the second is tried")
	r.end()
	end()

	p.mu.Lock()
	p.plan, p.got = nil, nil
	p.mu.Unlock()
	files, end = openFiles(t, dir)
	defer end()
	r = start(t, files, configure)
	eventually(t, func() bool { return len(p.told()) == 2 }, "both are said again")
	require.ElementsMatch(t, []string{"taken firing", "waits firing"}, p.told())
	require.Equal(t, noon, p.got[0].StartsAt)
	r.send(t, recordsOf(t, noon.Add(time.Minute), attributes{"alert.name": "taken", "alert.status": resolved}))
	eventually(t, func() bool { return slices.Contains(p.told(), "taken resolved") }, "the end arrives")
	r.end()
}

// A broken storage refuses what it is asked, and holds what nobody can read.
type broken struct{ storage.Client }

func (broken) Batch(context.Context, ...*storage.Operation) error { return errors.New(secret) }

func (broken) Close(context.Context) error { return nil }

func (broken) Walk(_ context.Context, f storage.WalkFunc) error {
	_, err := f("alert/1/x", []byte("{"))
	return err
}

// TestBrokenStorage checks that alerts go out also if none can be stored.
func TestBrokenStorage(t *testing.T) {
	b := testBook(func(*Config) {})
	s := &store{broken{}}
	require.Equal(t, 1, s.load(t.Context(), b))
	b.note("a", at("a", 0, firing), noon, false)
	require.Error(t, s.save(t.Context(), b))
	require.NotEmpty(t, b.changed, "it is stored with the next change")
}

func TestNoStorage(t *testing.T) {
	other := component.MustNewID("other")
	for id, want := range map[component.ID]string{storageID: "no such extension", other: "is no storage extension"} {
		_, err := openStore(t.Context(), host{other: r{}}, id, component.MustNewID("cowork_alert"))
		require.ErrorContains(t, err, want)
	}
}

type r struct{ component.Component }
