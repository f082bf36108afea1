package metric

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
)

// TestRedeliveredEventsAreSkipped checks that no metric counts an event that was passed on
// before, also those that count each record.
func TestRedeliveredEventsAreSkipped(t *testing.T) {
	l := newLedger(Settings{})
	l.add(event("auth", attrs{"success": false, cowork.RedeliveredAttribute: true}))
	require.Empty(t, l.all())
	require.Equal(t, map[string]int64{"auth": 1}, l.Stats().Duplicates)
	l.add(event("auth", attrs{"success": false, cowork.RedeliveredAttribute: false}))
	require.Len(t, l.all(), 1)
}
