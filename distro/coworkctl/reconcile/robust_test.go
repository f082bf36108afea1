package reconcile

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// checkReader reads a text as both kinds of lists.
func checkReader(t *testing.T, text string) {
	t.Helper()
	sessions, err := ReadSessions(strings.NewReader(text))
	for _, s := range sessions {
		if err == nil && (s.ID == "" || s.Created.IsZero()) {
			t.Fatal("a session without id or time")
		}
	}
	if _, _, err := ReadUsage(strings.NewReader(text)); err != nil && len(err.Error()) > 300 {
		t.Fatal("an error with the text")
	}
}

// TestNoList refuses texts that are no list, with the row and without their content.
func TestNoList(t *testing.T) {
	good := `{"id":"clls_1","created_at":"2026-11-02T08:00:00Z"}`
	for text, want := range map[string]string{
		"":                            "is empty (an answer of the API would be right)",
		"\n":                          "is empty",
		`"secret"`:                    "is no JSON, and no CSV with a known header",
		`secret`:                      "is no JSON, and no CSV",
		"<html>secret</html>":         "is no JSON, and no CSV",
		`{"error":{"type":"secret"}}`: "row 1 is no list of sessions (pages with data",
		`{"data":{"secret":1}}`:       "is no list of sessions",
		`{"data":null}`:               "is no list of sessions",
		`{"data":[` + good + `,{"id":"secret"}]}`: "row 2 is no list of sessions",
		`{"data":[` + good:                        "is no JSON, or is cut off (the whole answers of the API would be right)",
		`{"data":[` + good + `],"next_page":`:     "is no JSON, or is cut off",
		`[` + good + `,`:                          "is no JSON, or is cut off",
		"id,created_at\n\"secret":                 "is no CSV, or is cut off",
		"id,created_at\nx,yesterday\n":            "row 1 is no list of sessions",
	} {
		_, err := ReadSessions(strings.NewReader(text))
		require.ErrorContains(t, err, want, text)
		require.NotContains(t, err.Error(), "secret")
	}
}

// TestRepeatedPages reads a page twice, in which a session went on: it is one session.
func TestRepeatedPages(t *testing.T) {
	page := `{"data":[{"id":"clls_1","created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-02T%02d:00:00Z"}]}` + "\n"
	all, err := ReadSessions(strings.NewReader(fmt.Sprintf(page, 9) + fmt.Sprintf(page, 11) + fmt.Sprintf(page, 10)))
	require.NoError(t, err)
	require.Len(t, all, 1)
	require.Equal(t, 11, all[0].Updated.Hour())
}

// TestTimeForms reads times of exports, with and without a zone.
func TestTimeForms(t *testing.T) {
	want := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	for _, text := range []string{
		"2026-11-02T08:00:00Z", "2026-11-02T09:00:00+01:00", "2026-11-02T09:00:00+0100", "2026-11-02 08:00:00 UTC", "2026-11-02 03:00:00-05:00", "2026-11-02T08:00:00", "2026-11-02 08:00:00", "2026-11-02T08:00:00.000000Z",
	} {
		require.Equal(t, want, parseTime(text), text)
	}
	for _, text := range []string{"", "2026-11-02", "2026-11-02 09:00:00 CET", "1793606400"} {
		require.True(t, parseTime(text).IsZero(), text)
	}
}

// one returns the telemetry of one session of a person with some identities.
func one(at time.Time, identities ...string) *Telemetry {
	t := NewTelemetry()
	a := t.session("s")
	t.addPerson(a, identities[0], "", identities...)
	t.extend(a, at, at.Add(time.Hour))
	a.addCall(at)
	t.events = 1
	return t
}

var morning = time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)

// TestPseudonyms joins a list with addresses and telemetry with pseudonyms by the function that
// computes them. Without it, what to do is to pass the configuration.
func TestPseudonyms(t *testing.T) {
	pseudonym := "u_" + strings.Repeat("ab", 16)
	listed := []ListedSession{{ID: "clls_1", UserID: "user_01a", Email: "ada@example.com", Created: morning}}
	alias := func(attribute, value string) string {
		if attribute == "user.email" && value == "ada@example.com" {
			return pseudonym
		}
		return ""
	}
	require.Equal(t, 1, Compare(listed, one(morning, pseudonym), Settings{Tolerance: tolerance, Alias: alias}).Found)
	report := Compare(listed, one(morning, pseudonym), Settings{Tolerance: tolerance})
	require.Zero(t, report.Found)
	require.Equal(t, "pseudonyms", report.Findings[0].Reason)
	require.Contains(t, report.Findings[0].Action, "--config")
}

// TestNoUser reports sessions of the list that have no user: deleted accounts, agents.
func TestNoUser(t *testing.T) {
	report := Compare([]ListedSession{{ID: "clls_1", Created: morning}, {ID: "clls_2", UserID: "[deleted]", Created: morning}}, one(morning, "user_01a"), Settings{Tolerance: tolerance})
	require.Equal(t, []string{"no_user", "no_user"}, []string{report.Silent[0].Reason, report.Silent[1].Reason})
	require.Zero(t, report.Seats)
	require.Empty(t, report.Unseen)
}

