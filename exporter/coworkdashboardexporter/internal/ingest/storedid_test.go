package ingest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// TestStoredIDs checks that the stored identities of a session are neighbours, and that
// each differs from those of all other events.
func TestStoredIDs(t *testing.T) {
	seen := map[uint64]bool{}
	for s := range 20 {
		var first uint64
		for n := range 500 {
			event := request(n, 1)
			event.Attrs["session.id"] = fmt.Sprintf("session %d", s)
			for e := range cowork.Events(eventtest.Logs(event)) {
				identity := cowork.IdentityOf(e, e.Name())
				id := storedID(e, identity.Counted())
				require.Equal(t, id, storedID(e, identity.Counted()))
				if n == 0 {
					first = id
				}
				require.Zero(t, (id^first)>>(64-sessionBits))
				require.False(t, seen[id])
				seen[id] = true
			}
		}
	}
	for e := range cowork.Events(eventtest.Logs(eventtest.Event{Kind: "auth", At: noon})) {
		require.Equal(t, uint64(5), storedID(e, digest.Digest(5)), "an event without a session")
	}
}
