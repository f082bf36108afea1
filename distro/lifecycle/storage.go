package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/xextension/storage"

	"github.com/cowork-otel/collector/internal/problem"
)

// A storageFactory creates storages that report while a component cannot write its state or
// its queue, as on a full disk: the collector is degraded.
type storageFactory struct{ extension.Factory }

// Create returns a storage.
func (f storageFactory) Create(ctx context.Context, set extension.Settings, cfg component.Config) (extension.Extension, error) {
	ext, err := f.Factory.Create(ctx, set, cfg)
	if err != nil {
		return nil, err
	}
	inner, ok := ext.(storage.Extension)
	if !ok {
		return nil, fmt.Errorf("%v: is no storage", set.ID)
	}
	return reportingStorage{inner}, nil
}

type reportingStorage struct{ storage.Extension }

// GetClient returns the storage of a component.
func (s reportingStorage) GetClient(ctx context.Context, kind component.Kind, id component.ID, name string) (storage.Client, error) {
	client, err := s.Extension.GetClient(ctx, kind, id, name)
	if err != nil {
		return nil, err
	}
	reporting := &reportingClient{Client: client, component: problem.ComponentName(kind, id), place: strings.TrimSpace("its storage " + name)}
	if walker, ok := client.(storage.Walker); ok {
		return walkableClient{reporting, walker}, nil
	}
	return reporting, nil
}

// A reportingClient reports the result of each write.
type reportingClient struct {
	storage.Client
	component string
	place     string // what it writes to
	closed    atomic.Bool
	failing   atomic.Bool // the last write failed
}

// report reports the result of a write. A queue that has reached its size is no problem of
// the disk: its exporter reports it.
func (c *reportingClient) report(err error) error {
	switch {
	case c.closed.Load() || errors.Is(err, storage.ErrStorageFull):
	case err != nil:
		c.failing.Store(true)
		problem.ReportWrite(c.component, c.place, err, time.Now())
	case c.failing.Swap(false):
		problem.SolveWrite(c.component, c.place)
	}
	return err
}

// Set stores a value.
func (c *reportingClient) Set(ctx context.Context, key string, value []byte) error {
	return c.report(c.Client.Set(ctx, key, value))
}

// Delete deletes a value.
func (c *reportingClient) Delete(ctx context.Context, key string) error {
	return c.report(c.Client.Delete(ctx, key))
}

// Batch reads and stores values.
func (c *reportingClient) Batch(ctx context.Context, operations ...*storage.Operation) error {
	return c.report(c.Client.Batch(ctx, operations...))
}

// Close closes the storage.
func (c *reportingClient) Close(ctx context.Context) error {
	c.closed.Store(true)
	problem.SolveWrite(c.component, c.place)
	return c.Client.Close(ctx)
}

// A walkableClient can list its keys.
type walkableClient struct {
	*reportingClient
	storage.Walker
}