// TestDeletedSession reports a session that was deleted, and so is not listed any more.
func TestDeletedSession(t *testing.T) {
	telemetry := one(morning, "user_01a")
	report := Compare([]ListedSession{{ID: "clls_1", UserID: "user_01a", Created: morning.Add(3 * time.Hour)}}, telemetry, Settings{Tolerance: tolerance, From: morning})
	require.Len(t, report.Unlisted, 1)
	require.Equal(t, "not_listed", report.Unlisted[0].Reason)
}

// TestDayZone counts a session by the day of the zone, over midnight and the end of a month.
func TestDayZone(t *testing.T) {
	at := time.Date(2026, 10, 31, 23, 30, 0, 0, time.UTC)
	listed := []ListedSession{{ID: "clls_1", UserID: "user_01a", Created: at, Updated: at.Add(2 * time.Hour)}}
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for zone, day := range map[*time.Location]string{time.UTC: "2026-10-31", berlin: "2026-11-01"} {
		report := Compare(listed, one(at, "user_01a"), Settings{Tolerance: tolerance, Zone: zone})
		require.Equal(t, []Coverage{{Name: day, Listed: 1, Found: 1, Percent: 100, Seats: 1}}, report.Days)
		require.Equal(t, zone.String(), report.Zone)
	}
}

// TestTeams has the team of a seat that never sent an event from a list of people, and those of
// the others from the telemetry.
func TestTeams(t *testing.T) {
	telemetry := one(morning, "user_01a")
	telemetry.people.team[telemetry.people.join("user_01a")] = "Sales"
	team := func(userID, _ string) string { return map[string]string{"user_01b": "Legal"}[userID] }
	report := Compare([]ListedSession{
		{ID: "clls_1", UserID: "user_01a", Created: morning}, {ID: "clls_2", UserID: "user_01b", Created: morning}, {ID: "clls_3", UserID: "user_01c", Created: morning},
	}, telemetry, Settings{Tolerance: tolerance, Team: team})
	require.Equal(t, []Coverage{
		{Name: "(no team)", Listed: 1, Seats: 1, Unseen: 1}, {Name: "Legal", Listed: 1, Seats: 1, Unseen: 1}, {Name: "Sales", Listed: 1, Found: 1, Percent: 100, Seats: 1},
	}, report.Teams)
}

// TestVersions names the client version whose sessions do not arrive.
func TestVersions(t *testing.T) {
	telemetry := NewTelemetry()
	var listed []ListedSession
	for i := range 40 {
		user, version := fmt.Sprintf("user_%d", i), "2.1.330"
		if i < 6 {
			version = "2.1.187"
		}
		for day := range 3 {
			at := morning.AddDate(0, 0, day)
			listed = append(listed, ListedSession{ID: fmt.Sprintf("clls_%d_%d", i, day), UserID: user, Created: at})
			if i < 6 && day > 0 {
				continue
			}
			a := telemetry.session(fmt.Sprint(i, "-", day))
			telemetry.addPerson(a, user, "", user)
			telemetry.extend(a, at, at)
			telemetry.events++
			a.addCall(at)
			a.version = version
		}
	}
	report := Compare(listed, telemetry, Settings{Tolerance: tolerance})
	last := report.Findings[len(report.Findings)-1]
	require.Equal(t, "12 sessions of these are of users with client 2.1.187, of which 33 % arrive; of other versions 100 %", last.Text)
	require.Equal(t, "6 seats sent nothing after 2026-11-02: 12 sessions", report.Findings[0].Text)
}

// TestBounds reaches the bounds of partners of a session and of findings.
func TestBounds(t *testing.T) {
	telemetry := NewTelemetry()
	listed := []ListedSession{{ID: "clls_0", UserID: "a", Created: morning, Updated: morning.Add(time.Minute)}}
	for i := range maxPartners + 1 {
		a := telemetry.session(fmt.Sprint(i))
		telemetry.addPerson(a, "a", "", "a")
		telemetry.extend(a, morning, morning.Add(time.Minute))
		telemetry.events++
	}
	require.Equal(t, 1, Compare(listed, telemetry, Settings{Tolerance: tolerance}).Crowded)

	c := &comparison{telemetry: telemetry, report: &Report{}, groups: map[groupKey]*group{}}
	for i := range maxFindings + 3 {
		key := groupKey{"gap", fmt.Sprint(i)}
		c.groups[key] = &group{groupKey: key, sessions: 100 - i, persons: map[int]bool{i: true}}
	}
	addFindings(c)
	require.Len(t, c.report.Findings, maxFindings+1)
	require.Equal(t, "237 sessions of 3 seats in 3 smaller groups", c.report.Findings[maxFindings].Text)
}
