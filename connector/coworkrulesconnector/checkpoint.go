package coworkrulesconnector

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"iter"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/stateful"
)

// The keys of the storage: the state of the rules, the alerts that were sent since it was
// stored, and the alert records that wait.
const (
	stateKey   = "state"
	changesKey = "changes"
	queueKey   = "queue"
)

// maxChanges is how many alerts are stored apart from the state. With more, the state is
// stored.
const maxChanges = 1000

// restore opens the storage and restores the state of the previous run. What cannot be
// decoded is logged and dropped: the collector must start.
func (c *rulesConnector) restore(ctx context.Context, host component.Host) error {
	now := time.Now()
	c.schedule = stateful.NewSchedule(now, c.cfg.CheckpointInterval, c.cfg.EvaluationInterval)
	store, err := stateful.OpenStore(ctx, host, c.cfg.Storage, stateful.Owner{Kind: component.KindConnector, ID: c.id})
	if err != nil || store == nil {
		return err
	}
	stored, err := store.Read(ctx, stateKey, changesKey, queueKey)
	if err != nil {
		return errors.Join(err, store.Close(ctx))
	}
	c.store = store
	c.evaluation.evaluator.RecordChanges()
	if err := c.evaluation.unpack(stored[0], now); err != nil {
		c.dropStored(ctx, stateKey, err)
	}
	if err := c.evaluation.unpackChanges(stored[1], now); err != nil {
		c.dropStored(ctx, changesKey, err)
	}
	c.changesLost = len(stored[1]) > 0 // the changes of this run would replace them
	waiting, err := decodeOutbox(stored[2])
	if err != nil {
		c.dropStored(ctx, queueKey, err)
	} else if waiting.LogRecordCount() > 0 {
		c.outbox.Push(waiting)
	}
	c.evaluateAt(now) // resolves the alerts of removed rules, even if this run ends before a tick
	c.loop.Wake()
	return nil
}

// dropStored reports stored data that cannot be decoded.
func (c *rulesConnector) dropStored(ctx context.Context, key string, err error) {
	stateful.AddCount(ctx, c.telemetry.ConnectorCoworkRulesCheckpointErrors, 1)
	c.log.Warn("stored "+key+" cannot be read and is dropped", zap.Error(err))
}

// checkpointIfDue stores the state of the rules if the interval has passed.
func (c *rulesConnector) checkpointIfDue(ctx context.Context, now time.Time) {
	c.storing.Lock()
	defer c.storing.Unlock()
	if c.schedule.IsDue(now) {
		c.storeState(ctx, now)
	}
}

// checkpoint stores the state of the rules and the alert records that wait.
func (c *rulesConnector) checkpoint(ctx context.Context, now time.Time) {
	c.storing.Lock()
	defer c.storing.Unlock()
	c.storeState(ctx, now)
}

// storeState is checkpoint, under the lock.
func (c *rulesConnector) storeState(ctx context.Context, now time.Time) {
	if c.store == nil {
		return
	}
	begin := time.Now()
	c.mu.Lock()
	state := c.evaluation.pack()
	waiting := encodeOutbox(c.outbox.All())
	c.mu.Unlock()
	c.changesLost = !c.writeChanges(ctx, stateful.Change{Key: stateKey, Value: state}, stateful.Change{Key: changesKey}, stateful.Change{Key: queueKey, Value: waiting})
	if c.changesLost {
		return
	}
	cost := time.Since(begin)
	c.schedule.Stored(now, cost)
	c.telemetry.ConnectorCoworkRulesCheckpointDuration.Record(ctx, cost.Seconds())
	c.telemetry.ConnectorCoworkRulesCheckpointSize.Record(ctx, int64(len(state)))
}

// storeAlerts stores the alert records that wait, and the groups whose alerts they are. If
// the collector crashes before new ones are sent, the next run sends them again under the
// same fingerprint, and resolves them. The state of the rules is stored too, unless it is
// so large that this would take more than a tenth of the time.
//
// It is called before records are sent, and after: records that came meanwhile must not be
// stored without their groups, which the next run would not resolve.
func (c *rulesConnector) storeAlerts(ctx context.Context) {
	c.storing.Lock()
	defer c.storing.Unlock()
	c.mu.Lock()
	count := c.evaluation.evaluator.ChangeCount()
	c.mu.Unlock()
	if now := time.Now(); c.changesLost || count > maxChanges || c.schedule.IsAffordable(now) {
		c.storeState(ctx, now)
		return
	}
	c.mu.Lock()
	changes := c.evaluation.evaluator.Changes()
	waiting := encodeOutbox(c.outbox.All())
	c.mu.Unlock()
	c.writeChanges(ctx, stateful.Change{Key: changesKey, Value: changes}, stateful.Change{Key: queueKey, Value: waiting})
}

func (c *rulesConnector) writeChanges(ctx context.Context, changes ...stateful.Change) bool {
	err := c.store.Write(ctx, changes...)
	if err != nil {
		stateful.AddCount(ctx, c.telemetry.ConnectorCoworkRulesCheckpointErrors, 1)
	}
	return err == nil
}

// encodeOutbox encodes alert records as one OTLP batch with a checksum.
func encodeOutbox(batches iter.Seq[*plog.Logs]) []byte {
	all := plog.NewLogs()
	for ld := range batches {
		for _, rl := range ld.ResourceLogs().All() {
			rl.CopyTo(all.ResourceLogs().AppendEmpty())
		}
	}
	data, _ := (&plog.ProtoMarshaler{}).MarshalLogs(all) // never returns an error
	return append(binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(data)), crc32.Checksum(data, castagnoli)), data...)
}

// decodeOutbox decodes alert records. Nothing stored is an empty batch.
func decodeOutbox(stored []byte) (plog.Logs, error) {
	if len(stored) == 0 {
		return plog.NewLogs(), nil
	}
	if len(stored) < 4 || binary.BigEndian.Uint32(stored) != crc32.Checksum(stored[4:], castagnoli) {
		return plog.Logs{}, errors.New("the checksum is wrong")
	}
	return (&plog.ProtoUnmarshaler{}).UnmarshalLogs(stored[4:])
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)
