package coworkalertexporter

import "go.opentelemetry.io/otel/sdk/metric/metricdata"

// counter returns the sum over all series of a counter.
func (r *rig) counter(name string) (sum int64) {
	m, err := r.tel.GetMetric("otelcol_" + name)
	if err != nil {
		return 0
	}
	if data, ok := m.Data.(metricdata.Sum[int64]); ok {
		for _, p := range data.DataPoints {
			sum += p.Value
		}
	}
	return sum
}
