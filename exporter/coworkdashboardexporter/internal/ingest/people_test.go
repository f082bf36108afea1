package ingest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/eventtest"
)

const selectPeople = `select u.name, t.name, c.name from people join names u on u.id = user_id
	join names t on t.id = team_id join names c on c.id = cost_center_id order by u.name`

// inTeam returns an event of a user some minutes before noon, with a team and a cost center.
func inTeam(user, team, costCenter string, minutes int) eventtest.Event {
	e := by(user, request(minutes, 1))
	e.At = noon.Add(-time.Duration(minutes) * time.Minute)
	e.Attrs["request_id"] = fmt.Sprint(user, team, minutes)
	for key, name := range map[string]string{"cowork.team": team, "cowork.cost_center": costCenter} {
		if name != "" {
			e.Attrs[key] = name
		}
	}
	return e
}

// TestPeopleHaveTheTeamOfTheLatestEvent adds events in any order. Events without a team,
// without a user, or with an earlier time do not change the team.
func TestPeopleHaveTheTeamOfTheLatestEvent(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		in := open(t, name, DefaultSettings())
		add(t, in, inTeam("ada", "sales", "100", 10), inTeam("ada", "support", "200", 30), inTeam("bob", "", "", 5), inTeam("cy", "", "300", 5), inTeam("", "sales", "", 5))
		require.Equal(t, []string{"ada, sales, 100", "cy, (unknown), 300"}, rows(t, in, selectPeople))
		add(t, in, inTeam("ada", "support", "200", 20), inTeam("ada", "", "", 1))
		require.Equal(t, "ada, sales, 100", rows(t, in, selectPeople)[0])
		add(t, in, inTeam("ada", "support", "200", 9), inTeam("bob", "sales", "", 3))
		require.Equal(t, []string{"ada, support, 200", "bob, sales, (unknown)", "cy, (unknown), 300"}, rows(t, in, selectPeople))
		summary := inTeam("ada", "sales", "100", 8) // with the names of an earlier event
		summary.Kind = "cowork.prompt_summary"
		add(t, in, summary)
		require.Equal(t, "ada, support, 200", rows(t, in, selectPeople)[0])
	})
}

// TestPeopleAreWrittenOnce checks that the same team is written once an hour, and that a
// later one that is not written still decides.
func TestPeopleAreWrittenOnce(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	minutes := func(list ...int) {
		for _, m := range list {
			add(t, in, inTeam("ada", "sales", "", m))
		}
	}
	at := func(minutes int) []string { return []string{fmt.Sprint(noon.Unix() - int64(60*minutes))} }
	minutes(200, 180, 141)
	require.Equal(t, at(200), rows(t, in, "select seen from people"))
	minutes(140, 90)
	require.Equal(t, at(140), rows(t, in, "select seen from people"))
	add(t, in, inTeam("ada", "support", "", 100)) // arrives late
	require.Equal(t, []string{"ada, sales, (unknown)"}, rows(t, in, selectPeople))
	add(t, in, inTeam("ada", "support", "", 89))
	require.Equal(t, []string{"ada, support, (unknown)"}, rows(t, in, selectPeople))
}

// TestCollectorsAgreeOnTeams checks that the later of two teams wins whichever collector
// writes last, and also if the clock of a client is ahead.
func TestCollectorsAgreeOnTeams(t *testing.T) {
	onBoth(t, func(t *testing.T, name string) {
		t.Helper()
		a, b := open(t, name, DefaultSettings()), open(t, name, DefaultSettings())
		add(t, a, inTeam("ada", "old", "", 300), inTeam("ada", "new", "", 200))
		add(t, b, inTeam("ada", "old", "", 250))
		require.Equal(t, []string{"ada, new, (unknown)"}, rows(t, a, selectPeople))
		add(t, b, inTeam("ada", "old", "", 190)) // its roster is read later
		add(t, a, inTeam("ada", "new", "", 100)) // more than an hour after its last row
		require.Equal(t, []string{"ada, new, (unknown)"}, rows(t, b, selectPeople))
		add(t, a, inTeam("ada", "ahead", "", -600))
		in := eventtest.Logs(inTeam("ada", "new", "", -1))
		b.Add(noon.Add(time.Minute), in)
		require.NoError(t, b.Flush(t.Context()))
		require.Equal(t, []string{"ada, new, (unknown)"}, rows(t, b, selectPeople))
	})
}

// TestPeopleAreBounded drops the rows in memory beyond the limit, and counts teams beyond
// theirs as (other).
func TestPeopleAreBounded(t *testing.T) {
	set := DefaultSettings()
	set.MaxUsers, set.MaxNames = 3, 2
	in := inMemory(t, set)
	for i := range 5 {
		add(t, in, inTeam(fmt.Sprint("user-", i), fmt.Sprint("team-", i), "", 5))
		require.LessOrEqual(t, len(in.people.rows), 3)
	}
	require.Equal(t, []string{"user-0, team-0, (unknown)", "user-1, team-1, (unknown)", "user-2, (other), (unknown)"}, rows(t, in, selectPeople))
	stats := in.TakeStats()
	require.Equal(t, map[string]int64{"user": 2, "team": 3}, stats.OverflowByKind())
}

// TestPeopleExpire deletes the team of a user without events for as long as days are kept.
func TestPeopleExpire(t *testing.T) {
	in := inMemory(t, DefaultSettings())
	add(t, in, inTeam("ada", "sales", "", 5))
	require.NoError(t, in.Sweep(t.Context(), noon.Add(in.set.Days)))
	require.Equal(t, []string{"1"}, rows(t, in, "select count(*) from people"))
	require.NoError(t, in.Sweep(t.Context(), noon.Add(in.set.Days+48*time.Hour)))
	require.Equal(t, []string{"0"}, rows(t, in, "select count(*) from people"))
}

// TestPeopleInMemoryAreBounded reaches the limit of rows in memory with users who come and
// go, and with one commit.
func TestPeopleInMemoryAreBounded(t *testing.T) {
	p := newPeople(2)
	p.record([]storedPerson{{user: 2}, {user: 3}})
	require.Len(t, p.rows, 2)
	p.record([]storedPerson{{user: 4}})
	require.Len(t, p.rows, 1)
	p.record([]storedPerson{{user: 5}, {user: 6}, {user: 7}})
	require.Len(t, p.rows, 2)
}
