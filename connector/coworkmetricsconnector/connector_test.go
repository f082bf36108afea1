package coworkmetricsconnector

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/otel/attribute"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadata"
	"github.com/cowork-otel/collector/connector/coworkmetricsconnector/internal/metadatatest"
)

// TestTicker checks that points are emitted every flush interval and at shutdown.
func TestTicker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, to, _ := start(t, defaults)
		began := time.Now()
		time.Sleep(time.Second)
		send(t, c, request("alice", "r1"))
		time.Sleep(15*time.Second - time.Nanosecond - time.Since(began))
		synctest.Wait()
		require.Empty(t, to.all())
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		points := to.costs()
		require.Len(t, points, 1)
		require.Zero(t, points[0].DoubleValue(), "a series begins with nothing")
		require.Equal(t, timestamp(began.Add(time.Second)), points[0].StartTimestamp())
		require.Equal(t, timestamp(began.Add(15*time.Second)), points[0].Timestamp())

		send(t, c, request("alice", "r2"))
		time.Sleep(30 * time.Second)
		synctest.Wait()
		points = to.costs()
		require.Len(t, points, 2)
		for _, p := range points {
			require.InDelta(t, 2, p.DoubleValue(), 0)
			require.Equal(t, timestamp(began.Add(time.Second)), p.StartTimestamp())
		}
		send(t, c, request("alice", "r3"))
		require.NoError(t, c.Shutdown(t.Context()))
		points = to.costs()
		require.Len(t, points, 1)
		require.InDelta(t, 3, points[0].DoubleValue(), 0)
		require.NoError(t, c.Shutdown(t.Context()))
		require.Empty(t, to.all(), "once")
	})
}

// TestShutdown checks that the sums of new series are emitted at shutdown.
func TestShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, to, tel := start(t, defaults)
		send(t, c, request("alice", "r1"))
		require.NoError(t, c.Shutdown(t.Context()))
		points := to.costs()
		require.Len(t, points, 2)
		require.Zero(t, points[0].DoubleValue())
		require.InDelta(t, 1, points[1].DoubleValue(), 0)
		require.Less(t, points[0].Timestamp(), points[1].Timestamp())
		metadatatest.AssertEqualConnectorCoworkMetricsPoints(t, tel, point(4), ignoreTime)
		_, err := tel.GetMetric("otelcol_connector_cowork_metrics_lost_points")
		require.Error(t, err)
	})
}

// TestDeltaRefused checks that rejected deltas are added to the next ones, with the start
// time of the rejected ones.
func TestDeltaRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, to, tel := start(t, deltas)
		began := time.Now()
		to.failWith(errors.New("busy"))
		send(t, c, request("alice", "r1"))
		time.Sleep(20 * time.Second)
		send(t, c, request("alice", "r2"))
		to.failWith(nil)
		time.Sleep(20 * time.Second)
		synctest.Wait()
		points := to.costs()
		require.Len(t, points, 1)
		require.InDelta(t, 2, points[0].DoubleValue(), 0)
		require.Equal(t, timestamp(began), points[0].StartTimestamp())
		require.Equal(t, timestamp(began.Add(30*time.Second)), points[0].Timestamp())
		metadatatest.AssertEqualConnectorCoworkMetricsFlushErrors(t, tel, point(1), ignoreTime)

		to.failWith(consumererror.NewPermanent(errors.New("bad")))
		send(t, c, request("alice", "r3"))
		time.Sleep(15 * time.Second)
		synctest.Wait()
		metadatatest.AssertEqualConnectorCoworkMetricsLostPoints(t, tel, point(2), ignoreTime)
		to.failWith(errors.New("busy"))
		send(t, c, request("alice", "r4"))
		require.NoError(t, c.Shutdown(t.Context()))
		metadatatest.AssertEqualConnectorCoworkMetricsLostPoints(t, tel, point(4), ignoreTime)
	})
}

// TestCumulativeRefused checks that cumulative points lose nothing when they are
// rejected.
func TestCumulativeRefused(t *testing.T) {
	for _, err := range []error{errors.New("busy"), consumererror.NewPermanent(errors.New("bad"))} {
		synctest.Test(t, func(t *testing.T) {
			c, to, _ := start(t, defaults)
			to.failWith(err)
			send(t, c, request("alice", "r1"))
			time.Sleep(20 * time.Second)
			to.failWith(nil)
			time.Sleep(30 * time.Second)
			synctest.Wait()
			points := to.costs()
			require.Len(t, points, 2)
			require.Zero(t, points[0].DoubleValue())
			require.InDelta(t, 1, points[1].DoubleValue(), 0)
			require.NoError(t, c.Shutdown(t.Context()))
		})
	}
}

