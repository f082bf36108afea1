package coworkcorrelationprocessor

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/extension/xextension/storage"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor/internal/metadatatest"
)

func stored(c *Config) { c.Storage = &diskID }

// kill ends the processor as a crash would: nothing more is stored or sent.
func (r *rig) kill() {
	r.Logs.(*correlator).stop(context.Background())
	r.Logs.(*correlator).store.client = nil // what is still to come is not written
	r.sink.take()
}

func TestPromptsSurviveACrash(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, stored)
		for i := range 3 {
			r.send(request(i, "r", attributes{"prompt.id": strconv.Itoa(i)}))
		}
		require.Empty(t, r.pass(1100*time.Millisecond))
		r.send(request(9, "r9", attributes{"prompt.id": "2"}))
		r.kill()

		r = start(t, d, stored)
		require.Empty(t, r.send(request(1, "r", attributes{"prompt.id": "1"})), "a duplicate of before")
		require.Len(t, r.send(request(8, "r8", attributes{"prompt.id": "0"})), 1)
		require.Equal(t, []string{"1 0 1 idle", "2 0 1 idle", "0 0 2 idle"},
			told(r.pass(time.Hour), "prompt.id", "cowork.prompt.part", "cowork.prompt.event_count", "cowork.prompt.close_reason"),
			"what came behind the last checkpoint is lost")
		r.kill()

		r = start(t, d, stored)
		require.Empty(t, r.pass(time.Hour), "each is summarised once")
		r.end()
		require.Empty(t, d.keys(), "what is forgotten is not kept")
		require.Equal(t, 2, d.open, "of those that were killed")
	})
}

// TestPromptsEndWhileNothingRuns are closed at the first look.
func TestPromptsEndWhileNothingRuns(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", nil))
		r.pass(2 * time.Second)
		r.kill()
		time.Sleep(time.Hour)
		r = start(t, d, stored)
		require.Equal(t, []string{"1 idle"}, told(r.pass(time.Second), "cowork.prompt.event_count", "cowork.prompt.close_reason"))
	})
}

// TestUndeliveredSummariesSurvive has nobody take them before the collector ends.
func TestUndeliveredSummariesSurvive(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", attributes{"prompt.id": "idle"}))
		r.pass(4 * time.Minute)
		r.send(request(2, "r", attributes{"prompt.id": "open"}))
		r.sink.refuses(errors.New("down"))
		r.pass(2 * time.Minute)
		r.end()
		metadatatest.AssertEqualProcessorCoworkCorrelationQueued(t, r.tel, point(2), ignoreTime)

		r = start(t, d, stored)
		require.Equal(t, []string{"idle 1 idle", "open 1 shutdown"},
			told(r.pass(time.Second), "prompt.id", "cowork.prompt.event_count", "cowork.prompt.close_reason"))
		r.end()
		r = start(t, d, stored)
		require.Empty(t, r.pass(time.Hour))
	})
}

// TestShutdownWithoutTime leaves to the next run what it cannot send.
func TestShutdownWithoutTime(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", nil))
		r.sink.refuses(context.Canceled)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.NoError(t, r.Shutdown(ctx))
		r = start(t, d, stored)
		require.Equal(t, []string{"1 shutdown"}, told(r.pass(time.Second), "cowork.prompt.event_count", "cowork.prompt.close_reason"))
	})
}

// TestLostSummariesStayLost and do not come back with a restart.
func TestLostSummariesStayLost(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		down := errors.New("down")
		one := func(c *Config) { stored(c); c.MaxPrompts = 1 }
		r := start(t, d, one)
		r.sink.refuses(down)
		for i := range minQueue + 8 {
			if i%maxBatch == 0 {
				r.pass(2 * time.Second) // for a checkpoint
			}
			require.ErrorIs(t, r.ConsumeLogs(t.Context(), request(i, "r", attributes{"prompt.id": strconv.Itoa(i)})), down)
		}
		r.pass(2 * time.Second)
		r.kill()
		require.Len(t, start(t, d, stored).pass(time.Second), minQueue, "where there is room for more")
	})
}

