package coworkrulesconnector

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// each is a rule that fires at every event, by connector.
const each = "- {name: each, events: [tool_result], severity: info, message: m, group_by: [connector]}"

// TestGroupsAreBounded checks that a group beyond the bound evicts the one idle longest.
func TestGroupsAreBounded(t *testing.T) {
	run(t, rules(failing)+"max_groups: 2\n", func(r *rig) {
		for _, connector := range []string{"a", "b", "c"} {
			require.Empty(r, r.send(call(connector, false)))
		}
		r.pass(5 * time.Second)
		metadatatest.AssertEqualConnectorCoworkRulesEvicted(r.T, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
		metadatatest.AssertEqualConnectorCoworkRulesGroups(r.T, r.tel, statefultest.Point(2), statefultest.IgnoreTime)
	})
}

// TestActiveAreBounded checks that one alert reports the number of those beyond max_active.
func TestActiveAreBounded(t *testing.T) {
	run(t, rules(each)+"max_active: 2\n", func(r *rig) {
		var alerts []string
		for _, connector := range []string{"a", "b", "c", "d"} {
			alerts = append(alerts, r.send(call(connector, true))...)
		}
		alerts = append(alerts, r.pass(5*time.Second)...)
		require.Len(r, alerts, 3, "%v", alerts)
		metadatatest.AssertEqualConnectorCoworkRulesAlertsSuppressed(r.T, r.tel, statefultest.Point(2), statefultest.IgnoreTime)
	})
}

// TestValuesAreBounded checks that a long value is cut.
func TestValuesAreBounded(t *testing.T) {
	run(t, rules(each), func(r *rig) {
		alerts := r.send(call(strings.Repeat("x", 5000), true))
		require.Len(r, alerts, 1)
		require.Less(r, len(alerts[0]), 400)
		r.pass(5 * time.Second)
		metadatatest.AssertEqualConnectorCoworkRulesClipped(r.T, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
	})
}

// TestTermsAreBounded checks that values beyond the bound are counted.
func TestTermsAreBounded(t *testing.T) {
	run(t, rules("- {name: new, severity: info, message: m, new_term: {attribute: request_id, learn: 1h}}"), func(r *rig) {
		ld := event("api_request", attributes{"request_id": "first"})
		for i := range 10_000 {
			ev := event("api_request", attributes{"request_id": strings.Repeat("x", 1+i%100) + string(rune('a'+i/100))})
			ev.ResourceLogs().MoveAndAppendTo(ld.ResourceLogs())
		}
		require.Empty(r, r.send(ld))
		r.pass(5 * time.Second)
		metadatatest.AssertEqualConnectorCoworkRulesSaturated(r.T, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
	})
}

// TestLostIsCounted checks that alerts which wait at the end are counted as lost, where
// there is no storage.
func TestLostIsCounted(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		r := start(t, componenttest.NewNopHost(), rules(each))
		r.sink.Refuse(errors.New("later"))
		require.Empty(t, r.send(call("a", true)))
		metadatatest.AssertEqualConnectorCoworkRulesRetries(t, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
		r.end()
		metadatatest.AssertEqualConnectorCoworkRulesAlertsDropped(t, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
	})
}

// TestCheckpointsAreCounted checks the metrics of the storage.
func TestCheckpointsAreCounted(t *testing.T) {
	statefultest.InBubble(t, func(t *testing.T) {
		d := statefultest.NewDisk()
		r := start(t, d, rules(failing)+stored)
		require.Empty(t, r.send(failures()))
		require.Empty(t, r.pass(15*time.Second))
		size, err := r.tel.GetMetric("otelcol_connector_cowork_rules_checkpoint_size")
		require.NoError(t, err)
		require.NotNil(t, size)
		metadatatest.AssertEqualConnectorCoworkRulesCheckpointSize(t, r.tel, statefultest.Point(int64(len(d.Value(stateKey)))), statefultest.IgnoreTime)
		d.Fail(errors.New("full"))
		require.Empty(t, r.pass(10*time.Second))
		metadatatest.AssertEqualConnectorCoworkRulesCheckpointErrors(t, r.tel, statefultest.Point(2), statefultest.IgnoreTime)
		d.Fail(nil)
		r.end()

		d.Corrupt(stateKey)
		r = start(t, d, rules(failing)+stored)
		metadatatest.AssertEqualConnectorCoworkRulesCheckpointErrors(t, r.tel, statefultest.Point(1), statefultest.IgnoreTime)
		r.end()
	})
}
