package answer_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/answer/answertest"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
)

// noon is the time of the tests.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// request returns what a request adds to the facts.
func request(at time.Time, user, organization, model string) []answertest.Observation {
	names := map[string]string{"user": user, "organization": organization, "model": model}
	return []answertest.Observation{
		{At: at, Fact: "usage", Names: names, Numbers: map[string]int64{"requests": 1, "cost_micros": 1_000_000}},
		{At: at, Fact: "activity", Names: names, Numbers: map[string]int64{"events": 1}},
	}
}

// load returns a SQLite database with observations, and a source for it.
func load(t *testing.T, zone *time.Location, list ...[]answertest.Observation) (*database.DB, *answer.Source) {
	t.Helper()
	db, err := database.Open(t.Context(), database.Settings{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	var all []answertest.Observation
	for _, part := range list {
		all = append(all, part...)
	}
	require.NoError(t, answertest.Load(t.Context(), db, zone, all))
	return db, sourceOf(db, zone)
}

func sourceOf(db *database.DB, zone *time.Location) *answer.Source {
	return answer.New(db, answer.Settings{
		Zone: zone, SeatValueUSD: 100, Hours: 14 * 24 * time.Hour,
		Now: func() time.Time { return noon }, State: func() report.State { return report.State{Version: 7} },
	})
}

// sourceWith returns a source for a SQLite database with observations.
func sourceWith(t *testing.T, zone *time.Location, list ...[]answertest.Observation) *answer.Source {
	t.Helper()
	_, s := load(t, zone, list...)
	return s
}

func number(value string, prior bool) report.Column {
	return report.Column{Name: "N", Type: report.Number, Unit: "1", Value: value, Prior: prior}
}

// TestPreviousPeriod checks when the previous period has figures: if it is complete, and
// a user, an organization or a model has data in its first half. A later start would
// seem to be growth.
func TestPreviousPeriod(t *testing.T) {
	hoursAgo := func(hours int, user, organization, model string) []answertest.Observation {
		return request(noon.Add(-time.Duration(hours)*time.Hour+time.Minute), user, organization, model)
	}
	panel := report.Panel{
		Shape: report.Figure, Columns: []report.Column{number("cost_micros", false), number("cost_micros", true)},
		Query: report.Query{Fact: "usage", Sums: []string{"cost_micros"}},
	}
	before := func(s *answer.Source, f report.Filter) any {
		t.Helper()
		f.From, f.To = noon.Add(-24*time.Hour), noon
		table, err := s.Answer(t.Context(), panel, f, 0)
		require.NoError(t, err)
		return table.Rows[0][1]
	}
	require.Nil(t, before(sourceWith(t, time.UTC), report.Filter{}), "there is nothing")
	first := hoursAgo(40, "ada", "acme", "opus")
	require.Nil(t, before(sourceWith(t, time.UTC, first), report.Filter{}), "some of the day before is not known")
	_, s := load(t, time.UTC, first, hoursAgo(60, "ada", "acme", "opus"), hoursAgo(30, "bob", "globex", "haiku"), hoursAgo(5, "cy", "acme", "opus"))
	require.Equal(t, int64(2e6), before(s, report.Filter{}))
	require.Equal(t, int64(1e6), before(s, report.Filter{User: "ada"}))
	require.Equal(t, int64(1e6), before(s, report.Filter{Organization: "acme"}))
	require.Equal(t, int64(1e6), before(s, report.Filter{Model: "opus"}))
	for _, late := range []report.Filter{{User: "bob"}, {Organization: "globex"}, {Model: "haiku"}, {User: "cy"}, {User: "nobody"}} {
		require.Nil(t, before(s, late), late)
	}
}

// TestDays checks the days by which a cost is extrapolated to a month: the requested
// range without days in the future or before the first event.
func TestDays(t *testing.T) {
	panel := report.Panel{
		Shape: report.Bar, Columns: []report.Column{number("days", false), number("seat_value_usd", false)},
		Query: report.Query{Fact: "activity", Sums: []string{"events"}, Join: []report.Join{{Name: "span", Query: report.Query{Fact: "span"}}}},
	}
	days := func(s *answer.Source, from, to time.Time) any {
		t.Helper()
		table, err := s.Answer(t.Context(), panel, report.Filter{From: from, To: to}, 0)
		require.NoError(t, err)
		require.InDelta(t, 100.0, table.Rows[0][1], 0)
		return table.Rows[0][0]
	}
	midnight := noon.Add(-12 * time.Hour)
	require.InDelta(t, 1.0, days(sourceWith(t, time.UTC), noon.Add(-24*time.Hour), noon), 1e-6, "nothing is known yet")
	_, s := load(t, time.UTC, request(noon.AddDate(0, 0, -60), "ada", "acme", "opus"))
	require.InDelta(t, 1.0, days(s, noon.Add(-24*time.Hour), noon), 1e-6, "a day that touches two")
	require.InDelta(t, 6.5, days(s, midnight.AddDate(0, 0, -6), noon), 1e-6, "today is half over")
	require.InDelta(t, 29.5, days(s, midnight.AddDate(0, 0, -29), noon), 1e-6)
	require.InDelta(t, 60.5, days(s, midnight.AddDate(0, 0, -89), noon), 1e-6, "nothing is known of a month of it")
	require.InDelta(t, 1.0, days(s, noon.Add(-time.Hour), noon), 1e-6, "an hour is too short for a month")
	require.InDelta(t, 20.0, days(s, midnight.AddDate(0, 0, -30), midnight.AddDate(0, 0, -10)), 1e-6)
}

// TestLimit checks that an answer has as many rows as the panel shows, or as requested,
// and the number of those that are left out. A file of 25 users ended after 20 of them.
func TestLimit(t *testing.T) {
	var list [][]answertest.Observation
	for i := range 25 {
		list = append(list, request(noon.Add(-time.Hour), fmt.Sprintf("user-%02d", i), "acme", "opus"))
	}
	_, s := load(t, time.UTC, list...)
	columns := []report.Column{{Name: "User", Value: "user"}, number("cost_micros", false)}
	ranking := report.Panel{Shape: report.Bar, Columns: columns, Query: report.Query{Fact: "usage", By: []string{"user"}, Sums: []string{"cost_micros"}, Limit: 20}}
	line := report.Panel{
		Shape: report.Line, Columns: []report.Column{{Name: "Time", Type: report.Time}, number("cost_micros", false)},
		Query: report.Query{Fact: "usage", Sums: []string{"cost_micros"}},
	}
	f := report.Filter{From: noon.Add(-10 * time.Hour), To: noon}
	for _, c := range []struct {
		panel            report.Panel
		limit, rows, cut int
	}{
		{ranking, 0, 20, 5},
		{ranking, 10, 10, 15},
		{ranking, 100, 25, 0},
		{line, 0, 10, 0},
		{line, 4, 4, 6},
		{line, 100, 10, 0},
	} {
		table, err := s.Answer(t.Context(), c.panel, f, c.limit)
		require.NoError(t, err)
		require.Len(t, table.Rows, c.rows)
		require.Equal(t, c.cut, table.Cut)
	}
	table, err := s.Answer(t.Context(), ranking, f, 0)
	require.NoError(t, err)
	require.Equal(t, "user-00", table.Rows[0][0], "names decide between equal numbers")
}

// TestNewestWeek checks that the present week counts up to the end of the range only, also
// if a client with a fast clock has sent events of tomorrow.
func TestNewestWeek(t *testing.T) {
	panel := report.Panel{
		Shape: report.Bar, Columns: []report.Column{{Name: "User", Value: "user"}, number("cost_micros", false)},
		Query: report.Query{Fact: "usage", By: []string{"user"}, Sums: []string{"cost_micros"}, Limit: 20},
	}
	for _, future := range []bool{false, true} {
		var list [][]answertest.Observation
		for day := range 120 {
			list = append(list, request(noon.AddDate(0, 0, -day), "ada", "acme", "opus"))
		}
		if future {
			list = append(list, request(noon.AddDate(0, 0, 1), "ada", "acme", "opus"))
		}
		s := sourceWith(t, time.UTC, list...)
		for _, days := range []int{1, 2, 5, 7, 8, 9, 30, 90} {
			f := report.Filter{From: report.StartOfDay(noon, 1-days), To: noon.Add(time.Hour)}
			table, err := s.Answer(t.Context(), panel, f, 0)
			require.NoError(t, err)
			require.Equal(t, [][]any{{"ada", int64(days * 1_000_000)}}, table.Rows, "%d days, events of tomorrow: %v", days, future)
		}
	}
}

// TestEveryDayOnce checks lines of 90 days with one request a day, in zones whose days
// begin at 1:00, have half hours, or are longer and shorter than 24 hours: each day has
// one row with its request, and the total has all.
func TestEveryDayOnce(t *testing.T) {
	for _, name := range []string{
		"America/Santiago", "America/Havana", "Atlantic/Azores", "Australia/Lord_Howe",
		"Africa/Cairo", "Asia/Beirut", "Europe/Berlin", "Asia/Kolkata",
	} {
		t.Run(name, func(t *testing.T) {
			zone, err := time.LoadLocation(name)
			require.NoError(t, err)
			for _, end := range []time.Time{noon, noon.AddDate(0, -7, 0)} { // the ends of two seasons
				var list [][]answertest.Observation
				for day := range 120 {
					list = append(list, request(end.In(zone).AddDate(0, 0, -day), "ada", "acme", "opus"))
				}
				_, s := load(t, zone, list...)
				for _, f := range []report.Filter{{}, {User: "ada"}, {Model: "opus"}} {
					f.From, f.To = report.StartOfDay(end.In(zone), -89), end.Add(time.Hour)
					checkDays(t, s, f, 90)
					f.From = report.StartOfDay(end.In(zone), -5)
					checkDays(t, s, f, 6)
				}
			}
		})
	}
}

// TestZoneChanges checks that figures stay on their days after the time zone was changed,
// and that the hours of the day before are in lines, also if hours start 30 minutes later.
func TestZoneChanges(t *testing.T) {
	var list [][]answertest.Observation
	for day := range 20 { // noon is on the same day in all these zones
		list = append(list, request(noon.AddDate(0, 0, -day).Add(-time.Minute), "ada", "acme", "opus"))
	}
	db, _ := load(t, time.UTC, list...)
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		s := sourceOf(db, zone)
		checkDays(t, s, report.Filter{From: report.StartOfDay(noon.In(zone), -19), To: noon}, 20)
		line := report.Panel{
			Shape:   report.Line,
			Columns: []report.Column{{Name: "Time", Type: report.Time}, {Name: "N", Type: report.Number, Unit: "{request}", Value: "requests"}},
			Query:   report.Query{Fact: "usage", Sums: []string{"requests"}},
		}
		table, err := s.Answer(t.Context(), line, report.Filter{From: noon.Add(-6 * time.Hour), To: noon.Add(2 * time.Hour)}, 0)
		require.NoError(t, err)
		n := int64(0)
		for _, row := range table.Rows {
			one, _ := row[1].(int64)
			n += one
		}
		require.Equal(t, int64(1), n, name)
	}
}

func checkDays(t *testing.T, s *answer.Source, f report.Filter, days int) {
	t.Helper()
	query := report.Query{Fact: "usage", Sums: []string{"requests"}}
	total, err := s.Answer(t.Context(), report.Panel{Shape: report.Figure, Columns: []report.Column{number("requests", false)}, Query: query}, f, 0)
	require.NoError(t, err)
	require.Equal(t, [][]any{{int64(days)}}, total.Rows)
	columns := []report.Column{{Name: "Time", Type: report.Time}, {Name: "N", Type: report.Number, Unit: "{request}", Value: "requests"}}
	line, err := s.Answer(t.Context(), report.Panel{Shape: report.Line, Columns: columns, Query: query}, f, 0)
	require.NoError(t, err)
	counts, last := map[string]int64{}, time.Time{}
	for _, row := range line.Rows {
		at, _ := row[0].(time.Time)
		n, _ := row[1].(int64)
		require.True(t, at.After(last), "%s follows %s", at, last)
		counts[at.Format(time.DateOnly)] += n
		last = at
	}
	require.Len(t, counts, days)
	for date, n := range counts {
		require.Equal(t, int64(1), n, date)
	}
}

// TestSupports checks that a panel without the data of a name does not support it, and that one
// whose optional join lacks it does.
func TestSupports(t *testing.T) {
	s := answer.New(nil, answer.Settings{})
	check := func(q report.Query, want ...bool) {
		t.Helper()
		p := report.Panel{Query: q}
		for i, f := range []report.Filter{{}, {Organization: "acme"}, {User: "ada"}, {Model: "opus"}, {User: "ada", Model: "opus"}} {
			require.Equal(t, want[i], s.Supports(p, f), "%+v", f)
		}
	}
	check(report.Query{Fact: "usage", Sums: []string{"requests"}}, true, true, true, true, true)
	check(report.Query{Fact: "usage", By: []string{"query_source"}}, true, true, false, true, false)
	check(report.Query{Fact: "activity", Sums: []string{report.Users}}, true, true, true, false, false)
	check(report.Query{Fact: "versions", Sums: []string{"events"}}, true, true, false, false, false)
	check(report.Query{Fact: "tool_calls", By: []string{"tool"}}, true, true, true, false, false)
	check(report.Query{Fact: "alerts"}, true, false, true, false, false)
	check(report.Query{Fact: "plugin_users", By: []string{"plugin"}}, true, true, true, false, false)
	latency := report.Query{Fact: "tool_latency", By: []string{"tool"}}
	check(report.Query{Fact: "tool_calls", By: []string{"tool"}, Join: []report.Join{{Query: latency}}}, true, true, false, false, false)
	check(report.Query{Fact: "tool_calls", By: []string{"tool"}, Join: []report.Join{{Query: latency, Optional: true}}}, true, true, true, false, false)
}

// TestUnavailableColumns names the columns of an optional join that does not have a name of
// the filter.
func TestUnavailableColumns(t *testing.T) {
	_, s := load(t, time.UTC, request(noon.Add(-time.Hour), "ada", "acme", "opus"))
	i := slices.IndexFunc(panels.All, func(p report.Panel) bool { return p.ID == "api_performance" })
	unavailable := func(f report.Filter) []string {
		f.From, f.To = noon.AddDate(0, 0, -1), noon
		table, err := s.Answer(t.Context(), panels.All[i], f, 0)
		require.NoError(t, err)
		return table.Unavailable
	}
	require.Empty(t, unavailable(report.Filter{Organization: "acme", Model: "opus"}))
	require.Equal(t, []string{"Mean", "p50", "p95", "p99", "Mean of all"}, unavailable(report.Filter{User: "ada"}))
	require.Equal(t, []string{"Mean", "p50", "p95", "p99", "Mean of all"}, unavailable(report.Filter{Team: "sales"}))
}
