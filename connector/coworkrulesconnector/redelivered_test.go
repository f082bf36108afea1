package coworkrulesconnector

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
)

// TestRedeliveredEventsAreSkipped checks that a failure counts once that was delivered
// again because an exporter refused it.
func TestRedeliveredEventsAreSkipped(t *testing.T) {
	run(t, rules(failing), func(r *rig) {
		for _, ld := range times(10, failures) {
			for e := range cowork.Events(ld) {
				e.SetRedelivered(true)
			}
			require.Empty(r, r.send(ld))
		}
		require.Len(r, r.send(times(10, failures)...), 1)
		r.pass(time.Minute)
		metadatatest.AssertEqualConnectorCoworkRulesEvents(r.T, r.tel, statefultest.Point(10), statefultest.IgnoreTime)
	})
}
