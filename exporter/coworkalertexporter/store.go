package coworkalertexporter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// A store keeps the book where the next run finds it. A nil one keeps nothing.
type store struct {
	client storage.Client
}

// prefix is that of the keys, with the version of what they hold.
const prefix = "alert/1/"

// openStore returns the storage that an extension has for this component.
func openStore(ctx context.Context, host component.Host, extension, id component.ID) (*store, error) {
	found, ok := host.GetExtensions()[extension]
	if !ok {
		return nil, fmt.Errorf("storage: %v: no such extension (it must be in service::extensions)", extension)
	}
	ext, ok := found.(storage.Extension)
	if !ok {
		return nil, fmt.Errorf("storage: %v: is no storage extension (file_storage is one)", extension)
	}
	// The queue has a client of its own, without a name.
	client, err := ext.GetClient(ctx, component.KindExporter, id, "alerts")
	if err != nil {
		return nil, fmt.Errorf("storage: %v: %w", extension, err)
	}
	if _, ok := client.(storage.Walker); !ok {
		return nil, errors.Join(fmt.Errorf("storage: %v: cannot list what it holds (file_storage can)", extension), client.Close(ctx))
	}
	return &store{client: client}, nil
}

// load enters what is stored, and returns how much of it could not be read. That is
// removed.
func (s *store) load(ctx context.Context, b *book) (bad int) {
	err := s.client.(storage.Walker).Walk(ctx, func(key string, value []byte) ([]*storage.Operation, error) {
		name, ours := strings.CutPrefix(key, prefix)
		e := &entry{}
		if !ours || json.Unmarshal(value, e) != nil || len(e.Alert.Labels) == 0 || e.Alert.key() != name {
			bad++
			return []*storage.Operation{storage.DeleteOperation(key)}, nil
		}
		b.enter(name, e)
		return nil, nil
	})
	if err != nil {
		bad++
	}
	return bad
}

// save stores what changed since it was last called, all of it or nothing.
func (s *store) save(ctx context.Context, b *book) error {
	if s == nil || len(b.changed) == 0 {
		clear(b.changed)
		return nil
	}
	operations := make([]*storage.Operation, 0, len(b.changed))
	for key := range b.changed {
		e, ok := b.entries[key]
		if !ok {
			operations = append(operations, storage.DeleteOperation(prefix+key))
			continue
		}
		value, err := json.Marshal(e)
		if err != nil {
			return err
		}
		operations = append(operations, storage.SetOperation(prefix+key, value))
	}
	if err := s.client.Batch(ctx, operations...); err != nil {
		return err
	}
	clear(b.changed)
	return nil
}

// close closes a store, also one that is not there.
func (s *store) close(ctx context.Context) error {
	if s == nil {
		return nil
	}
	return s.client.Close(ctx)
}
