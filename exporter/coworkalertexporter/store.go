package coworkalertexporter

import (
	"context"
	"encoding/json"
	"strings"

	"go.opentelemetry.io/collector/component"
	xstorage "go.opentelemetry.io/collector/extension/xextension/storage"

	"github.com/cowork-otel/collector/internal/storage"
)

// A store keeps the book where the next run finds it. A nil one keeps nothing.
type store struct {
	client storage.Lister
}

// prefix is that of the keys, with the version of what they hold.
const prefix = "alert/1/"

// openStore returns the storage that an extension has for this component. The queue has a
// client of its own, without a name.
func openStore(ctx context.Context, host component.Host, extension, id component.ID) (*store, error) {
	client, err := storage.OpenLister(ctx, host, extension, storage.Owner{Kind: component.KindExporter, ID: id, Name: "alerts"})
	if err != nil {
		return nil, err
	}
	return &store{client: client}, nil
}

// load enters what is stored, and returns how much of it could not be read. That is
// removed.
func (s *store) load(ctx context.Context, aa *activeAlerts) (bad int) {
	err := s.client.Walk(ctx, func(key string, value []byte) ([]*xstorage.Operation, error) {
		name, ours := strings.CutPrefix(key, prefix)
		e := &activeAlert{}
		if !ours || json.Unmarshal(value, e) != nil || len(e.Alert.Labels) == 0 || e.Alert.key() != name {
			bad++
			return []*xstorage.Operation{xstorage.DeleteOperation(key)}, nil
		}
		aa.insert(name, e)
		return nil, nil
	})
	if err != nil {
		bad++
	}
	return bad
}

// save stores what changed since it was last called, all of it or nothing.
func (s *store) save(ctx context.Context, aa *activeAlerts) error {
	if s == nil || len(aa.unsaved) == 0 {
		clear(aa.unsaved)
		return nil
	}
	operations := make([]*xstorage.Operation, 0, len(aa.unsaved))
	for key := range aa.unsaved {
		e, ok := aa.byKey[key]
		if !ok {
			operations = append(operations, xstorage.DeleteOperation(prefix+key))
			continue
		}
		value, err := json.Marshal(e)
		if err != nil {
			return err
		}
		operations = append(operations, xstorage.SetOperation(prefix+key, value))
	}
	if err := s.client.Batch(ctx, operations...); err != nil {
		return err
	}
	clear(aa.unsaved)
	return nil
}

// close closes a store, also one that is not there.
func (s *store) close(ctx context.Context) error {
	if s == nil {
		return nil
	}
	return s.client.Close(ctx)
}
