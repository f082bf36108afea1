package coworkcorrelationprocessor

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/stateful"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadata"
)

const (
	// maxBatch is the most summaries of one batch.
	maxBatch = 1000

	// minOutbox is the least number of summaries that the outbox can hold. By default it
	// holds those of all open prompts, and as many that were closed before.
	minOutbox = 10 * maxBatch

	// maxTextBytes limits the text of the summaries in the outbox, for each that it can
	// hold.
	maxTextBytes = 1024

	// sendTimeout is how long the next component may take for a batch. Prompts are neither
	// closed nor stored meanwhile.
	sendTimeout = 5 * time.Second
)

// A summarySender sends the summaries of closed prompts.
type summarySender struct {
	next      consumer.Logs // nil if no summaries are wanted
	version   string        // of the collector
	telemetry *metadata.TelemetryBuilder
	storage   *checkpointer

	refused *prompt.Trace // the last part of the batch that the next component refused
}

// outboxSettings are those of the outbox of closed prompts.
func (s *summarySender) outboxSettings(maxPrompts int) stateful.OutboxSettings[prompt.Trace] {
	maxItems := max(2*maxPrompts, minOutbox)
	return stateful.OutboxSettings[prompt.Trace]{
		BatchItems: maxBatch,
		MaxItems:   maxItems,
		MaxSize:    maxItems * maxTextBytes,
		SizeOf:     (*prompt.Trace).Bytes,
		Send:       s.sendBatch,
		Timeout:    sendTimeout,
		Report:     s.recordOutcome,
	}
}

func (s *summarySender) sendBatch(ctx context.Context, parts []prompt.Trace) error {
	if s.next == nil {
		return nil
	}
	ld := prompt.Summaries(parts, func(scope pcommon.InstrumentationScope) {
		scope.SetName(metadata.ScopeName)
		scope.SetVersion(s.version)
	})
	// The outbox can drop parts of a refused batch, the last one last.
	if s.refused == &parts[len(parts)-1] {
		for e := range cowork.Events(ld) {
			e.SetRedelivered(true)
		}
	}
	return s.next.ConsumeLogs(ctx, ld)
}

// recordOutcome counts retries and lost summaries. The parts that left the outbox are
// deleted from the storage.
func (s *summarySender) recordOutcome(ctx context.Context, outcome stateful.Outcome, parts []prompt.Trace) {
	switch outcome {
	case stateful.Retried:
		s.refused = &parts[len(parts)-1]
		stateful.AddCount(ctx, s.telemetry.ProcessorCoworkCorrelationSummaryRetries, 1)
		return
	case stateful.Rejected, stateful.Dropped:
		stateful.AddCount(ctx, s.telemetry.ProcessorCoworkCorrelationSummariesDropped, len(parts))
	case stateful.Delivered:
	}
	if outcome != stateful.Dropped {
		s.refused = nil
	}
	s.storage.deleteParts(parts)
}
