package storage

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// An extension gives out a client, or an error.
type extension struct {
	component.StartFunc
	component.ShutdownFunc
	client storage.Client
	err    error
	owner  Owner
}

func (e *extension) GetClient(_ context.Context, kind component.Kind, id component.ID, name string) (storage.Client, error) {
	e.owner = Owner{kind, id, name}
	return e.client, e.err
}

// A host has extensions.
type host map[component.ID]component.Component

func (h host) GetExtensions() map[component.ID]component.Component { return h }

// A client notes that it was closed, and cannot list.
type client struct {
	storage.Client
	closed bool
}

func (c *client) Close(context.Context) error {
	c.closed = true
	return nil
}

// A lister can list.
type lister struct{ client }

func (*lister) Walk(context.Context, storage.WalkFunc) error { return nil }

var (
	disk  = component.MustNewID("disk")
	owner = Owner{component.KindExporter, component.MustNewID("cowork_alert"), "alerts"}
)

func TestOpens(t *testing.T) {
	e := &extension{client: &lister{}}
	got, err := Open(t.Context(), host{disk: e}, disk, owner)
	require.NoError(t, err)
	require.Same(t, e.client, got)
	require.Equal(t, owner, e.owner)
	list, err := OpenLister(t.Context(), host{disk: e}, disk, owner)
	require.NoError(t, err)
	require.Same(t, e.client, list)
}

// TestRefuses checks what is said of each thing that can be wrong, and that a client that
// is of no use is closed.
func TestRefuses(t *testing.T) {
	plain := &client{}
	for want, h := range map[string]host{
		"storage: disk: no such extension (it must be in service::extensions)": {},
		"storage: disk: is no storage extension (file_storage is one)":         {disk: struct{ component.Component }{}},
		"storage: disk: is full": {disk: &extension{err: errors.New("is full")}},
		"storage: disk: cannot list what it holds (file_storage can)": {disk: &extension{client: plain}},
	} {
		_, err := OpenLister(t.Context(), h, disk, owner)
		require.EqualError(t, err, want)
	}
	require.True(t, plain.closed)
}
