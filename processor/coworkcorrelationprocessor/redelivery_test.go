package coworkcorrelationprocessor

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/prompt"
	"github.com/cowork-otel/collector/internal/stateful"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadata"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadatatest"
)

var errFull = errors.New("queue is full")

// markedOf returns the records that have the mark of a redelivery.
func markedOf(records []cowork.Event) (n int) {
	for _, e := range records {
		if e.Redelivered() {
			n++
		}
	}
	return n
}

// TestRefusedBatchesPassAgain checks that a batch which the next component refused passes
// when its sender repeats it, marked, and counts once.
func TestRefusedBatchesPassAgain(t *testing.T) {
	for _, refusal := range []error{errFull, consumererror.NewPermanent(errFull)} {
		run(t, defaults, func(r *rig) {
			both := func() plog.Logs {
				return together(request(1, "r", nil), event("plugin_loaded", 2, attributes{"prompt.id": nil}))
			}
			r.sink.Refuse(refusal)
			for range 2 {
				require.ErrorIs(t, r.ConsumeLogs(t.Context(), both()), errFull)
			}
			r.sink.Refuse(nil)
			again := r.send(together(both(), request(3, "new", nil)))
			require.Len(t, again, 3)
			require.Equal(t, 2, markedOf(again))
			require.False(t, again[2].Redelivered())
			require.Empty(t, r.send(both()), "was accepted")
			r.pass(time.Second)
			metadatatest.AssertEqualProcessorCoworkCorrelationRedelivered(t, r.tel, statefultest.Point(4), statefultest.IgnoreTime)
			metadatatest.AssertEqualProcessorCoworkCorrelationDuplicates(t, r.tel, statefultest.Point(2), statefultest.IgnoreTime)
			require.Equal(t, []string{"2 0.003"}, linesOf(r.pass(time.Hour), "cowork.prompt.event_count", "cowork.prompt.cost_usd"))
		})
	}
}

// TestEventsWithoutPromptAreDropped checks that a repetition of an event is dropped that
// belongs to no prompt. Two failed logins in a batch that came three times were six.
func TestEventsWithoutPromptAreDropped(t *testing.T) {
	run(t, defaults, func(r *rig) {
		login := func(second int) plog.Logs {
			return event("auth", second, attributes{"prompt.id": nil, "success": "false"})
		}
		require.Len(t, r.send(together(login(1), login(2), login(1))), 2)
		require.Empty(t, r.send(together(login(1), login(2))))
		noSequence := func() plog.Logs { return event("auth", 3, attributes{"event.sequence": nil, "prompt.id": nil}) }
		require.Len(t, r.send(noSequence(), noSequence()), 2, "cannot be recognised")
	})
}

// TestForgedMarks checks that a client's own mark is removed: it would hide the event from
// all that counts.
func TestForgedMarks(t *testing.T) {
	run(t, defaults, func(r *rig) {
		for i, id := range []any{"p", nil} {
			out := r.send(event("auth", i, attributes{"prompt.id": id, cowork.RedeliveredAttribute: true}))
			require.Len(t, out, 1)
			_, marked := out[0].Record().Attributes().Get(cowork.RedeliveredAttribute)
			require.False(t, marked)
		}
	})
}

// TestRepetitionOnItsWay sends a batch while the same one is on its way. It waits for the
// outcome, since dropping it could lose the events and passing it could double them.
func TestRepetitionOnItsWay(t *testing.T) {
	for _, refusal := range []error{nil, errFull} {
		run(t, defaults, func(r *rig) {
			first, second := make(chan error, 1), make(chan error, 1)
			gate := make(chan struct{})
			r.sink.OnConsume(func() { <-gate })
			r.sink.Refuse(refusal)
			go func() { first <- r.ConsumeLogs(r.Context(), request(1, "r", nil)) }()
			synctest.Wait()
			go func() { second <- r.ConsumeLogs(r.Context(), request(1, "r", nil)) }()
			impatient, cancel := context.WithTimeout(r.Context(), time.Second)
			defer cancel()
			require.ErrorIs(r, r.ConsumeLogs(impatient, request(1, "r", nil)), context.DeadlineExceeded)
			require.Empty(r, second, "waits")
			close(gate)
			require.ErrorIs(r, <-first, refusal)
			require.ErrorIs(r, <-second, refusal, "is passed on, and refused too")
			r.sink.Refuse(nil)
			require.Equal(r, refusal == nil, len(r.sink.Take()) == 1, "passes once")
			again := r.send(request(1, "r", nil))
			require.Len(r, again, markedOf(again), "is marked if it passes")
			require.Equal(r, refusal != nil, len(again) == 1)
		})
	}
}

