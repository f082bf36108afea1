package coworkalertexporter

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/exportertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/cowork-otel/collector/exporter/coworkalertexporter/internal/metadata"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

type attributes map[string]any

var (
	noon           = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	resolvedRecord = attributes{"alert.status": resolved}
)

// recordsOf returns a batch of alert records that were made at a time.
func recordsOf(t *testing.T, at time.Time, records ...attributes) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	logs := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	for _, own := range records {
		rec := logs.AppendEmpty()
		rec.SetEventName("cowork.alert")
		rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
		rec.SetSeverityNumber(plog.SeverityNumberError)
		all := attributes{"event.name": "cowork.alert", "alert.name": "api_error", "alert.status": firing, "alert.fingerprint": "0f", "alert.message": "API error"}
		maps.Copy(all, own)
		require.NoError(t, rec.Attributes().FromRaw(all))
	}
	return ld
}

// A testExporter is an exporter with its metrics.
type testExporter struct {
	exporter.Logs
	telemetry *componenttest.Telemetry
	stop      func() // once: exporterhelper can be shut down only once
}

func startExporter(t *testing.T, host component.Host, configure func(*Config)) *testExporter {
	t.Helper()
	cfg := createDefaultConfig().(*Config)
	cfg.Retry.InitialInterval = 10 * time.Millisecond
	cfg.Retry.MaxInterval = 20 * time.Millisecond
	cfg.MinimumFiring = 0
	configure(cfg)
	e := &testExporter{telemetry: componenttest.NewTelemetry()}
	set := exportertest.NewNopSettings(NewFactory().Type())
	set.ID = component.NewID(NewFactory().Type())
	set.TelemetrySettings = e.telemetry.NewTelemetrySettings()
	var err error
	e.Logs, err = NewFactory().CreateLogs(t.Context(), set, cfg)
	require.NoError(t, err)
	require.NoError(t, e.Start(t.Context(), host))
	e.stop = sync.OnceFunc(func() { require.NoError(t, e.Shutdown(context.Background())) })
	t.Cleanup(func() {
		e.stop()
		require.NoError(t, e.telemetry.Shutdown(context.Background()))
	})
	return e
}

func (e *testExporter) consume(t *testing.T, ld plog.Logs) {
	t.Helper()
	require.NoError(t, e.ConsumeLogs(t.Context(), ld))
}

// metric returns the sum of all series of a counter or a gauge.
func (e *testExporter) metric(name string) (sum int64) {
	m, err := e.telemetry.GetMetric("otelcol_exporter_cowork_alert_" + name)
	if err != nil {
		return 0
	}
	var points []metricdata.DataPoint[int64]
	switch data := m.Data.(type) {
	case metricdata.Sum[int64]:
		points = data.DataPoints
	case metricdata.Gauge[int64]:
		points = data.DataPoints
	}
	for _, p := range points {
		sum += p.Value
	}
	return sum
}

func eventually(t *testing.T, condition func() bool, message string) {
	t.Helper()
	require.Eventually(t, condition, 20*time.Second, 10*time.Millisecond, message)
}

// TestMetrics exceeds every limit and checks the exporter's own metrics.
func TestMetrics(t *testing.T) {
	am := newFakeAlertmanager(t, respondWith(http.StatusBadGateway))
	e := startExporter(t, componenttest.NewNopHost(), func(cfg *Config) {
		cfg.Client.Endpoint = am.URL
		cfg.MaxAlerts = 2
		cfg.ResendInterval, cfg.Expiry, cfg.ForgetAfter = time.Second, 3*time.Second, 3*time.Second
	})
	e.consume(t, recordsOf(t, noon, attributes{"alert.name": ""}, attributes{"alert.status": ""}))
	e.consume(t, recordsOf(t, noon, attributes{"alert.message": strings.Repeat("x", maxAnnotation+1)}))
	e.consume(t, recordsOf(t, noon.Add(-time.Minute), nil))
	e.consume(t, recordsOf(t, noon, attributes{"alert.name": "b"}, attributes{"alert.name": "c"}))
	for _, want := range []struct {
		metric string
		value  int64
	}{
		{"skipped", 2},
		{"stale", 1},
		{"failures", 1},
		{"evicted", 1},
		{"known", 2},
		{"forgotten", 2},
		{"known", 0},
	} {
		eventually(t, func() bool { return e.metric(want.metric) == want.value }, want.metric)
	}
	require.Positive(t, e.metric("cut"))
	require.Positive(t, e.metric("deliveries"))
}

