package stateful

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

func TestCounts(t *testing.T) {
	tel := componenttest.NewTelemetry()
	meter := tel.NewTelemetrySettings().MeterProvider.Meter("test")
	check := func(name string, want ...metricdata.DataPoint[int64]) {
		t.Helper()
		got, err := tel.GetMetric(name)
		require.NoError(t, err)
		metricdatatest.AssertAggregationsEqual(t, metricdata.Sum[int64]{
			Temporality: metricdata.CumulativeTemporality, IsMonotonic: true, DataPoints: want,
		}, got.Data, statefultest.IgnoreTime)
	}
	lost, err := meter.Int64Counter("lost")
	require.NoError(t, err)
	AddCount(t.Context(), lost, 0)
	_, err = tel.GetMetric("lost")
	require.Error(t, err, "a counter that never counted is not emitted")
	AddCount(t.Context(), lost, 2)
	AddCount(t.Context(), lost, int64(3), attribute.String("reason", "full"))
	check("lost", statefultest.Point(2)[0], statefultest.Point(3, attribute.String("reason", "full"))[0])

	seen, err := meter.Int64Counter("seen")
	require.NoError(t, err)
	var totals Totals
	for _, total := range []int64{0, 4, 4, 10} {
		totals.AddTotal(t.Context(), seen, total)
		totals.AddTotal(t.Context(), seen, 2*total, attribute.Bool("twice", true))
	}
	check("seen", statefultest.Point(10)[0], statefultest.Point(20, attribute.Bool("twice", true))[0])
}
