package coworkmetricsconnector

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// A rig is a connector with a storage and a backend that its runs share.
type rig struct {
	*testing.T
	connector.Logs
	disk *statefultest.Disk
	to   *backend
	tel  *componenttest.Telemetry
}

// run starts a connector with a storage.
func (r *rig) run(configure ...func(*Config)) {
	r.Helper()
	cfg := createDefaultConfig().(*Config)
	cfg.Temporality, cfg.Storage = Delta, &statefultest.DiskID
	for _, set := range configure {
		set(cfg)
	}
	r.tel = componenttest.NewTelemetry()
	set := connectortest.NewNopSettings(NewFactory().Type())
	set.TelemetrySettings = r.tel.NewTelemetrySettings()
	var err error
	r.Logs, err = NewFactory().CreateLogsToMetrics(r.Context(), set, cfg, r.to)
	require.NoError(r, err)
	require.NoError(r, r.Start(r.Context(), r.disk))
}

// kill ends the connector like a crash: nothing more is stored or emitted.
func (r *rig) kill() { r.Logs.(*metricsConnector).stop() }

// wait lets time pass and returns the dollars that were emitted meanwhile.
func (r *rig) wait(d time.Duration) (dollars float64) {
	time.Sleep(d)
	synctest.Wait()
	for _, p := range r.to.costs() {
		dollars += p.DoubleValue()
	}
	return dollars
}

func inBubble(t *testing.T, test func(*rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test(&rig{T: t, disk: statefultest.NewDisk(), to: &backend{}})
	})
}

// TestDeltasSurviveACrash kills the collector between two flushes: the next one emits what
// arrived before the last checkpoint. Two thirds of all deltas were lost where a collector
// was killed every few seconds.
func TestDeltasSurviveACrash(t *testing.T) {
	inBubble(t, func(r *rig) {
		r.run()
		send(t, r, request("alice", "r0"))
		require.InDelta(t, 1, r.wait(15100*time.Millisecond), 0)
		require.Empty(t, r.disk.Keys(), "was emitted")
		send(t, r, request("alice", "r1"))
		r.wait(900 * time.Millisecond)
		send(t, r, request("bob", "r2"))
		r.wait(time.Second)
		send(t, r, request("bob", "r3"))
		r.kill()

		r.run()
		metadatatest.AssertEqualConnectorCoworkMetricsRestoredPoints(t, r.tel, point(4), ignoreTime)
		send(t, r, request("alice", "r4"))
		r.wait(2 * time.Second)
		r.kill()
		r.run()
		require.InDelta(t, 3, r.wait(time.Minute), 0, "of two runs, and what arrived after a checkpoint is lost")
		require.Empty(t, r.disk.Keys())
		require.NoError(t, r.Shutdown(t.Context()))
		r.run()
		require.Zero(t, r.wait(time.Minute), "once")
		require.NoError(t, r.Shutdown(t.Context()))
	})
}

// TestFailedCheckpointIsRetried checks that deltas are stored once the storage works again,
// though no others arrive, and that those of an earlier run are not emitted twice.
func TestFailedCheckpointIsRetried(t *testing.T) {
	inBubble(t, func(r *rig) {
		r.run()
		r.disk.Fail(errors.New("full"))
		send(t, r, request("alice", "r1"))
		r.wait(1500 * time.Millisecond)
		require.Empty(t, r.disk.Keys())
		r.disk.Fail(nil)
		r.wait(time.Second)
		r.kill()
		require.Equal(t, []string{"pending"}, r.disk.Keys())

		r.disk.FailWrites(errors.New("full"))
		r.run()
		r.disk.FailWrites(nil)
		require.InDelta(t, 1, r.wait(time.Minute), 0)
		r.kill()
		r.run()
		require.Zero(t, r.wait(time.Minute), "once")

		r.disk.FailWrites(errors.New("full"))
		r.to.failWith(errors.New("away"))
		send(t, r, request("alice", "r2"))
		require.NoError(t, r.Shutdown(t.Context()))
		metadatatest.AssertEqualConnectorCoworkMetricsLostPoints(t, r.tel, point(2), ignoreTime)
	})
}