// startingAt sets when an alert starts.
func startingAt(at time.Time) attributes {
	return attributes{"alert.starts_at": at.Format(time.RFC3339Nano)}
}

// TestLastRecordOfBatchWins checks that of two records of one alert with the same time
// in one batch, the last one counts. cowork_rules sends such a batch when it evicts a
// group that then fires again.
func TestLastRecordOfBatchWins(t *testing.T) {
	am := newFakeAlertmanager(t)
	e := startExporter(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = am.URL })
	e.consume(t, recordsOf(t, noon, startingAt(noon)))
	end := maps.Clone(resolvedRecord)
	maps.Copy(end, startingAt(noon))
	later := noon.Add(time.Minute)
	e.consume(t, recordsOf(t, later, end, startingAt(later)))
	e.consume(t, recordsOf(t, later.Add(time.Second), attributes{"alert.name": "last"}))
	eventually(t, func() bool { c := am.changes(); return len(c) > 0 && c[len(c)-1] == "last firing" }, "all are sent")
	require.NotContains(t, am.changes(), "api_error resolved")
	require.Zero(t, e.metric("stale"))
}

// TestChangedLabels checks that an alert is resolved when the same rule and group send
// it with other labels, for example with another severity.
func TestChangedLabels(t *testing.T) {
	am := newFakeAlertmanager(t)
	e := startExporter(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = am.URL })
	e.consume(t, recordsOf(t, noon, attributes{"alert.severity": "warning"}))
	e.consume(t, recordsOf(t, noon.Add(time.Minute), attributes{"alert.severity": "critical"}))
	eventually(t, func() bool { return am.statusOf("warning") == resolved && am.statusOf("critical") == firing }, "the previous alert is resolved")
	e.consume(t, recordsOf(t, noon.Add(2*time.Minute), attributes{"alert.severity": "info", "alert.status": resolved}))
	eventually(t, func() bool { return am.statusOf("critical") == resolved }, "a resolved record resolves the firing alert")
	require.Empty(t, am.statusOf("info"))
}

// A slowAlertmanager accepts a request after 300 ms.
type slowAlertmanager struct{ requests, accepted int }

func (*slowAlertmanager) isUndelivered(map[string]string) bool { return false }

func (am *slowAlertmanager) post(ctx context.Context, alerts []postableAlert) error {
	am.requests++
	select {
	case <-time.After(300 * time.Millisecond):
		am.accepted += len(alerts)
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (*slowAlertmanager) close(context.Context) error { return nil }

// TestBatchLongerThanTimeout checks that a batch of records that takes longer than the
// timeout is sent completely by the retry, each alert once.
func TestBatchLongerThanTimeout(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		telemetry, err := metadata.NewTelemetryBuilder(componenttest.NewNopTelemetrySettings())
		require.NoError(t, err)
		e := newExporter(createDefaultConfig().(*Config), exportertest.NewNopSettings(NewFactory().Type()), telemetry)
		am := &slowAlertmanager{}
		e.alertmanager = am
		var records []attributes
		for i := range 6 * maxBatch {
			records = append(records, attributes{"alert.name": fmt.Sprintf("rule%d", i)})
		}
		ld := recordsOf(t, noon, records...)
		push := func() error {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			return e.push(ctx, ld)
		}
		require.ErrorIs(t, push(), context.DeadlineExceeded)
		require.Equal(t, 3*maxBatch, am.accepted)
		require.NoError(t, push())
		require.Equal(t, 6*maxBatch, am.accepted)
		require.Equal(t, 7, am.requests, "one request was canceled")
	})
}

// TestLockIsFree checks that a free lock is acquired although the context has ended, so
// that a shutdown out of time closes Alertmanager and storage.
func TestLockIsFree(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	lock := make(contextLock, 1)
	for range 100 {
		release, err := lock.acquire(ended)
		require.NoError(t, err)
		release()
	}
	release, err := lock.acquire(t.Context())
	require.NoError(t, err)
	defer release()
	_, err = lock.acquire(ended)
	require.ErrorIs(t, err, context.Canceled)
}
