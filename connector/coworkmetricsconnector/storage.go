package coworkmetricsconnector

import (
	"context"
	"errors"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/cowork-otel/collector/internal/digest"
	"github.com/cowork-otel/collector/internal/stateful"
)

// The keys of the storage: the deltas of this run that were not emitted, and those of
// earlier runs.
const (
	pendingKey  = "pending"
	restoredKey = "restored"
)

// maxRestored bounds the deltas of earlier runs, in bytes as stored.
const maxRestored = 16 << 20

// A checkpointer stores the deltas that were not emitted yet, so that a crash loses at
// most those since the last checkpoint. It is used by Start, by the loop, and by Shutdown
// after the end of the loop. Without a storage it does nothing.
type checkpointer struct {
	store    *stateful.Store
	counters *counters
	restored pmetric.Metrics // of earlier runs, to be emitted
	stored   bool            // there are deltas in the storage
}

// open opens the storage and reads the deltas of the previous run.
func (p *checkpointer) open(ctx context.Context, host component.Host, cfg *Config, id component.ID) error {
	p.restored = pmetric.NewMetrics()
	if cfg.Temporality != Delta {
		return nil
	}
	store, err := stateful.OpenStore(ctx, host, cfg.Storage, stateful.Owner{Kind: component.KindConnector, ID: id})
	if err != nil || store == nil {
		return err
	}
	values, err := store.Read(ctx, restoredKey, pendingKey)
	if err != nil {
		return errors.Join(err, store.Close(ctx))
	}
	p.store = store
	size := 0
	for _, value := range values {
		md, err := decodePoints(value)
		if err != nil {
			p.counters.recordCheckpointError(ctx)
			continue
		}
		if size += len(value); size > maxRestored {
			p.counters.recordLost(ctx, md.DataPointCount())
			continue
		}
		md.ResourceMetrics().MoveAndAppendTo(p.restored.ResourceMetrics())
	}
	if p.restored.DataPointCount() > 0 {
		p.counters.telemetry.ConnectorCoworkMetricsRestoredPoints.Add(ctx, int64(p.restored.DataPointCount()))
	}
	p.stored = !p.write(ctx, stateful.Change{Key: restoredKey, Value: encodePoints(p.restored)}, stateful.Change{Key: pendingKey})
	return nil
}

// save stores the deltas that were not emitted yet, and reports whether it succeeded.
func (p *checkpointer) save(ctx context.Context, md pmetric.Metrics) bool {
	value := encodePoints(md)
	if value == nil && !p.stored {
		return true
	}
	if !p.write(ctx, stateful.Change{Key: pendingKey, Value: value}) {
		return false
	}
	p.stored = value != nil
	return true
}

// sendRestored emits the deltas of earlier runs. They are kept if they are not accepted.
func (p *checkpointer) sendRestored(ctx context.Context, send func(context.Context, pmetric.Metrics) error) {
	if p.store == nil || p.restored.DataPointCount() == 0 {
		return
	}
	points := pmetric.NewMetrics()
	p.restored.CopyTo(points) // the next component may change them before it returns an error
	err := send(ctx, points)
	if err != nil && !consumererror.IsPermanent(err) {
		return
	}
	if err != nil {
		p.counters.recordLost(ctx, p.restored.DataPointCount())
	}
	p.restored = pmetric.NewMetrics()
	p.write(ctx, stateful.Change{Key: restoredKey})
}

func (p *checkpointer) write(ctx context.Context, changes ...stateful.Change) bool {
	err := p.store.Write(ctx, changes...)
	if err != nil {
		p.counters.recordCheckpointError(ctx)
	}
	return err == nil
}

// encodePoints returns points as OTLP with a checksum, nil if there are none.
func encodePoints(md pmetric.Metrics) []byte {
	if md.DataPointCount() == 0 {
		return nil
	}
	data, _ := (&pmetric.ProtoMarshaler{}).MarshalMetrics(md) // never returns an error
	return digest.Seal(data)
}

func decodePoints(stored []byte) (pmetric.Metrics, error) {
	if len(stored) == 0 {
		return pmetric.NewMetrics(), nil
	}
	data, ok := digest.Unseal(stored)
	if !ok {
		return pmetric.Metrics{}, errors.New("stored points: are corrupt (their checksum is wrong)")
	}
	return (&pmetric.ProtoUnmarshaler{}).UnmarshalMetrics(data)
}
