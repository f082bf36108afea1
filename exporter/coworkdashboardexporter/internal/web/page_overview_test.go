package web_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	pagepanels "github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/panels"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web/overview"
)

// An overviewSource answers the panels of the overview. All panels support organization and
// team, apart from alerts.
type overviewSource struct {
	*fakeSource
	tables map[string]report.Table
	read   map[string]report.Filter
}

func (s *overviewSource) Supports(p report.Panel, f report.Filter) bool {
	return p.ID != "alerts_firing" || f.Team+f.Organization == ""
}

func (s *overviewSource) Answer(_ context.Context, p report.Panel, f report.Filter, limit int) (report.Table, error) {
	err := s.record(p.ID, f)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read[p.ID] = f
	t := s.tables[p.ID]
	if limit > 0 && limit < len(t.Rows) {
		t.Rows, t.Cut = t.Rows[:limit], len(t.Rows)-limit
	}
	return t, err
}

// newOverview returns a source with 100 dollars a day in November until the 20th, and 50 in
// October.
func newOverview(t *testing.T) *overviewSource {
	t.Helper()
	s := &overviewSource{newFakeSource(), map[string]report.Table{}, map[string]report.Filter{}}
	days := [][]any{}
	for day := time.Date(2026, 10, 1, 0, 0, 0, 0, berlin(t)); day.Before(now); day = day.AddDate(0, 0, 1) {
		usd := 50.0
		if day.Month() == time.November {
			usd = 100
		}
		days = append(days, []any{day, usd})
	}
	s.tables["cost_over_time"] = report.Table{Columns: columns("Time", "time", "Cost", "USD"), Rows: days}
	s.tables["cost_by_user"] = report.Table{Columns: columns("User", "", "Cost", "USD"), Rows: [][]any{
		{"Ada Li", 900.0}, {"Bo", 500.0}, {"Cy", 300.0}, {"Di", 100.0}, {"Ed", 90.0}, {"Flo", 60.0}, {"Gil", nil},
	}}
	s.tables["cost_by_team"] = report.Table{Columns: columns("Team", "", "Cost", "USD"), Rows: [][]any{
		{"Sales", 1000.0}, {"Legal & Tax", 700.0}, {"(unknown)", 300.0},
	}}
	s.tables["failures"] = report.Table{Columns: columns("Failure", "", "Number", "{failure}"), Rows: [][]any{
		{"failed tool calls", int64(12)}, {"failed API requests", int64(1)},
	}}
	s.tables["bypassed_permissions"] = report.Table{Columns: columns("User", "", "Decisions", "{decision}"), Rows: [][]any{{"Ada Li", int64(9)}}}
	s.tables["alerts_firing"] = report.Table{
		Columns: columns("Alert", "", "Severity", "", "Details", "", "Since", "time"),
		Rows: [][]any{
			{"new_connector", "info", "connector crm", now.Add(-time.Hour)},
			{"api_error_rate", "critical", "model opus", now.Add(-2 * time.Hour)},
		},
	}
	return s
}

func textDoc(t *testing.T, body string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	require.NoError(t, err)
	return doc
}

// hrefs returns the links of a page.
func hrefs(t *testing.T, body string) (list []string) {
	t.Helper()
	for n := range textDoc(t, body).Descendants() {
		if href := attr(n, "href"); href != "" {
			list = append(list, href)
		}
	}
	return list
}

func overviewOf(t *testing.T, src report.Source, budget overview.Budget, address string) string {
	t.Helper()
	set := settings(t)
	set.Budget = budget
	w := get(t, web.New(pagepanels.Pages, src, set), address)
	require.Equal(t, http.StatusOK, w.Code)
	return w.Body.String()
}

// TestOverview reads the overview: the cost of the month with its change, forecast and
// budget, users and teams by name, failures, danger and alerts, each with its link.
func TestOverview(t *testing.T) {
	src := newOverview(t)
	body := overviewOf(t, src, overview.Budget{MonthlyUSD: 2500, TeamsUSD: map[string]float64{"Sales": 800, "Legal & Tax": 1000}}, "/")
	doc := textDoc(t, body)
	month := textOf(byID(doc, "p-month"))
	for _, want := range []string{
		"Cost in November", "$2,000", "100 % more than on the same days of October", "Forecast", "at the end of November",
		"The forecast exceeds the budget of $2,500",
	} {
		require.Contains(t, strings.ReplaceAll(month, "\u00a0", " "), want)
	}
	require.Contains(t, hrefs(t, body), "/cost?from=2026-11-07&to=2026-11-07", "a bar links to its day")
	users := textOf(byID(doc, "p-users"))
	require.Contains(t, users, "Ada Li")
	require.Contains(t, users, "1 more")
	require.Contains(t, hrefs(t, body), "/user?user=Ada+Li")
	require.Contains(t, hrefs(t, body), "/team?team=Legal+%26+Tax")
	teams := textOf(byID(doc, "p-teams"))
	require.Contains(t, teams, "over budget")
	require.Contains(t, teams, "forecast over")
	today := strings.ReplaceAll(textOf(byID(doc, "p-today")), "\u00a0", " ")
	require.Contains(t, today, "12 failed tool calls")
	require.Contains(t, today, "1 failed API request")
	require.Contains(t, today, "0 refused API requests")
	require.Contains(t, hrefs(t, body), "/prompts?from=2026-11-20&outcome=failed&to=2026-11-20")
	require.Contains(t, textOf(byID(doc, "p-danger")), "critical 1 user let Cowork act without confirmation: Ada Li")
	alerts := textOf(byID(doc, "p-alerts"))
	require.Less(t, strings.Index(alerts, "critical"), strings.Index(alerts, "info"))
	require.Contains(t, textOf(byID(doc, "setup-line")), "Setup")

	require.Equal(t, "2026-10-01", src.read["cost_over_time"].From.Format(time.DateOnly))
	require.Equal(t, "2026-11-01", src.read["cost_by_user"].From.Format(time.DateOnly))
	require.Equal(t, "2026-11-20", src.read["failures"].From.Format(time.DateOnly))
	require.Equal(t, "2026-11-14", src.read["bypassed_permissions"].From.Format(time.DateOnly))
}