// TestPanicBehind checks that a batch behind which a component panics has an outcome. The
// server of the receiver recovers, and the sender repeats the batch, which would wait for
// the outcome for good.
func TestPanicBehind(t *testing.T) {
	run(t, defaults, func(r *rig) {
		r.sink.OnConsume(func() { panic("a component") })
		require.Panics(r, func() { _ = r.ConsumeLogs(r.Context(), request(1, "r", nil)) })
		r.sink.OnConsume(func() {})
		impatient, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		require.NoError(r, r.ConsumeLogs(impatient, request(1, "r", nil)))
		require.Equal(r, 1, markedOf(r.sink.Take()))
	})
}

// TestSummariesAreMarkedWhenRetried checks that a summary counts once that is sent again.
func TestSummariesAreMarkedWhenRetried(t *testing.T) {
	run(t, defaults, func(r *rig) {
		r.send(request(1, "r", nil))
		r.sink.Refuse(errFull)
		require.Empty(t, r.pass(time.Hour))
		r.sink.Refuse(nil)
		retried := r.pass(time.Second)
		require.Len(t, retried, 1)
		require.Equal(t, 1, markedOf(retried))
		r.send(request(2, "r2", nil))
		require.Zero(t, markedOf(r.pass(time.Hour)))
	})
}

// TestDroppedBatchOfSummaries drops a refused batch of summaries, as in a long outage. The
// next batch was not sent before: everything that counts must receive it without the mark.
func TestDroppedBatchOfSummaries(t *testing.T) {
	telemetry, err := metadata.NewTelemetryBuilder(componenttest.NewNopTelemetrySettings())
	require.NoError(t, err)
	sink := &statefultest.Sink{}
	s := &summarySender{next: sink, telemetry: telemetry, storage: &checkpointer{}}
	marked := func(parts []prompt.Trace) int {
		require.NoError(t, s.sendBatch(t.Context(), parts))
		return markedOf(sink.Take())
	}
	tracker := prompt.NewTracker(prompt.Settings{Idle: time.Minute, MaxOpen: 10})
	for i := range 6 {
		for e := range cowork.Events(event("auth", i, attributes{"prompt.id": string(rune('a' + i))})) {
			tracker.Add(time.Now(), e)
		}
	}
	tracker.Flush(prompt.Shutdown)
	parts := tracker.Take(nil)
	refused, another := parts[:3], parts[3:]
	require.Zero(t, marked(refused))
	s.recordOutcome(t.Context(), stateful.Retried, refused)
	require.Equal(t, 2, marked(refused[1:]), "without the part that the outbox dropped")
	s.recordOutcome(t.Context(), stateful.Dropped, refused[:1])
	require.Equal(t, 2, marked(refused[1:]))
	require.Zero(t, marked(another), "another batch")
	s.recordOutcome(t.Context(), stateful.Delivered, refused)
	require.Zero(t, marked(refused))
}

// TestKilledBeforeTheAnswer kills the collector while a batch is on its way, after a
// checkpoint. The sender repeats the batch: it passes, and its prompt counts it once.
func TestKilledBeforeTheAnswer(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, stored)
		r.send(request(1, "r1", nil))
		gate := make(chan struct{})
		r.sink.OnConsume(func() { <-gate })
		go func() { _ = r.ConsumeLogs(r.Context(), together(request(1, "r1", nil), request(2, "r2", nil))) }()
		statefultest.Advance(2 * time.Second)
		r.Logs.(*correlator).stopLoops()
		close(gate)
		synctest.Wait()
		r.sink.Take()

		r = start(t, d, stored)
		out := r.send(together(request(1, "r1", nil), request(2, "r2", nil)))
		require.Len(t, out, 1, "only what was delivered is dropped")
		require.Zero(t, markedOf(out), "what stands behind may have lost it")
		require.Empty(t, r.send(request(2, "r2", nil)))
		require.Equal(t, []string{"2"}, linesOf(r.pass(time.Hour), "cowork.prompt.event_count"))
	})
}
