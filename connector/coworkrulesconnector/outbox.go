package coworkrulesconnector

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"iter"
	"time"

	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadata"
	"github.com/cowork-otel/collector/internal/stateful"
)

const (
	// maxQueued is how many alert records wait at most.
	maxQueued = 10_000

	// sendTimeout is how long the next component may take for a batch of alerts. Rules are
	// not evaluated by time meanwhile.
	sendTimeout = 5 * time.Second
)

// An alertSender sends alert records to the next component.
type alertSender struct {
	next      consumer.Logs
	telemetry *metadata.TelemetryBuilder
}

// outboxSettings are those of the outbox of alert records. An item is a batch, as the rules
// made it.
func (s alertSender) outboxSettings() stateful.OutboxSettings[plog.Logs] {
	return stateful.OutboxSettings[plog.Logs]{
		BatchItems: 1,
		MaxItems:   maxQueued,
		MaxSize:    maxQueued,
		SizeOf:     (*plog.Logs).LogRecordCount,
		Send:       s.sendBatch,
		Timeout:    sendTimeout,
		Report:     s.recordOutcome,
	}
}

func (s alertSender) sendBatch(ctx context.Context, batch []plog.Logs) error {
	ld := plog.NewLogs()
	batch[0].CopyTo(ld) // the next component may change it before it returns an error
	return s.next.ConsumeLogs(ctx, ld)
}

// recordOutcome counts retries and lost alert records.
func (s alertSender) recordOutcome(ctx context.Context, outcome stateful.Outcome, batches []plog.Logs) {
	switch outcome {
	case stateful.Retried:
		stateful.AddCount(ctx, s.telemetry.ConnectorCoworkRulesRetries, 1)
	case stateful.Rejected, stateful.Dropped:
		for _, ld := range batches {
			stateful.AddCount(ctx, s.telemetry.ConnectorCoworkRulesAlertsDropped, ld.LogRecordCount())
		}
	case stateful.Delivered:
	}
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
