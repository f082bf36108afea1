package story

import (
	"context"
	"errors"
	"maps"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// storageName is what a story calls the storage that its collector has.
var storageName = component.MustNewID("file_storage")

// A memory is a storage that outlives the collectors of a story, as a folder does.
// It is safe for concurrent use.
type memory struct {
	mu     sync.Mutex
	values map[string][]byte
}

var (
	_ storage.Extension = (*memory)(nil)
	_ storage.Walker    = (*memory)(nil)
)

func newMemory() *memory { return &memory{values: map[string][]byte{}} }

// copy returns what a process finds that starts now.
func (m *memory) copy() *memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &memory{values: maps.Clone(m.values)}
}

// GetExtensions makes the memory the host that has it as its only extension.
func (m *memory) GetExtensions() map[component.ID]component.Component {
	return map[component.ID]component.Component{storageName: m}
}

func (*memory) Start(context.Context, component.Host) error { return nil }
func (*memory) Shutdown(context.Context) error              { return nil }
func (*memory) Close(context.Context) error                 { return nil }

func (m *memory) GetClient(context.Context, component.Kind, component.ID, string) (storage.Client, error) {
	return m, nil
}

func (m *memory) Get(ctx context.Context, key string) ([]byte, error) {
	op := storage.GetOperation(key)
	err := m.Batch(ctx, op)
	return op.Value, err
}

func (m *memory) Set(ctx context.Context, key string, value []byte) error {
	return m.Batch(ctx, storage.SetOperation(key, value))
}

func (m *memory) Delete(ctx context.Context, key string) error {
	return m.Batch(ctx, storage.DeleteOperation(key))
}

func (m *memory) Batch(_ context.Context, ops ...*storage.Operation) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, op := range ops {
		switch op.Type {
		case storage.Get:
			op.Value = m.values[op.Key]
		case storage.Set:
			m.values[op.Key] = op.Value
		case storage.Delete:
			delete(m.values, op.Key)
		}
	}
	return nil
}

func (m *memory) Walk(ctx context.Context, visit storage.WalkFunc) error {
	var ops []*storage.Operation
	for key, value := range m.copy().values {
		more, err := visit(key, value)
		ops = append(ops, more...)
		if errors.Is(err, storage.SkipAll) {
			break
		}
		if err != nil {
			return err
		}
	}
	return m.Batch(ctx, ops...)
}