// TestOverviewBudget checks the words for each state of a budget, and which budget a filter
// has.
func TestOverviewBudget(t *testing.T) {
	src := newOverview(t)
	month := func(b overview.Budget, address string) string {
		return strings.ReplaceAll(textOf(byID(textDoc(t, overviewOf(t, src, b, address)), "p-month")), "\u00a0", " ")
	}
	require.Contains(t, month(overview.Budget{MonthlyUSD: 1500}, "/"), "Over the budget of $1,500 by $500")
	require.Contains(t, month(overview.Budget{MonthlyUSD: 8000}, "/"), "25 % of the budget of $8,000")
	require.NotContains(t, month(overview.Budget{}, "/"), "budget")
	require.NotContains(t, month(overview.Budget{MonthlyUSD: 1500}, "/?organization=acme"), "budget")
	teams := overview.Budget{MonthlyUSD: 1500, TeamsUSD: map[string]float64{"Sales": 4000}}
	require.Contains(t, month(teams, "/?team=Sales"), "50 % of the budget of $4,000")
	require.NotContains(t, month(teams, "/?team=Legal"), "budget")
}

// TestOverviewSupportsTheFilter checks that every answer is limited to the names of the
// address, that a panel without them is not read, and that other parameters lead to the
// pages that take them.
func TestOverviewSupportsTheFilter(t *testing.T) {
	src := newOverview(t)
	body := overviewOf(t, src, overview.Budget{}, "/?organization=acme&team=Sales")
	require.Contains(t, textOf(byID(textDoc(t, body), "p-alerts")), "Not available with this filter.")
	for _, f := range src.filters {
		if !f.From.IsZero() {
			require.Equal(t, [2]string{"acme", "Sales"}, [2]string{f.Organization, f.Team})
		}
	}
	require.NotContains(t, src.read, "alerts_firing")
	require.Contains(t, hrefs(t, body), "/user?organization=acme&team=Sales&user=Ada+Li")

	w := get(t, web.New(pagepanels.Pages, src, settings(t)), "/?range=90d&team=Sales")
	require.Equal(t, http.StatusMovedPermanently, w.Code)
	require.Equal(t, "/cost?range=90d&team=Sales", w.Header().Get("Location"))
	require.Equal(t, http.StatusBadRequest, get(t, web.New(pagepanels.Pages, src, settings(t)), "/?colour=red").Code)
}

// TestOverviewFails checks that a failed query leaves the other tiles as they are.
func TestOverviewFails(t *testing.T) {
	for _, panel := range []string{"cost_over_time", "cost_by_user", "failures", "bypassed_permissions", "cost_by_team", "alerts_firing", "prompts", "setup", "choices"} {
		src := newOverview(t)
		src.fail[panel] = context.DeadlineExceeded
		body := overviewOf(t, src, overview.Budget{}, "/")
		require.NotContains(t, body, "deadline", panel)
		require.Equal(t, panel != "choices", strings.Contains(body, "This took too long to load."), panel)
	}
	src := newOverview(t)
	src.tables = map[string]report.Table{}
	src.state = report.State{}
	body := overviewOf(t, src, overview.Budget{MonthlyUSD: 10}, "/")
	require.NotNil(t, byID(textDoc(t, body), "fresh"))
	require.Contains(t, textOf(byID(textDoc(t, body), "p-month")), "The forecast starts after the first complete day.")
}

// TestOverviewIsInert draws the overview with hostile names everywhere.
func TestOverviewIsInert(t *testing.T) {
	src := newOverview(t)
	src.rename = assignNames(hostileNames)
	for id, table := range src.tables {
		var rows [][]any
		for i, row := range table.Rows {
			row = slices.Clone(row)
			for at, cell := range row {
				if _, ok := cell.(string); ok && id != "failures" {
					row[at] = hostileNames[(i+at)%len(hostileNames)]
				}
			}
			rows = append(rows, row)
		}
		table.Rows = rows
		src.tables[id] = table
	}
	w := get(t, web.New(pagepanels.Pages, src, settings(t)), "/")
	require.Equal(t, http.StatusOK, w.Code)
	requireInert(t, w)
	require.True(t, strings.Contains(w.Body.String(), "&lt;img src=x") || strings.Contains(w.Body.String(), "&lt;script"), "the names are there")
}