// TestSelfTelemetry checks the connector's own metrics.
func TestSelfTelemetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _, tel := start(t, func(cfg *Config) { cfg.MaxSeries = 2 })
		bad := request("alice", "r1")
		attributes := bad.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes()
		attributes.PutInt("input_tokens", -5)
		attributes.PutStr("model", "\xff")
		send(t, c, bad)
		send(t, c, request("alice", "r1"))
		send(t, c, request("bob", "r2"))
		require.NoError(t, c.Shutdown(t.Context()))

		metadatatest.AssertEqualConnectorCoworkMetricsInvalid(t, tel, point(1, attribute.String("attribute", "input_tokens")), ignoreTime)
		metadatatest.AssertEqualConnectorCoworkMetricsDuplicates(t, tel, point(1, attribute.String("kind", "api_request")), ignoreTime)
		metadatatest.AssertEqualConnectorCoworkMetricsOverflow(t, tel, append(
			point(2, attribute.String("metric", "cowork.events")), point(1, attribute.String("metric", "cowork.cost"))...), ignoreTime)
		metadatatest.AssertEqualConnectorCoworkMetricsEvicted(t, tel, append(
			point(1, attribute.String("metric", "cowork.events")), point(1, attribute.String("metric", "cowork.cost"))...), ignoreTime)
		metadatatest.AssertEqualConnectorCoworkMetricsCutLabels(t, tel, point(1), ignoreTime)
		metadatatest.AssertEqualConnectorCoworkMetricsForgotten(t, tel, point(0), ignoreTime)
		metadatatest.AssertEqualConnectorCoworkMetricsSeries(t, tel, point(4), ignoreTime)
		got, err := tel.GetMetric("otelcol_connector_cowork_metrics_flush_duration")
		require.NoError(t, err)
		require.NotNil(t, got)
	})
}

// TestConcurrent checks that senders at the same time lose nothing, while points are
// taken.
func TestConcurrent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, to, _ := start(t, func(cfg *Config) { cfg.Temporality, cfg.FlushInterval = Delta, 10*time.Millisecond })
		const senders, each = 8, 200
		var wg sync.WaitGroup
		for s := range senders {
			wg.Go(func() {
				for i := range each {
					send(t, c, request("user"+strconv.Itoa(s%3), strconv.Itoa(s*each+i)))
					time.Sleep(time.Millisecond)
				}
			})
		}
		wg.Wait()
		require.NoError(t, c.Shutdown(t.Context()))
		sum := 0.0
		for _, p := range to.costs() {
			sum += p.DoubleValue()
		}
		require.InDelta(t, senders*each, sum, 1e-6)
	})
}

// TestNotWhileSending checks that events are added up while points are being sent.
func TestNotWhileSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, to, _ := start(t, deltas)
		send(t, c, request("alice", "r1"))
		answer := to.wait()
		time.Sleep(16 * time.Second)
		send(t, c, request("alice", "r2"))
		answer()
		require.NoError(t, c.Shutdown(t.Context()))
		points := to.costs()
		require.Len(t, points, 2)
		require.Equal(t, points[0].Timestamp(), points[1].StartTimestamp())
	})
}

// TestScope checks the scope of the metrics.
func TestScope(t *testing.T) {
	c, to, _ := start(t, deltas)
	send(t, c, request("alice", "r1"))
	require.NoError(t, c.Shutdown(context.Background()))
	rm := to.all()[0].ResourceMetrics().At(0)
	require.Equal(t, map[string]any{"service.name": "cowork"}, rm.Resource().Attributes().AsRaw())
	require.Equal(t, metadata.ScopeName, rm.ScopeMetrics().At(0).Scope().Name())
}

// TestShutdownWithoutStart checks that a connector that never ran can be ended.
func TestShutdownWithoutStart(t *testing.T) {
	telemetry, err := metadata.NewTelemetryBuilder(componenttest.NewNopTelemetrySettings())
	require.NoError(t, err)
	c := newConnector(createDefaultConfig().(*Config), connector.Settings{}, telemetry, &backend{})
	require.NoError(t, c.Shutdown(t.Context()))
}
