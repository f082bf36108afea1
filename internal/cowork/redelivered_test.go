package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRedelivered(t *testing.T) {
	for value, want := range map[any]bool{true: true, false: false, "true": false, 1: false} {
		require.Equal(t, want, identified(t, "auth", RedeliveredAttribute, value).event.Redelivered(), "%v", value)
	}
	e := identified(t, "auth", "success", true).event
	e.SetRedelivered(false)
	require.Equal(t, 1, e.rec.Attributes().Len())
	e.SetRedelivered(true)
	require.True(t, e.Redelivered())
	e.SetRedelivered(false)
	require.Equal(t, 1, e.rec.Attributes().Len())
}

// TestOtherIDs checks that the ids of an event belong to its identity although its kind has
// no id of its own.
func TestOtherIDs(t *testing.T) {
	moment := []any{"session.id", "s", "event.timestamp", identityTime, "event.sequence", 7}
	for _, kind := range []string{"api_request_body", "hook_execution_complete", "brand_new"} {
		seen := map[uint64]string{}
		for _, key := range append([]string{"none", "client_request_id-2"}, recordIDs[:]...) {
			id := identified(t, kind, append(moment[:6:6], key, "x")...).Redelivery()
			if key == "client_request_id-2" {
				require.Equal(t, "none", seen[uint64(id)], "is no id")
				continue
			}
			require.NotContains(t, seen, uint64(id), key)
			seen[uint64(id)] = key
		}
		require.Equal(t, "none", seen[uint64(identified(t, kind, append(moment[:6:6], "request_id", "[REDACTED]")...).Redelivery())])
	}
}
