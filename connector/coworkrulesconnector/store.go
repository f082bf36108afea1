package coworkrulesconnector

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"

	"go.opentelemetry.io/collector/component"
	xstorage "go.opentelemetry.io/collector/extension/xextension/storage"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/storage"
)

// What is stored: what the rules know, and the alert records that wait.
const (
	stateKey = "state"
	queueKey = "queue"
)

// A store keeps what the next run needs. It is used by Start, by the loop, and after its
// end by Shutdown. A nil pointer is no store.
type store struct{ client xstorage.Client }

// openStore returns the storage that an extension has for this component.
func openStore(ctx context.Context, host component.Host, extension, id component.ID) (*store, error) {
	client, err := storage.Open(ctx, host, extension, storage.Owner{Kind: component.KindConnector, ID: id})
	if err != nil {
		return nil, err
	}
	return &store{client}, nil
}

// load returns what was stored, nil where nothing was.
func (s *store) load(ctx context.Context) (state, waiting []byte, err error) {
	stored := xstorage.GetOperation(stateKey)
	queued := xstorage.GetOperation(queueKey)
	err = s.client.Batch(ctx, stored, queued)
	return stored.Value, queued.Value, err
}

// write stores both, or neither. A nil queue is not written.
func (s *store) write(ctx context.Context, state, waiting []byte) error {
	var operations []*xstorage.Operation
	if state != nil {
		operations = append(operations, xstorage.SetOperation(stateKey, state))
	}
	if waiting != nil {
		operations = append(operations, xstorage.SetOperation(queueKey, seal(waiting)))
	}
	return s.client.Batch(ctx, operations...)
}

// seal puts a checksum before the records that wait, as a state has one of its own: a
// byte that a disk got wrong must not be told as an alert.
func seal(data []byte) []byte {
	return append(binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(data)), crc32.Checksum(data, castagnoli)), data...)
}

// unseal returns what was sealed, nil if nothing was.
func unseal(sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	if len(sealed) < 4 || binary.BigEndian.Uint32(sealed) != crc32.Checksum(sealed[4:], castagnoli) {
		return nil, errors.New("the checksum is wrong")
	}
	return sealed[4:], nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// close closes a store, also one that is closed or not there.
func (s *store) close(ctx context.Context) error {
	if s == nil || s.client == nil {
		return nil
	}
	client := s.client
	s.client = nil
	return client.Close(ctx)
}

// pack writes the records that wait as one batch of OTLP.
func (q *queue) pack() []byte {
	q.fresh = false
	all := plog.NewLogs()
	for _, ld := range q.batches {
		for _, rl := range ld.ResourceLogs().All() {
			rl.CopyTo(all.ResourceLogs().AppendEmpty())
		}
	}
	data, _ := (&plog.ProtoMarshaler{}).MarshalLogs(all) // which cannot fail
	return append([]byte{}, data...)
}

// unpack adds the records that the run before has left.
func (q *queue) unpack(sealed []byte) error {
	data, err := unseal(sealed)
	if err != nil {
		return err
	}
	ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(data)
	if err != nil {
		return err
	}
	q.push(ld)
	q.fresh = false
	return nil
}
