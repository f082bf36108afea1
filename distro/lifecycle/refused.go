package lifecycle

import (
	"context"
	"strconv"
	"time"

	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/internal/refused"
)

// A receiver refuses requests in several layers: authentication, decompression, limits,
// paths, pipelines. Each layer responds by itself, and logs nothing. The instrumentation
// of the servers is in front of all layers: it records each request with its status. So
// the metrics of receivers pass through here.

// durations are the histograms that the servers record for each request.
var durations = map[string]durationOf{
	"http.server.request.duration": {"http", func(set attribute.Set) string {
		status, _ := set.Value("http.response.status_code")
		if code := status.AsInt64(); code >= 400 {
			return strconv.FormatInt(code, 10)
		}
		return ""
	}},
	"rpc.server.call.duration": {"grpc", func(set attribute.Set) string {
		if status, _ := set.Value("rpc.response.status_code"); status.AsString() != "OK" {
			return status.AsString()
		}
		return ""
	}},
}

// A durationOf is a transport, and a function that returns the status of a refused request,
// "" of others.
type durationOf struct {
	transport string
	status    func(attribute.Set) string
}

const meterName = "github.com/cowork-otel/collector/distro/lifecycle"

// countRefused returns settings with which the refused requests of a receiver are counted.
func countRefused(set receiver.Settings) (receiver.Settings, error) {
	counter, err := set.MeterProvider.Meter(meterName).Int64Counter("otelcol_receiver_refused_requests",
		metric.WithUnit("{request}"), metric.WithDescription("Requests that the receiver refused, by transport and status."))
	if err != nil {
		return set, err
	}
	set.MeterProvider = refusedProvider{set.MeterProvider, func(ctx context.Context, transport, status string) {
		counter.Add(ctx, 1, metric.WithAttributes(attribute.String("transport", transport), attribute.String("status", status)))
		refused.Count(refused.Kind{Receiver: set.ID.String(), Transport: transport, Status: status}, time.Now())
	}}
	return set, nil
}

// A refusedProvider is the provider of a receiver.
type refusedProvider struct {
	metric.MeterProvider
	count func(ctx context.Context, transport, status string)
}

// Meter returns a meter whose histograms of requests count refused ones.
func (p refusedProvider) Meter(name string, opts ...metric.MeterOption) metric.Meter {
	return refusedMeter{p.MeterProvider.Meter(name, opts...), p.count}
}

// DropInjectedAttributes returns a provider without attributes, as a receiver that several
// pipelines share requires.
func (p refusedProvider) DropInjectedAttributes(names ...string) metric.MeterProvider {
	if inner, ok := p.MeterProvider.(interface {
		DropInjectedAttributes(names ...string) metric.MeterProvider
	}); ok {
		return refusedProvider{inner.DropInjectedAttributes(names...), p.count}
	}
	return p
}

type refusedMeter struct {
	metric.Meter
	count func(ctx context.Context, transport, status string)
}

// Float64Histogram returns a histogram.
func (m refusedMeter) Float64Histogram(name string, opts ...metric.Float64HistogramOption) (metric.Float64Histogram, error) {
	histogram, err := m.Meter.Float64Histogram(name, opts...)
	if d, ok := durations[name]; ok && err == nil {
		return refusedHistogram{histogram, d, m.count}, nil
	}
	return histogram, err
}

type refusedHistogram struct {
	metric.Float64Histogram
	durationOf
	count func(ctx context.Context, transport, status string)
}

// Enabled returns true: requests are counted at every level of telemetry.
func (refusedHistogram) Enabled(context.Context) bool { return true }

// Record records the duration of a request, and counts it if it was refused.
func (h refusedHistogram) Record(ctx context.Context, value float64, opts ...metric.RecordOption) {
	h.Float64Histogram.Record(ctx, value, opts...)
	if status := h.status(metric.NewRecordConfig(opts).Attributes()); status != "" {
		h.count(ctx, h.transport, status)
	}
}
