package coworkrulesconnector

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// TestCounters checks the connector's own metrics.
func TestCounters(t *testing.T) {
	run(t, rules(failing+`
- name: broken
  events: [user_prompt]
  condition: 'Time(attributes["prompt"], "%Y") == nil'
  severity: info
  message: m
`), func(r *rig) {
		require.Len(r, r.send(times(10, failures)...), 1)
		require.Empty(r, r.send(event("user_prompt", attributes{"prompt": "CANARY"})))
		r.sink.Refuse(errors.New("later"))
		require.Empty(r, r.pass(20*time.Minute))
		rule, kind := attribute.String("rule", "failing"), attribute.String("kind", "time")
		metadatatest.AssertEqualConnectorCoworkRulesEvents(r.T, r.tel, statefultest.Point(11), statefultest.IgnoreTime)
		metadatatest.AssertEqualConnectorCoworkRulesConditionErrors(r.T, r.tel, statefultest.Point(1, attribute.String("rule", "broken"), kind), statefultest.IgnoreTime)
		metadatatest.AssertEqualConnectorCoworkRulesQueued(r.T, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
		metadatatest.AssertEqualConnectorCoworkRulesFiring(r.T, r.tel, statefultest.Point(0), statefultest.IgnoreTime)
		got, err := r.tel.GetMetric("otelcol_connector_cowork_rules_alerts")
		require.NoError(r, err)
		metricdatatest.AssertAggregationsEqual(r, metricdata.Sum[int64]{
			Temporality: metricdata.CumulativeTemporality, IsMonotonic: true,
			DataPoints: []metricdata.DataPoint[int64]{
				statefultest.Point(1, rule, attribute.String("status", "firing"))[0], statefultest.Point(1, rule, attribute.String("status", "resolved"))[0],
			},
		}, got.Data, statefultest.IgnoreTime)
	})
}

// TestLateIsCounted checks that an event with an old timestamp is only counted as late.
func TestLateIsCounted(t *testing.T) {
	run(t, rules(failing), func(r *rig) {
		old := times(10, failures)
		time.Sleep(6 * time.Minute)
		require.Empty(r, r.send(old...))
		r.pass(5 * time.Second)
		metadatatest.AssertEqualConnectorCoworkRulesLate(r.T, r.tel, statefultest.Point(10), statefultest.IgnoreTime)
		inTime := times(10, failures)
		time.Sleep(4 * time.Minute)
		require.Len(r, r.send(inTime...), 1)
	})
}
