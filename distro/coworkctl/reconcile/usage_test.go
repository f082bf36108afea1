package reconcile

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestUsage compares costs: equal, within the tolerance, beyond it, and known to one side.
func TestUsage(t *testing.T) {
	usage, err := ReadUsage(strings.NewReader(`{"data":[
		{"starting_at":"2026-11-02T00:00:00Z","actor":{"user_id":"a","email":"a@example.com"},"product":"cowork","list_amount":"100.5"},
		{"starting_at":"2026-11-02T00:00:00Z","actor":{"user_id":"a"},"product":"chat","list_amount":"900"},
		{"starting_at":"2026-11-02T00:00:00Z","group":{"actor":{"user_id":"b"}},"cost":{"list_amount":"300"}},
		{"starting_at":"2026-11-03T00:00:00Z","actor":{"user_id":"b"},"list_amount":"200"},
		{"starting_at":"2026-11-04T00:00:00Z","actor":{"user_id":"b"},"list_amount":"200"}]}`))
	require.NoError(t, err)
	require.Len(t, usage, 4)
	telemetry := NewTelemetry()
	for _, cost := range []struct {
		session, cloud, user, day string
		usd                       float64
	}{{"1", "", "a", "2026-11-02", 1.05}, {"2", "", "b", "2026-11-02", 2}, {"3", "cse_1", "", "2026-11-03", 2}, {"4", "", "c", "2026-11-03", 1}} {
		a := telemetry.session(cost.session)
		a.cloudID, a.person = cost.cloud, telemetry.people.join(cost.user)
		if cost.user != "" {
			telemetry.people.label[a.person] = "u_" + cost.user
		}
		a.costs = map[string]float64{cost.day: cost.usd}
	}
	begin := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	listed := []Listed{{ID: "cse_1", UserID: "b", Created: begin, Remote: true}}
	report := Compare(listed, telemetry, Settings{Usage: usage, CostTolerance: 10, From: begin, To: begin.AddDate(0, 0, 2)})
	require.Equal(t, []CostDifference{
		{"2026-11-02", "u_b", 3, 2}, // sessions are missing
		{"2026-11-03", "u_c", 0, 1}, // not in the report of the API
	}, report.Costs)
	for _, text := range []string{`{"data":[{"a":1}]}`, `[{"starting_at":"2026-11-02T00:00:00Z","list_amount":"NaN"}]`} {
		_, err := ReadUsage(strings.NewReader(text))
		require.ErrorIs(t, err, errUsage)
	}
}
