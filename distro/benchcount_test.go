package distro

import (
	"testing"

	"github.com/open-telemetry/opentelemetry-collector-contrib/connector/countconnector"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer/consumertest"

	"github.com/cowork-otel/collector/connector/coworkmetricsconnector"
	"github.com/cowork-otel/collector/processor/coworkeventprocessor"
)

// contribCount counts events by kind and user, as cowork.events does. The connector
// keeps no state: it emits points for every batch.
const contribCount = `
count:
  logs:
    cowork.events:
      attributes:
        - {key: event.name}
        - {key: user.id}
`

// BenchmarkCount sends the recorded logs through cowork_metrics, which derives all its
// metrics, and through contrib's count connector, which derives one of them.
func BenchmarkCount(b *testing.B) {
	batch := recordedLogs(b)
	require.NoError(b, newLogs(b, coworkeventprocessor.NewFactory(), "", consumertest.NewNop()).ConsumeLogs(b.Context(), batch))
	batch.MarkReadOnly()
	connectors := []struct {
		name     string
		settings string
		factory  connector.Factory
	}{
		{"cowork_metrics, all 16 metrics", "cowork_metrics: {dimensions: [user]}", coworkmetricsconnector.NewFactory()},
		{"contrib count, one metric", contribCount, countconnector.NewFactory()},
	}
	for _, c := range connectors {
		b.Run(c.name, func(b *testing.B) {
			cfg := c.factory.CreateDefaultConfig()
			require.NoError(b, settingsOf(b, c.factory, []byte(c.settings)).Unmarshal(cfg))
			to, err := c.factory.CreateLogsToMetrics(b.Context(), connectortest.NewNopSettings(c.factory.Type()), cfg, consumertest.NewNop())
			require.NoError(b, err)
			require.NoError(b, to.Start(b.Context(), componenttest.NewNopHost()))
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, to.ConsumeLogs(b.Context(), batch))
			}
			b.ReportMetric(float64(batch.LogRecordCount()*b.N)/b.Elapsed().Seconds(), "records/s")
			require.NoError(b, to.Shutdown(b.Context()))
		})
	}
}
