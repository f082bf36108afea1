package storage

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// An Owner is the component that a storage is for. A component that has several storages
// names each but one.
type Owner struct {
	Kind component.Kind
	ID   component.ID
	Name string
}

// A Lister is a storage that can list what it holds.
type Lister interface {
	storage.Client
	storage.Walker
}

// Open returns what an extension stores for a component. An error names the extension,
// below the key storage.
func Open(ctx context.Context, host component.Host, extension component.ID, owner Owner) (storage.Client, error) {
	found, ok := host.GetExtensions()[extension]
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
	return client, nil
}

// OpenLister is [Open] for who must list what is stored.
func OpenLister(ctx context.Context, host component.Host, extension component.ID, owner Owner) (Lister, error) {
	client, err := Open(ctx, host, extension, owner)
	if err != nil {
		return nil, err
	}
	lister, ok := client.(Lister)
	if !ok {
		return nil, errors.Join(fmt.Errorf("storage: %v: cannot list what it holds (file_storage can)", extension), client.Close(ctx))
	}
	return lister, nil
}
