package synthetic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestProbes checks that the five core kinds are probed, marked and empty of
// content, and that the seed decides their ids.
func TestProbes(t *testing.T) {
	var kinds []string
	for i, p := range Probes(1, monday) {
		kinds = append(kinds, p.Kind)
		require.Equal(t, 1, p.Logs.LogRecordCount())
		mark, ok := p.Logs.ResourceLogs().At(0).Resource().Attributes().Get(VerifyAttribute)
		require.True(t, ok && mark.Bool())
		a := records(Batch{Logs: p.Logs})[0]
		require.Equal(t, p.Kind, stringOf(a, "event.name"))
		require.Equal(t, i, int(numberOf(a, "event.sequence")))
		for key, shape := range shapes {
			if v := stringOf(a, key); v != "" {
				require.Regexp(t, shape, v, key)
			}
		}
		for _, v := range a.All() {
			require.NotRegexp(t, sensitive, v.AsString())
		}
		require.Empty(t, stringOf(a, "user.email"))
	}
	require.Equal(t, []string{"user_prompt", "tool_decision", "tool_result", "api_request", "api_error"}, kinds)
	first, again := Probes(1, monday), Probes(1, monday)
	require.Equal(t, first[0].Logs, again[0].Logs)
	require.NotEqual(t, first[0].Logs, Probes(2, monday)[0].Logs)
}
