package statefultest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// DiskID is the ID of a [Disk] in its own host.
var DiskID = component.MustNewID("disk")

// A Host is a host with extensions.
type Host map[component.ID]component.Component

// GetExtensions implements [component.Host].
func (h Host) GetExtensions() map[component.ID]component.Component { return h }

// A Disk is a storage extension in memory. What it holds outlives the components that use
// it. All clients share the same keys. A Disk is also a host whose only extension it is.
type Disk struct {
	component.StartFunc
	component.ShutdownFunc
	// NoWalk creates clients that cannot list their keys.
	NoWalk bool

	mu      sync.Mutex
	values  map[string][]byte
	failure error // of operations
	full    error // of operations that write
	refusal error // of GetClient
	writes  [][]string
	clients int
	name    string
}

var _ storage.Extension = (*Disk)(nil)

// NewDisk returns an empty Disk.
func NewDisk() *Disk { return &Disk{values: map[string][]byte{}} }

// GetExtensions implements [component.Host].
func (d *Disk) GetExtensions() map[component.ID]component.Component { return Host{DiskID: d} }

// GetClient implements [storage.Extension].
func (d *Disk) GetClient(_ context.Context, kind component.Kind, id component.ID, name string) (storage.Client, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refusal != nil {
		return nil, d.refusal
	}
	d.clients++
	d.name = kind.String() + " " + id.String() + " " + name
	if d.NoWalk {
		return struct{ storage.Client }{diskClient{d}}, nil
	}
	return diskClient{d}, nil
}

// Fail makes every operation of clients fail with an error, none with nil.
func (d *Disk) Fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failure = err
}

// FailWrites makes every operation that writes fail with an error, none with nil.
func (d *Disk) FailWrites(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full = err
}

// FailOpen makes GetClient fail with an error, or work again with nil.
func (d *Disk) FailOpen(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refusal = err
}

// Copy returns a Disk with what is stored now: what a process finds after a crash.
func (d *Disk) Copy() *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	return &Disk{NoWalk: d.NoWalk, values: maps.Clone(d.values)}
}

// Corrupt changes a byte in the middle of the values of keys, of all keys if there are none.
func (d *Disk) Corrupt(keys ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(keys) == 0 {
		keys = slices.Collect(maps.Keys(d.values))
	}
	for _, key := range keys {
		value := bytes.Clone(d.values[key])
		value[len(value)/2] ^= 0xff
		d.values[key] = value
	}
}

// Keys returns the keys that are stored, sorted.
func (d *Disk) Keys() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.values))
}

// Value returns what is stored under a key.
func (d *Disk) Value(key string) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.values[key]
}

// SetValue stores a value under a key.
func (d *Disk) SetValue(key string, value []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.values[key] = value
}

// TakeWrites returns the keys of each batch that was set or deleted since the last call,
// failed batches included.
func (d *Disk) TakeWrites() [][]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	writes := d.writes
	d.writes = nil
	return writes
}

// OpenClients returns how many clients were not closed yet.
func (d *Disk) OpenClients() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.clients
}

// LastOwner returns kind, ID and name of the component that a client was created for last.
func (d *Disk) LastOwner() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.name
}

type diskClient struct{ disk *Disk }

var (
	_ storage.Client = diskClient{}
	_ storage.Walker = diskClient{}
)

func (c diskClient) Close(context.Context) error {
	c.disk.mu.Lock()
	defer c.disk.mu.Unlock()
	c.disk.clients--
	return nil
}

func (c diskClient) Get(ctx context.Context, key string) ([]byte, error) {
	operation := storage.GetOperation(key)
	err := c.Batch(ctx, operation)
	return operation.Value, err
}

func (c diskClient) Set(ctx context.Context, key string, value []byte) error {
	return c.Batch(ctx, storage.SetOperation(key, value))
}

func (c diskClient) Delete(ctx context.Context, key string) error {
	return c.Batch(ctx, storage.DeleteOperation(key))
}

func (c diskClient) Batch(ctx context.Context, operations ...*storage.Operation) error {
	c.disk.mu.Lock()
	defer c.disk.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	var written []string
	for _, operation := range operations {
		if operation.Type != storage.Get {
			written = append(written, operation.Key)
		}
	}
	failure := c.disk.failure
	if len(written) > 0 {
		c.disk.writes = append(c.disk.writes, written)
		failure = cmp.Or(failure, c.disk.full)
	}
	if failure == nil {
		for _, operation := range operations {
			c.disk.apply(operation)
		}
	}
	return failure
}

func (d *Disk) apply(operation *storage.Operation) {
	switch operation.Type {
	case storage.Get:
		operation.Value = d.values[operation.Key]
	case storage.Set:
		d.values[operation.Key] = operation.Value
	case storage.Delete:
		delete(d.values, operation.Key)
	}
}

func (c diskClient) Walk(ctx context.Context, visit storage.WalkFunc) error {
	c.disk.mu.Lock()
	failure, values := c.disk.failure, maps.Clone(c.disk.values)
	c.disk.mu.Unlock()
	if failure != nil {
		return failure
	}
	var operations []*storage.Operation
	for key, value := range values {
		more, err := visit(key, value)
		operations = append(operations, more...)
		if errors.Is(err, storage.SkipAll) {
			break
		}
		if err != nil {
			return err
		}
	}
	return c.Batch(ctx, operations...)
}
