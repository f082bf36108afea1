package coworkcorrelationprocessor

import (
	"context"

	"go.opentelemetry.io/collector/component"
	xstorage "go.opentelemetry.io/collector/extension/xextension/storage"

	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/storage"
)

// A store keeps open prompts where the next run finds them. It is used by Start, by
// the loop, and after its end by Shutdown. The zero value of its pointer is no store.
type store struct {
	client storage.Lister
	// changes are what is to be done at the next checkpoint, in order.
	changes []prompt.Change
	// failed is whether they were refused before. Nothing but deletions is added to
	// them then, so that what waits for a broken storage does not grow: the tracker
	// notes a prompt that changes once, however often it does.
	failed bool
}

// openStore returns the storage that an extension has for this component.
func openStore(ctx context.Context, host component.Host, extension, id component.ID) (*store, error) {
	client, err := storage.OpenLister(ctx, host, extension, storage.Owner{Kind: component.KindProcessor, ID: id})
	if err != nil {
		return nil, err
	}
	return &store{client: client}, nil
}

// drop has parts of prompts forgotten at the next checkpoint.
func (s *store) drop(parts []prompt.Trace) {
	if s == nil {
		return
	}
	for i := range parts {
		s.changes = parts[i].Drop(s.changes)
	}
}

// write does what is to be done, all of it or nothing.
func (s *store) write(ctx context.Context) error {
	operations := make([]*xstorage.Operation, len(s.changes))
	for i, change := range s.changes {
		operations[i] = operation(change)
	}
	err := s.client.Batch(ctx, operations...)
	if s.failed = err != nil; !s.failed {
		s.changes = nil
	}
	return err
}

func operation(change prompt.Change) *xstorage.Operation {
	if change.Value == nil {
		return xstorage.DeleteOperation(change.Key)
	}
	return xstorage.SetOperation(change.Key, change.Value)
}

// close closes a store, also one that is closed or not there.
func (s *store) close(ctx context.Context) error {
	if s == nil || s.client == nil {
		return nil
	}
	client := s.client
	s.client = nil
	return client.Close(ctx)
}
