package coworkmetricsconnector

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"
)

// request returns a batch of one api_request of a user, of a dollar.
func request(user, id string) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.SetEventName("api_request")
	rec.Attributes().PutStr("session.id", "f4e2b124-f977-4412-8b09-da2871d3f914")
	rec.Attributes().PutStr("user.account_uuid", user)
	rec.Attributes().PutStr("request_id", id)
	rec.Attributes().PutInt("cost_usd_micros", 1e6)
	return ld
}

// A backend takes metrics, or does not.
type backend struct {
	mu    sync.Mutex
	fail  error
	taken []pmetric.Metrics
	hold  chan struct{} // until it is closed nothing is taken; may be nil
}

func (*backend) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (b *backend) ConsumeMetrics(_ context.Context, md pmetric.Metrics) error {
	b.mu.Lock()
	hold := b.hold
	b.mu.Unlock()
	if hold != nil {
		<-hold
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return b.fail
	}
	b.taken = append(b.taken, md)
	return nil
}

func (b *backend) failWith(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail = err
}

// wait blocks the backend until answer is called.
func (b *backend) wait() (answer func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hold = make(chan struct{})
	return func() { close(b.hold) }
}

// all returns the batches since the last call.
func (b *backend) all() []pmetric.Metrics {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.taken
	b.taken = nil
	return taken
}

// costs returns the points of cowork.cost since the last call.
func (b *backend) costs() (points []pmetric.NumberDataPoint) {
	for _, md := range b.all() {
		for _, rm := range md.ResourceMetrics().All() {
			for _, m := range rm.ScopeMetrics().At(0).Metrics().All() {
				if m.Name() != "cowork.cost" {
					continue
				}
				for _, dp := range m.Sum().DataPoints().All() {
					points = append(points, dp)
				}
			}
		}
	}
	return points
}

// start starts a connector. It is the caller's to shut down.
func start(t *testing.T, configure func(*Config)) (connector.Logs, *backend, *componenttest.Telemetry) {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	configure(cfg)
	require.NoError(t, cfg.Validate())
	tel := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, tel.Shutdown(context.Background())) })
	set := connectortest.NewNopSettings(NewFactory().Type())
	set.TelemetrySettings = tel.NewTelemetrySettings()
	to := &backend{}
	c, err := NewFactory().CreateLogsToMetrics(t.Context(), set, cfg, to)
	require.NoError(t, err)
	require.False(t, c.Capabilities().MutatesData)
	require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
	return c, to, tel
}

// send sends a batch that must not be written to.
func send(t *testing.T, c connector.Logs, ld plog.Logs) {
	t.Helper()
	ld.MarkReadOnly()
	require.NoError(t, c.ConsumeLogs(t.Context(), ld))
}

func defaults(*Config) {}

func deltas(cfg *Config) { cfg.Temporality = Delta }

func point(n int64, labels ...attribute.KeyValue) []metricdata.DataPoint[int64] {
	return []metricdata.DataPoint[int64]{{Value: n, Attributes: attribute.NewSet(labels...)}}
}

var ignoreTime = metricdatatest.IgnoreTimestamp()
