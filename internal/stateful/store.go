package stateful

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// An Owner identifies the storage of a component. A component that has several storages
// names all but one of them.
type Owner struct {
	Kind component.Kind
	ID   component.ID
	Name string
}

// A Store is the storage that an extension holds for a component. Its errors start with
// the key "storage" and the extension's ID. A nil Store is no storage: it is empty, and
// its methods do nothing. After Close a Store is like a nil one.
type Store struct {
	extension component.ID
	client    storage.Client
	walker    storage.Walker // nil if the extension cannot list its keys
}

// A Change sets a key, or deletes it if the value is nil.
type Change struct {
	Key   string
	Value []byte
}

// OpenStore opens the storage of a component, whose extension must be in the host. It
// returns a nil Store if no extension is configured.
func OpenStore(ctx context.Context, host component.Host, extension *component.ID, owner Owner) (*Store, error) {
	if extension == nil {
		return nil, nil
	}
	found, ok := host.GetExtensions()[*extension]
	if !ok {
		return nil, fmt.Errorf("storage: %v: no such extension (it must be in service::extensions)", extension)
	}
	ext, ok := found.(storage.Extension)
	if !ok {
		return nil, fmt.Errorf("storage: %v: is no storage extension (file_storage is one)", extension)
	}
	client, err := ext.GetClient(ctx, owner.Kind, owner.ID, owner.Name)
	if err != nil {
		return nil, fmt.Errorf("storage: %v: %w", extension, err)
	}
	walker, _ := client.(storage.Walker)
	return &Store{extension: *extension, client: client, walker: walker}, nil
}

// OpenWalkableStore is [OpenStore] for a component that uses [Store.Walk].
func OpenWalkableStore(ctx context.Context, host component.Host, extension *component.ID, owner Owner) (*Store, error) {
	s, err := OpenStore(ctx, host, extension, owner)
	if err != nil || s == nil || s.walker != nil {
		return s, err
	}
	return nil, errors.Join(fmt.Errorf("storage: %v: cannot list what it holds (file_storage can)", extension), s.Close(ctx))
}

// Read returns the values of keys, nil for a key that is not stored.
func (s *Store) Read(ctx context.Context, keys ...string) ([][]byte, error) {
	values := make([][]byte, len(keys))
	if !s.isOpen() {
		return values, nil
	}
	operations := make([]*storage.Operation, len(keys))
	for i, key := range keys {
		operations[i] = storage.GetOperation(key)
	}
	if err := s.client.Batch(ctx, operations...); err != nil {
		return nil, s.errorOf(err)
	}
	for i, operation := range operations {
		values[i] = operation.Value
	}
	return values, nil
}

// Walk calls visit with every key, in no particular order, until visit returns false. A
// value is valid only during the call. The Store must be walkable.
func (s *Store) Walk(ctx context.Context, visit func(key string, value []byte) bool) error {
	if !s.isOpen() {
		return nil
	}
	return s.errorOf(s.walker.Walk(ctx, func(key string, value []byte) ([]*storage.Operation, error) {
		if !visit(key, value) {
			return nil, storage.SkipAll
		}
		return nil, nil
	}))
}

// Write stores all changes or, if it returns an error, none.
func (s *Store) Write(ctx context.Context, changes ...Change) error {
	if !s.isOpen() || len(changes) == 0 {
		return nil
	}
	operations := make([]*storage.Operation, len(changes))
	for i, change := range changes {
		if change.Value == nil {
			operations[i] = storage.DeleteOperation(change.Key)
		} else {
			operations[i] = storage.SetOperation(change.Key, change.Value)
		}
	}
	return s.errorOf(s.client.Batch(ctx, operations...))
}

// Close closes the storage. It may be called twice.
func (s *Store) Close(ctx context.Context) error {
	if !s.isOpen() {
		return nil
	}
	client := s.client
	s.client = nil
	return s.errorOf(client.Close(ctx))
}

func (s *Store) isOpen() bool { return s != nil && s.client != nil }

func (s *Store) errorOf(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("storage: %v: %w", s.extension, err)
}
