package samefigures

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"pgregory.net/rapid"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// teams are the teams of users by their latest event, in all streams.
type teams map[string]teamAt

type teamAt struct {
	team string
	at   time.Time
}

// addTeam adds the team of an event's user. It was another one before the last four hours, and
// some users have none.
func addTeam(e *event) {
	user := userOf(*e)
	switch {
	case user == "" || user == "alice":
	case e.at.Before(noon.Add(-4 * time.Hour)):
		e.attrs["cowork.team"] = "before"
	default:
		e.attrs["cowork.team"] = fmt.Sprint("team ", len(user)%2)
	}
}

func userOf(e event) string {
	ld := plog.NewLogs()
	e.appendTo(ld, false)
	user := firstOf(ld).User()
	return user[:min(len(user), nameBytes)]
}

// add adds the teams of a stream.
func (all teams) add(stream []event) {
	for _, e := range stream {
		if team, _ := e.attrs["cowork.team"].(string); team != "" && !e.at.Before(all[userOf(e)].at) {
			all[userOf(e)] = teamAt{team, e.at}
		}
	}
}

// requireFigures checks that the page has the figures of the users of each team.
func (all teams) requireFigures(t *rapid.T, db *database.DB, organization string, want figures) {
	byTeam := map[string]figures{unknownUser: {}, "before": {}, "team 0": {}, "team 1": {}}
	for user, sums := range want {
		team := unknownUser
		if known, ok := all[user]; ok {
			team = known.team
		}
		byTeam[team][user] = sums
	}
	for team, sums := range byTeam {
		f := report.Filter{From: noon.AddDate(0, 0, -60), Organization: organization, Team: team}
		require.Equal(t, sums, ofPanels(t.Context(), t, db, f), team)
	}
}
