package ingest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/fact"
	"github.com/cowork-otel/collector/internal/metric"
)

// TestFactsFillTables compares the facts of package metric with the tables of package
// fact: each sum of a table has a fact, each label too, and each sum of a fact a table.
func TestFactsFillTables(t *testing.T) {
	filled := map[[2]int]bool{{0, 5}: true} // the sessions of the activity
	for _, list := range targets {
		for _, sum := range list {
			require.NotEmpty(t, sum)
			for _, at := range sum {
				filled[[2]int{at.table, at.column}] = true
				for i := range fact.Tables[at.table].Labels {
					require.NotEqual(t, int8(unused), at.labels[i], fact.Tables[at.table].Name)
				}
			}
		}
	}
	for _, at := range sessionTargets {
		require.Equal(t, "sessions", fact.Tables[at.table].Sums[at.column].Name)
		filled[[2]int{at.table, at.column}] = true
	}
	require.Len(t, sessionTargets, 2)
	for i, table := range fact.Tables {
		for j, sum := range table.Sums {
			require.True(t, filled[[2]int{i, j}], "%s.%s", table.Name, sum.Name)
		}
		for _, name := range table.Facts {
			require.True(t, slices.ContainsFunc(metric.Facts(), func(f metric.Fact) bool { return f.Name == name }), name)
		}
	}
	require.LessOrEqual(t, len(metric.Facts()), 255)
}

// TestSums checks the rows of all grains of some tables.
func TestSums(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		add(t, in, eventOf("user_prompt", 1, nil), request(2, 100), request(3, 200), by("bob", request(4, 50)),
			eventOf("tool_result", 5, map[string]any{"tool_name": "Bash", "success": false, "duration_ms": 20}))
		add(t, in, request(6, 1))
		const users = " join names u on u.id = user_id join names o on o.id = organization_id order by 1, 2"
		for grain, at := range map[string]string{"hour": "1795258800", "day": "20261121", "week": "20261116"} {
			require.Equal(t, []string{
				at + ", alice, acme, 5, 1, 3, 301", at + ", bob, acme, 1, 0, 1, 50",
			}, rows(t, in, "select "+grain+", u.name, o.name, events, prompts, requests, cost_micros from activity_by_user_"+grain+users), grain)
			require.Equal(t, []string{at + ", alice, acme, 3, 301", at + ", bob, acme, 1, 50"},
				rows(t, in, "select "+grain+", u.name, o.name, requests, cost_micros from usage_by_user_"+grain+users), grain)
		}
		require.Equal(t, []string{"6, 1"}, rows(t, in, "select events, prompts from activity_day"))
		require.Equal(t, []string{"Bash, (unknown), 1, 1, 1, 20000"}, rows(t, in,
			"select t.name, c.name, calls, failures, timed, duration_us from tool_calls_hour join names t on t.id = tool_id join names c on c.id = connector_id"))
		require.Equal(t, []string{"opus, ok, 1000799, 4, 4000000"}, rows(t, in,
			"select m.name, o.name, bucket_us, timed, duration_us from request_latency_day join names m on m.id = model_id join names o on o.id = outcome_id"))
		require.Equal(t, []string{"11, 1"}, rows(t, in, "select hour_of_day, prompts from prompt_hours_day"))
		stats := in.TakeStats()
		require.EqualValues(t, 6, stats.Events)
		require.EqualValues(t, 2, stats.Commits)
		require.Zero(t, stats.Duplicates)
		require.Zero(t, in.Pending())
		require.Equal(t, noon.Add(-1e9*60+6e6), in.State().Latest)
	})
}
