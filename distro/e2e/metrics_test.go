package e2e

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestEventsAreMetrics sends recorded runs through the built collector to an OTLP
// receiver, each batch twice as after a lost answer. The sums of the metrics equal those
// of the events.
func TestEventsAreMetrics(t *testing.T) {
	t.Parallel()
	end := newBackend(t)
	c := start(t, filepath.Join(root, "distro/config.yaml"), end.config(t), soonIdle(t))
	want := &bill{seen: map[string]bool{}}
	for _, folder := range []string{"basic-json", "connectors-json", "api-error-json"} {
		for _, r := range captures(t)[folder] {
			if r.signal != "logs" {
				continue
			}
			for range 2 {
				status, answer := c.post(t, r)
				require.Equal(t, 200, status, answer)
			}
			req := plogotlp.NewExportRequest()
			require.NoError(t, decode(r, req))
			want.add(req.Logs())
		}
	}
	require.NotZero(t, want.micros)
	got := func(name string) (sum float64) {
		for _, m := range end.metrics(t) {
			if m.Name() == name {
				sum += added(m)
			}
		}
		return sum
	}
	require.Eventually(t, func() bool { return got("cowork.prompt.duration") > 0 }, waitLimit, 50*time.Millisecond, "no metric of a summary came:\n%s", c.log)
	c.stop()
	require.InDelta(t, float64(want.micros)/1e6, got("cowork.cost"), 1e-9)
	require.InDelta(t, float64(want.tokens), got("cowork.token.usage"), 0)
	require.InDelta(t, float64(want.prompts), got("cowork.prompts"), 0)
	require.InDelta(t, float64(want.errors), got("cowork.api.errors"), 0)
	for _, body := range end.received("metrics") {
		require.NotRegexp(t, sensitive, string(body))
	}
	require.NotRegexp(t, sensitive, c.log.String())
}

// A bill holds sums of events.
type bill struct {
	seen                            map[string]bool
	micros, tokens, prompts, errors int64
}

func (b *bill) add(ld plog.Logs) {
	for e := range cowork.Events(ld) {
		switch e.Name() {
		case "user_prompt":
			b.prompts++
		case "api_error":
			b.errors++
		}
		r, ok := cowork.APIRequestOf(e)
		if !ok {
			continue
		}
		request, _ := r.Str("request_id")
		if request == "" {
			request, _ = r.Str("client_request_id")
		}
		if b.seen[r.SessionID()+request] {
			continue
		}
		b.seen[r.SessionID()+request] = request != ""
		micros, _ := r.CostMicros()
		b.micros += micros
		for _, key := range []string{"input_tokens", "output_tokens", "cache_read_tokens", "cache_creation_tokens"} {
			n, _ := r.Int(key)
			b.tokens += n
		}
	}
}

// metrics returns all received metrics of the connector.
func (b *backend) metrics(t *testing.T) (all []pmetric.Metric) {
	t.Helper()
	for _, body := range b.received("metrics") {
		req := pmetricotlp.NewExportRequest()
		require.NoError(t, req.UnmarshalJSON(body))
		for _, rm := range req.Metrics().ResourceMetrics().All() {
			for _, sm := range rm.ScopeMetrics().All() {
				for _, m := range sm.Metrics().All() {
					all = append(all, m)
				}
			}
		}
	}
	return all
}

// added returns the sum of the points of a delta metric.
func added(m pmetric.Metric) (sum float64) {
	if m.Type() == pmetric.MetricTypeHistogram {
		for _, dp := range m.Histogram().DataPoints().All() {
			sum += dp.Sum()
		}
		return sum
	}
	for _, dp := range m.Sum().DataPoints().All() {
		sum += float64(dp.IntValue()) + dp.DoubleValue()
	}
	return sum
}
