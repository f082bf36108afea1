package coworkalertexporter

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// counter returns the sum over all series of a counter or a gauge.
func (r *rig) counter(name string) (sum int64) {
	m, err := r.tel.GetMetric("otelcol_" + name)
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

// TestCounters reaches every bound, and whatever else is counted.
func TestCounters(t *testing.T) {
	p := newPeer(t, status(http.StatusBadGateway))
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) {
		cfg.Client.Endpoint = p.URL
		cfg.MaxAlerts = 2
		cfg.ResendInterval, cfg.Expiry, cfg.ForgetAfter = time.Second, 3*time.Second, 3*time.Second
	})
	r.send(t, recordsOf(t, noon, attributes{"alert.name": ""}, attributes{"alert.status": ""}))
	r.send(t, recordsOf(t, noon, attributes{"alert.message": strings.Repeat("x", maxAnnotation+1)}))
	r.send(t, recordsOf(t, noon.Add(-time.Minute), nil))
	r.send(t, recordsOf(t, noon, attributes{"alert.name": "b"}, attributes{"alert.name": "c"}))
	for _, want := range []struct {
		name  string
		count int64
	}{
		{"skipped", 2},
		{"stale", 1},
		{"failures", 1},
		{"evicted", 1},
		{"known", 2},
		{"forgotten", 2},
		{"known", 0},
	} {
		eventually(t, func() bool { return r.counter("exporter_cowork_alert_"+want.name) == want.count }, want.name)
	}
	require.Positive(t, r.counter("exporter_cowork_alert_cut"))
	require.Positive(t, r.counter("exporter_cowork_alert_deliveries"))
}

// TestAnswers has Retry-After as seconds, as a date and as neither.
func TestAnswers(t *testing.T) {
	check := func(header string, want time.Duration) {
		t.Helper()
		require.Equal(t, want, retryAfter(header, noon))
	}
	check("", 0)
	check("soon", 0)
	check("-5", 0)
	check("7", 7*time.Second)
	check("99999999999", maxWait)
	check(noon.Add(time.Minute).Format(http.TimeFormat), time.Minute)
	check(noon.Add(-time.Minute).Format(http.TimeFormat), 0)
}