// TestCheckpoints writes what changed, and a summary's delivery at once.
func TestCheckpoints(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, func(c *Config) { stored(c); c.CheckpointInterval = 10 * time.Second; c.IdleTimeout = time.Minute })
		const part, left = oneTrace + ".0.0", oneTrace + ".0"
		r.send(request(1, "r", nil))
		r.pass(8 * time.Second)
		require.Empty(t, d.takeBatches())
		r.send(request(2, "r2", nil))
		r.pass(5 * time.Second)
		require.Equal(t, [][]string{{part}}, d.takeBatches())
		r.send(request(2, "r2", nil))
		r.pass(30 * time.Second)
		require.Empty(t, d.takeBatches(), "a duplicate changes nothing")
		require.Len(t, r.pass(26*time.Second), 1)
		require.Equal(t, [][]string{{part, left}, {part}}, d.takeBatches(), "its end is stored before it is told")
		require.Equal(t, []string{left}, d.keys())
		got, err := r.tel.GetMetric("otelcol_processor_cowork_correlation_checkpoint_duration")
		require.NoError(t, err)
		require.Equal(t, []uint64{3}, countsOf(got))
	})
}

// TestBrokenStorage goes on without it, and stores everything when it is back.
func TestBrokenStorage(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, func(c *Config) { stored(c); c.IdleTimeout = time.Minute })
		d.fail(errors.New("disk is full"))
		for i := range 500 {
			require.Len(t, r.send(request(i, "r", attributes{"prompt.id": strconv.Itoa(i)})), 1)
			r.pass(time.Second)
		}
		last := d.takeBatches()
		require.LessOrEqual(t, len(last[len(last)-1]), 3, "what waits does not grow with every prompt that passes")
		metadatatest.AssertEqualProcessorCoworkCorrelationCheckpointErrors(t, r.tel, point(int64(len(last))), ignoreTime)
		d.fail(nil)
		r.pass(2 * time.Second)
		r.kill()

		open := 0
		for _, key := range d.keys() {
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
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", nil), request(1, "r", attributes{"prompt.id": "other"}))
		r.pass(2 * time.Second)
		r.kill()
		d.spoil()
		r = start(t, d, stored)
		metadatatest.AssertEqualProcessorCoworkCorrelationCheckpointErrors(t, r.tel, point(2), ignoreTime)
		require.Empty(t, r.pass(time.Hour))
		require.Empty(t, d.keys())
	})
}

// host has one extension.
type host struct{ component.Component }

func (h host) GetExtensions() map[component.ID]component.Component {
	return map[component.ID]component.Component{diskID: h.Component}
}

// simple is a storage that cannot list what it holds.
type simple struct{ *disk }

func (s simple) GetClient(ctx context.Context, kind component.Kind, id component.ID, name string) (storage.Client, error) {
	client, err := s.disk.GetClient(ctx, kind, id, name)
	return struct{ storage.Client }{client}, err
}

// torn is a storage that cannot be read.
type torn struct{ *disk }

func (t torn) GetClient(ctx context.Context, kind component.Kind, id component.ID, name string) (storage.Client, error) {
	client, err := t.disk.GetClient(ctx, kind, id, name)
	return tornClient{client}, err
}

type tornClient struct{ storage.Client }

func (tornClient) Walk(context.Context, storage.WalkFunc) error { return errors.New("is torn") }

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
	check("storage: disk: is no storage extension (file_storage is one)", host{struct {
		component.StartFunc
		component.ShutdownFunc
	}{}})
	d := newDisk()
	check("storage: disk: cannot list what it holds (file_storage can)", host{simple{d}})
	require.Zero(t, d.open)
	check("storage: disk: is torn", host{torn{d}})
	require.Zero(t, d.open)
	d.fail(errors.New("is locked"))
	check("storage: disk: is locked", host{d})
}

// TestCrashAfterDelivery sends a summary again that arrived when nobody could note
// it any more. It is the same, although an event came meanwhile.
func TestCrashAfterDelivery(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDisk()
		r := start(t, d, stored)
		r.send(request(1, "r", nil))
		r.sink.then(func() { d.fail(errors.New("gone")) })
		first := r.pass(6 * time.Minute)
		require.Len(t, first, 1)
		r.kill()
		d.fail(nil)
		r = start(t, d, stored)
		r.send(request(2, "r2", nil))
		again := r.pass(time.Minute)
		require.Len(t, again, 1)
		require.Equal(t, first[0].Record().Attributes().AsRaw(), again[0].Record().Attributes().AsRaw())
		require.Equal(t, first[0].Record().SpanID(), again[0].Record().SpanID())
		require.Equal(t, []string{"1 1"}, told(r.pass(time.Hour), "cowork.prompt.part", "cowork.prompt.event_count"))
	})
}
