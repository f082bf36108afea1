package coworkcorrelationprocessor

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/internal/delivery"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadatatest"
)

func stored(c *Config) { c.Storage = &statefultest.DiskID }

func TestPromptsSurviveACrash(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, stored)
		for i := range 3 {
			r.send(request(i, "r", attributes{"prompt.id": strconv.Itoa(i)}))
		}
		require.Empty(t, r.pass(1100*time.Millisecond))
		r.send(request(9, "r9", attributes{"prompt.id": "2"}))
		r.kill()

		r = start(t, d, stored)
		require.Empty(t, r.send(request(1, "r", attributes{"prompt.id": "1"})), "a duplicate of the first run")
		require.Len(t, r.send(request(8, "r8", attributes{"prompt.id": "0"})), 1)
		require.Equal(t, []string{"1 0 1 idle", "2 0 1 idle", "0 0 2 idle"},
			linesOf(r.pass(time.Hour), "prompt.id", "cowork.prompt.part", "cowork.prompt.event_count", "cowork.prompt.close_reason"),
			"events after the last checkpoint are lost")
		r.kill()

		r = start(t, d, stored)
		require.Empty(t, r.pass(time.Hour), "each part has one summary")
		r.end()
		require.Empty(t, promptKeys(d), "what the tracker forgets is deleted")
		require.Equal(t, 2, d.OpenClients(), "the two that were killed")
	})
}

// TestPromptsEndWhileNothingRuns closes prompts at the first tick that became idle while
// the collector was down.
func TestPromptsEndWhileNothingRuns(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", nil))
		r.pass(2 * time.Second)
		r.kill()
		time.Sleep(time.Hour)
		r = start(t, d, stored)
		require.Equal(t, []string{"1 idle"}, linesOf(r.pass(time.Second), "cowork.prompt.event_count", "cowork.prompt.close_reason"))
	})
}

// TestUndeliveredSummariesSurvive restarts the collector before summaries are delivered.
func TestUndeliveredSummariesSurvive(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", attributes{"prompt.id": "idle"}))
		r.pass(4 * time.Minute)
		r.send(request(2, "r", attributes{"prompt.id": "open"}))
		r.sink.Refuse(errors.New("down"))
		r.pass(2 * time.Minute)
		r.end()
		metadatatest.AssertEqualProcessorCoworkCorrelationQueued(t, r.tel, statefultest.Point(2), statefultest.IgnoreTime)

		r = start(t, d, stored)
		require.Equal(t, []string{"idle 1 idle", "open 1 shutdown"},
			linesOf(r.pass(time.Second), "prompt.id", "cowork.prompt.event_count", "cowork.prompt.close_reason"))
		r.end()
		r = start(t, d, stored)
		require.Empty(t, r.pass(time.Hour))
	})
}

// TestShutdownWithoutTime shuts down with a context that has ended: the next run sends the
// summary.
func TestShutdownWithoutTime(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", nil))
		r.sink.Refuse(context.Canceled)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.NoError(t, r.Shutdown(ctx))
		r = start(t, d, stored)
		require.Equal(t, []string{"1 shutdown"}, linesOf(r.pass(time.Second), "cowork.prompt.event_count", "cowork.prompt.close_reason"))
	})
}

// TestLostSummariesStayLost checks that dropped summaries are not restored.
func TestLostSummariesStayLost(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		down := errors.New("down")
		one := func(c *Config) { stored(c); c.MaxPrompts = 1 }
		r := start(t, d, one)
		r.sink.Refuse(down)
		for i := range minOutbox + 8 {
			if i%maxBatch == 0 {
				r.pass(2 * time.Second) // for a checkpoint
			}
			require.ErrorIs(t, r.ConsumeLogs(t.Context(), request(i, "r", attributes{"prompt.id": strconv.Itoa(i)})), down)
		}
		r.pass(2 * time.Second)
		r.kill()
		require.Len(t, start(t, d, stored).pass(time.Second), minOutbox, "although this run has room for more")
	})
}

// TestCheckpoints checks which keys are written and when: a changed prompt after the
// interval, the end of a prompt and the delivery of its summary at once.
func TestCheckpoints(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, func(c *Config) { stored(c); c.CheckpointInterval = 10 * time.Second; c.IdleTimeout = time.Minute })
		const part, left = oneTrace + ".0.0", oneTrace + ".0"
		r.send(request(1, "r", nil))
		r.pass(8 * time.Second)
		require.Empty(t, d.TakeWrites())
		r.send(request(2, "r2", nil))
		r.pass(5 * time.Second)
		require.Equal(t, [][]string{{part, "delivered/0"}}, d.TakeWrites())
		r.send(request(2, "r2", nil))
		r.pass(30 * time.Second)
		require.Empty(t, d.TakeWrites(), "a duplicate changes nothing")
		require.Len(t, r.pass(26*time.Second), 1)
		require.Equal(t, [][]string{{part, left}, {part}}, d.TakeWrites(), "its end is stored before its summary is sent")
		require.Equal(t, []string{left}, promptKeys(d))
		got, err := r.tel.GetMetric("otelcol_processor_cowork_correlation_checkpoint_duration")
		require.NoError(t, err)
		require.Equal(t, []uint64{3}, countsOf(got))
	})
}

