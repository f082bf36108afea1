package coworkcorrelationprocessor

import (
	"context"
	"maps"
	"slices"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// A disk is a storage extension that keeps everything in memory, and what it keeps
// outlives the collectors that use it.
type disk struct {
	component.StartFunc
	component.ShutdownFunc
	mu      sync.Mutex
	values  map[string][]byte
	fails   error
	batches [][]string // the keys of each
	open    int        // clients
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
	return diskClient{d}, d.fails
}

// fail makes the disk refuse everything.
func (d *disk) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fails = err
}

func (d *disk) keys() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.values))
}

// spoil changes a byte of everything that is stored.
func (d *disk) spoil() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, value := range d.values {
		value[len(value)/2] ^= 1
	}
}

func (d *disk) takeBatches() [][]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	batches := d.batches
	d.batches = nil
	return batches
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
	var keys []string
	for _, op := range operations {
		keys = append(keys, op.Key)
		switch {
		case c.fails != nil:
		case op.Type == storage.Set:
			c.values[op.Key] = op.Value
		default:
			delete(c.values, op.Key)
		}
	}
	c.batches = append(c.batches, keys)
	return c.fails
}

func (c diskClient) Walk(_ context.Context, visit storage.WalkFunc) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, value := range c.values {
		if _, err := visit(key, value); err != nil {
			return err
		}
	}
	return c.fails
}
