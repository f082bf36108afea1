package stateful

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

var owner = Owner{Kind: component.KindExporter, ID: component.MustNewID("cowork_alert"), Name: "alerts"}

func openDisk(t *testing.T, d *statefultest.Disk) *Store {
	t.Helper()
	s, err := OpenWalkableStore(t.Context(), d, &statefultest.DiskID, owner)
	require.NoError(t, err)
	require.Equal(t, "Exporter cowork_alert alerts", d.LastOwner())
	return s
}

func TestStoreReadsWhatItWrote(t *testing.T) {
	d := statefultest.NewDisk()
	s := openDisk(t, d)
	require.NoError(t, s.Write(t.Context(), Change{"a", []byte("1")}, Change{"b", []byte("2")}, Change{"c", []byte{}}))
	require.NoError(t, s.Write(t.Context(), Change{Key: "a"}))
	require.NoError(t, s.Write(t.Context()))
	require.Equal(t, [][]string{{"a", "b", "c"}, {"a"}}, d.TakeWrites())
	got, err := s.Read(t.Context(), "a", "b")
	require.NoError(t, err)
	require.Equal(t, [][]byte{nil, []byte("2")}, got)

	var keys []string
	require.NoError(t, s.Walk(t.Context(), func(key string, _ []byte) bool {
		keys = append(keys, key)
		return true
	}))
	require.ElementsMatch(t, []string{"b", "c"}, keys)
	n := 0
	require.NoError(t, s.Walk(t.Context(), func(string, []byte) bool {
		n++
		return false
	}))
	require.Equal(t, 1, n, "the walk stops")
	require.NoError(t, s.Close(t.Context()))
	require.Zero(t, d.OpenClients())
}

// TestNoStore uses a Store that is not configured, and one that was closed.
func TestNoStore(t *testing.T) {
	none, err := OpenStore(t.Context(), nil, nil, owner)
	require.NoError(t, err)
	d := statefultest.NewDisk()
	closed := openDisk(t, d)
	require.NoError(t, closed.Close(t.Context()))
	for _, s := range []*Store{none, closed} {
		require.NoError(t, s.Write(t.Context(), Change{"a", []byte("1")}))
		got, err := s.Read(t.Context(), "a")
		require.NoError(t, err)
		require.Equal(t, [][]byte{nil}, got)
		require.NoError(t, s.Walk(t.Context(), func(string, []byte) bool { panic("empty") }))
		require.NoError(t, s.Close(t.Context()))
	}
	require.Empty(t, d.Keys())
	require.Zero(t, d.OpenClients())
}

func TestStoreErrors(t *testing.T) {
	full := statefultest.NewDisk()
	full.FailOpen(errors.New("is full"))
	noWalk := statefultest.NewDisk()
	noWalk.NoWalk = true
	id := statefultest.DiskID
	for want, host := range map[string]component.Host{
		"storage: disk: no such extension (it must be in service::extensions)": statefultest.Host{},
		"storage: disk: is no storage extension (file_storage is one)":         statefultest.Host{id: struct{ component.Component }{}},
		"storage: disk: is full": full,
		"storage: disk: cannot list what it holds (file_storage can)": noWalk,
	} {
		_, err := OpenWalkableStore(t.Context(), host, &id, owner)
		require.EqualError(t, err, want)
	}
	require.Zero(t, noWalk.OpenClients())
	_, err := OpenStore(t.Context(), noWalk, &id, owner)
	require.NoError(t, err)

	d := statefultest.NewDisk()
	s := openDisk(t, d)
	d.Fail(errors.New("is full"))
	require.EqualError(t, s.Walk(t.Context(), nil), "storage: disk: is full")
	require.EqualError(t, s.Write(t.Context(), Change{Key: "a"}), "storage: disk: is full")
	_, err = s.Read(t.Context(), "a")
	require.EqualError(t, err, "storage: disk: is full")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, s.Write(ctx, Change{Key: "a"}), context.Canceled)
}