// TestRefusedDeltasSurviveAShutdown shuts down while the backend is away.
func TestRefusedDeltasSurviveAShutdown(t *testing.T) {
	inBubble(t, func(r *rig) {
		r.run()
		r.to.failWith(errors.New("away"))
		send(t, r, request("alice", "r1"))
		require.NoError(t, r.Shutdown(t.Context()))
		r.run()
		require.Zero(t, r.wait(time.Minute), "is still away")
		r.to.failWith(nil)
		require.InDelta(t, 1, r.wait(time.Minute), 0)
		require.NoError(t, r.Shutdown(t.Context()))
		require.Empty(t, r.disk.Keys())
	})
}

// TestRestoredDeltasAreLost refuses stored points permanently, and stores more than the
// bound.
func TestRestoredDeltasAreLost(t *testing.T) {
	inBubble(t, func(r *rig) {
		md := pmetric.NewMetrics()
		m := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics().AppendEmpty()
		m.SetEmptySum().DataPoints().AppendEmpty().SetIntValue(1)
		r.disk.SetValue(restoredKey, encodePoints(md))
		m.SetDescription(strings.Repeat("x", maxRestored))
		r.disk.SetValue(pendingKey, encodePoints(md))
		r.to.failWith(consumererror.NewPermanent(errors.New("too old")))
		r.run()
		metadatatest.AssertEqualConnectorCoworkMetricsLostPoints(t, r.tel, point(1), ignoreTime)
		r.wait(16 * time.Second)
		metadatatest.AssertEqualConnectorCoworkMetricsLostPoints(t, r.tel, point(2), ignoreTime)
		require.Empty(t, r.disk.Keys())
		require.NoError(t, r.Shutdown(t.Context()))
	})
}

// TestBrokenStorage counts points that cannot be read or stored, and emits the others.
func TestBrokenStorage(t *testing.T) {
	inBubble(t, func(r *rig) {
		r.disk.SetValue(pendingKey, []byte("no points"))
		r.disk.SetValue(restoredKey, []byte("x"))
		r.run()
		metadatatest.AssertEqualConnectorCoworkMetricsCheckpointErrors(t, r.tel, point(2), ignoreTime)
		r.disk.Fail(errors.New("disk is full"))
		send(t, r, request("alice", "r1"))
		r.wait(2 * time.Second)
		metadatatest.AssertEqualConnectorCoworkMetricsCheckpointErrors(t, r.tel, point(4), ignoreTime) // it is retried
		r.disk.Fail(nil)
		require.InDelta(t, 1, r.wait(time.Minute), 0)
		require.NoError(t, r.Shutdown(t.Context()))

		r.disk.FailOpen(errors.New("is locked"))
		c, err := NewFactory().CreateLogsToMetrics(t.Context(), connectortest.NewNopSettings(NewFactory().Type()),
			&Config{Temporality: Delta, Storage: &statefultest.DiskID, CheckpointInterval: time.Second, FlushInterval: time.Second}, r.to)
		require.NoError(t, err)
		require.EqualError(t, c.Start(t.Context(), r.disk), "storage: disk: is locked")
		require.NoError(t, c.Shutdown(t.Context()))
	})
}

// TestCumulativeIsNotStored checks that cumulative series need no storage, so that a
// configuration can change the temporality of another one alone.
func TestCumulativeIsNotStored(t *testing.T) {
	inBubble(t, func(r *rig) {
		r.run(func(c *Config) { c.Temporality, c.Storage = Cumulative, &component.ID{} })
		send(t, r, request("alice", "r1"))
		r.wait(2 * time.Second)
		require.Empty(t, r.disk.TakeWrites())
		require.NoError(t, r.Shutdown(t.Context()))
	})
}