// TestBrokenStorage passes records while the storage fails, and stores all changes when it
// works again.
func TestBrokenStorage(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, func(c *Config) { stored(c); c.IdleTimeout = time.Minute })
		d.Fail(errors.New("disk is full"))
		for i := range 500 {
			require.Len(t, r.send(request(i, "r", attributes{"prompt.id": strconv.Itoa(i)})), 1)
			r.pass(time.Second)
		}
		last := d.TakeWrites()
		require.LessOrEqual(t, len(last[len(last)-1]), 3, "the pending changes do not grow with every prompt")
		metadatatest.AssertEqualProcessorCoworkCorrelationCheckpointErrors(t, r.tel, statefultest.Point(int64(len(last))), statefultest.IgnoreTime)
		d.Fail(nil)
		r.pass(2 * time.Second)
		r.kill()

		open := 0
		for _, key := range d.Keys() {
			open += strings.Count(key, ".0.0") // a part, where a closed prompt ends on .0
		}
		require.InDelta(t, 58, open, 2, "of a minute")
		r = start(t, d, stored)
		require.Empty(t, r.send(request(3, "r", attributes{"prompt.id": "3"})), "a duplicate")
		require.Empty(t, r.send(request(499, "r", attributes{"prompt.id": "499"})), "a duplicate")
		require.Len(t, r.pass(time.Hour), open)
	})
}

func TestCorruptStorage(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", nil), request(1, "r", attributes{"prompt.id": "other"}))
		r.pass(2 * time.Second)
		r.kill()
		d.Corrupt()
		r = start(t, d, stored)
		metadatatest.AssertEqualProcessorCoworkCorrelationCheckpointErrors(t, r.tel, statefultest.Point(3), statefultest.IgnoreTime)
		require.Empty(t, r.pass(time.Hour))
		require.Empty(t, d.Keys())
	})
}

// promptKeys returns the keys of prompts in a storage.
func promptKeys(d *statefultest.Disk) []string {
	return slices.DeleteFunc(d.Keys(), delivery.IsKey)
}

func TestStartErrors(t *testing.T) {
	check := func(want string, h component.Host) {
		t.Helper()
		cfg := createDefaultConfig().(*Config)
		stored(cfg)
		p, err := NewFactory().CreateLogs(t.Context(), processortest.NewNopSettings(NewFactory().Type()), cfg, consumertest.NewNop())
		require.NoError(t, err)
		require.EqualError(t, p.Start(t.Context(), h), want)
		require.NoError(t, p.Shutdown(t.Context()))
	}
	check("storage: disk: no such extension (it must be in service::extensions)", componenttest.NewNopHost())
	check("storage: disk: is no storage extension (file_storage is one)", statefultest.Host{statefultest.DiskID: nil})
	d := statefultest.NewDisk()
	d.FailOpen(errors.New("is locked"))
	check("storage: disk: is locked", d)
	d.FailOpen(nil)
	d.NoWalk = true
	check("storage: disk: cannot list what it holds (file_storage can)", d)
	d.NoWalk = false
	d.Fail(errors.New("is torn"))
	check("storage: disk: is torn", d)
	require.Zero(t, d.OpenClients())
}

// TestCrashAfterDelivery crashes after a summary was delivered, before that was stored. The
// next run sends the same summary, although another event has arrived since.
func TestCrashAfterDelivery(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", nil))
		r.sink.OnConsume(func() { d.Fail(errors.New("gone")) })
		first := r.pass(6 * time.Minute)
		require.Len(t, first, 1)
		r.kill()
		d.Fail(nil)
		r = start(t, d, stored)
		r.send(request(2, "r2", nil))
		again := r.pass(time.Minute)
		require.Len(t, again, 1)
		require.Equal(t, first[0].Record().Attributes().AsRaw(), again[0].Record().Attributes().AsRaw())
		require.Equal(t, first[0].Record().SpanID(), again[0].Record().SpanID())
		require.Equal(t, []string{"1 1"}, linesOf(r.pass(time.Hour), "cowork.prompt.part", "cowork.prompt.event_count"))
	})
}
