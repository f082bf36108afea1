package ingest

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

// TestSessionOrigin stores what identifies a session for the Compliance API, in any order of
// arrival: the last text of each column, and the first and the last call.
func TestSessionOrigin(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		const columns = "select account_id, cloud_id, service, provider, client_version, last_call - first_call from sessions order by id"
		call := func(second int, attributes map[string]any) {
			e := request(second, 1)
			e.At = noon.Add(time.Duration(second-60) * time.Second)
			e.Attrs["duration_ms"] = 2000
			maps.Copy(e.Attrs, attributes)
			add(t, in, e)
		}
		prompt := eventOf("user_prompt", 3, map[string]any{"user.account_id": "user_01a", "ccr.session.id": "cse_1"})
		add(t, in, prompt)
		require.Equal(t, []string{"user_01a, cse_1, , , 2.1.329, 0"}, rows(t, in, columns))
		call(50, map[string]any{"service.name": "claude-code", "anthropic.provider": "bedrock", "user.account_id": "[REDACTED]"})
		call(10, map[string]any{"service.name": "cowork", "anthropic.provider": "firstParty"})
		require.Equal(t, []string{"user_01a, cse_1, claude-code, bedrock, 2.1.329, 40"}, rows(t, in, columns))
		call(55, map[string]any{"service.name": "cowork", "anthropic.provider": "firstParty"}) // its origin is stored already
		require.True(t, in.in.origins["s1"].Stored)
		require.Equal(t, []string{"user_01a, cse_1, claude-code, bedrock, 2.1.329, 45"}, rows(t, in, columns))
	})
}

// TestSessionRetention deletes sessions by an age of their own.
func TestSessionRetention(t *testing.T) {
	set := DefaultSettings()
	set.Sessions = 20 * 24 * time.Hour
	in := inMemory(t, set)
	add(t, in, request(1, 1))
	require.NoError(t, in.Sweep(t.Context(), noon.AddDate(0, 0, 19)))
	require.Len(t, rows(t, in, "select id from sessions"), 1, "hours are deleted already")
	require.NoError(t, in.Sweep(t.Context(), noon.AddDate(0, 0, 21)))
	require.Empty(t, rows(t, in, "select id from sessions"))
}

// TestOriginsAreBounded shares the origins of a bounded number of sessions.
func TestOriginsAreBounded(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	for i := range maxOrigins + 1 {
		e := request(1, 1)
		e.Attrs["session.id"] = fmt.Sprint("s", i)
		e.Attrs["request_id"] = fmt.Sprint("r", i)
		in.Add(noon, eventtest.Logs(e))
	}
	require.Len(t, in.in.origins, 1)
}
