package coworkrulesconnector

import (
	"bytes"
	"context"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// A disk is a storage extension that keeps everything in memory, and what it keeps
// outlives the collectors that use it.
type disk struct {
	component.StartFunc
	component.ShutdownFunc
	mu     sync.Mutex
	values map[string][]byte
	fails  error
	writes int
	open   int // clients
}

func newDisk() *disk { return &disk{values: map[string][]byte{}} }

var diskID = component.MustNewID("disk")

// GetExtensions makes the disk a host that has it.
func (d *disk) GetExtensions() map[component.ID]component.Component {
	return map[component.ID]component.Component{diskID: d}
}

func (d *disk) GetClient(context.Context, component.Kind, component.ID, string) (storage.Client, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open++
	return diskClient{d}, nil
}

// fail makes the disk refuse everything.
func (d *disk) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fails = err
}

// image returns a copy of what is stored now: what a kill would leave.
func (d *disk) image() *disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := newDisk()
	for key, value := range d.values {
		now.values[key] = bytes.Clone(value)
	}
	return now
}

// spoil changes a byte of what is stored under a key.
func (d *disk) spoil(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	value := bytes.Clone(d.values[key])
	value[len(value)/2] ^= 0xff
	d.values[key] = value
}

type diskClient struct{ *disk }

func (diskClient) Get(context.Context, string) ([]byte, error) { panic("not used") }
func (diskClient) Set(context.Context, string, []byte) error   { panic("not used") }
func (diskClient) Delete(context.Context, string) error        { panic("not used") }

func (c diskClient) Close(context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open--
	return nil
}

func (c diskClient) Batch(ctx context.Context, operations ...*storage.Operation) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.fails != nil {
		return c.fails
	}
	for _, op := range operations {
		if op.Type == storage.Get {
			op.Value = c.values[op.Key]
			continue
		}
		c.writes++
		c.values[op.Key] = op.Value
	}
	return nil
}
