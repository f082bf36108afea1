package e2e

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// TestPageTeams gives people teams by a list. The teams' figures add up to those of all, each
// panel that is shown for a name supports it, a file has all rows, and in a browser a team leads
// to its people.
func TestPageTeams(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	people := filepath.Join(folder, "people.csv")
	require.NoError(t, exec.CommandContext(t.Context(), command("coworkctl"), "gen", "demo", "--seats", "8", "--roster", people).Run())
	config := filepath.Join(folder, "teams.yaml")
	require.NoError(t, os.WriteFile(config, fmt.Appendf(nil, overviewConfig, people), 0o600))
	p := startPage(t, config)
	p.sendDemo(t, &p.sum, time.Now().UTC(), 8, 8)
	p.awaitFigures(t)
	t.Run("sums", func(t *testing.T) { p.addsUpTeams(t) })
	t.Run("filters", func(t *testing.T) { p.supportsNames(t) })
	b := openBrowser(t, p.url())
	t.Run("browser", func(t *testing.T) { p.walkToTeam(t, b) })
}

// numbers returns the numbers of a column by the names in another one.
func (a *panel) numbers(t *testing.T, by, shows string) map[string]float64 {
	t.Helper()
	sums := map[string]float64{}
	for _, row := range a.Rows {
		name, _ := row[a.at(t, by)].(string)
		n, _ := row[a.at(t, shows)].(float64)
		sums[name] += n
	}
	return sums
}

// named returns the query of a month and a name.
func named(key, name string) string { return "?" + url.Values{"range": {"30d"}, key: {name}}.Encode() }

// addsUpTeams compares the figures of teams with those of their people.
func (p *dashboard) addsUpTeams(t *testing.T) {
	t.Helper()
	people := p.answer(t, "people", "?range=30d")
	users := map[string]float64{}
	for _, row := range people.Rows {
		users[row[people.at(t, "Team")].(string)]++
	}
	require.Greater(t, len(users), 1)
	for id, columns := range map[string]map[string]string{
		"cost_by_team":              {"Cost": "Cost", "Requests": "Requests"},
		"adoption_by_team":          {"Prompts": "Prompts", "Sessions": "Sessions"},
		"prompts_by_team_over_time": {"Prompts": "Prompts"},
	} {
		teams := p.answer(t, id, "?range=30d")
		for column, ofPeople := range columns {
			require.InDeltaMapValues(t, people.numbers(t, "Team", ofPeople), teams.numbers(t, "Team", column), 1e-9, "%s: %s", id, column)
		}
	}
	teams := p.answer(t, "cost_by_team", "?range=30d")
	require.Equal(t, users, teams.numbers(t, "Team", "Users"))
	adoption := p.answer(t, "adoption_by_team", "?range=30d")
	require.Equal(t, users, adoption.numbers(t, "Team", "Active users"))
	require.Equal(t, users, adoption.numbers(t, "Team", "Known users"))
	centers := p.answer(t, "cost_by_cost_center", "?range=30d")
	cost := p.answer(t, "cost", "?range=30d")
	require.InDelta(t, cost.Rows[0][0], sumOf(centers.numbers(t, "Cost center", "Cost")), 1e-9)
}

func sumOf(numbers map[string]float64) (sum float64) {
	for _, n := range numbers {
		sum += n
	}
	return sum
}

// supportsNames compares the rows of names with the answers that are limited to them. Panels
// without a name have the status 400. A file of a team has all of its people.
func (p *dashboard) supportsNames(t *testing.T) {
	t.Helper()
	for key, c := range map[string]struct{ panel, by, shows string }{
		"team": {"cost_by_team", "Team", "Cost"}, "tool": {"tools", "Tool", "Calls"}, "connector": {"connector_error_rate", "Connector", "Calls"},
	} {
		all := p.answer(t, c.panel, "?range=30d")
		rows := all.numbers(t, c.by, c.shows)
		require.NotEmpty(t, rows, key)
		for name, n := range rows {
			one := p.answer(t, c.panel, named(key, name))
			require.InDeltaMapValues(t, map[string]float64{name: n}, one.numbers(t, c.by, c.shows), 1e-9)
		}
		for _, one := range p.panels(t) {
			status, body := p.fetch(t, "/api/panels/"+one.ID+".json"+named(key, all.Rows[0][0].(string)))
			require.Equal(t, slices.Contains(one.Filters, key), status == http.StatusOK, "%s by %s: %s", one.ID, key, body)
		}
	}
	teams := p.answer(t, "cost_by_team", "?range=30d")
	for name, users := range teams.numbers(t, "Team", "Users") {
		status, body := p.fetch(t, "/api/panels/people.csv"+named("team", name))
		require.Equal(t, http.StatusOK, status)
		rows, err := csv.NewReader(strings.NewReader(string(body))).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 1+int(users))
	}
}

// walkToTeam opens a team of the page of people, at three widths.
func (p *dashboard) walkToTeam(t *testing.T, b *browser) {
	t.Helper()
	for _, width := range []int64{1400, 1920, 390} {
		b.do(t, chromedp.EmulateViewport(width, 900))
		b.visit(t, "/people?range=30d")
		require.LessOrEqual(t, evaluate[int64](t, b, `document.documentElement.scrollWidth`), width)
		b.checkAccessible(t, "/people")
		team := evaluate[string](t, b, `document.querySelector("#p-adoption_by_team tbody th").innerText.trim()`)
		evaluate[bool](t, b, `document.querySelector("#p-adoption_by_team tbody th a").click(), true`)
		b.await(t, `location.pathname === "/team" && document.readyState === "complete"`)
		require.Equal(t, team, evaluate[string](t, b, `document.querySelector("h1").textContent`))
		costs := p.answer(t, "cost_by_team", "?range=30d")
		require.InDelta(t, costs.numbers(t, "Team", "Cost")[team], evaluate[float64](t, b, figure("cost")), 1e-9)
		require.LessOrEqual(t, evaluate[int64](t, b, `document.documentElement.scrollWidth`), width)
		require.Contains(t, evaluate[string](t, b, `document.querySelector("#p-tools").textContent`), "not available with this filter: p95")
		require.NotContains(t, evaluate[string](t, b, `document.querySelector("#p-tools thead").textContent`), "p95")
		require.Empty(t, evaluate[[]string](t, b, `[...document.querySelectorAll(".trouble")].map(e => e.textContent)`))
		b.checkAccessible(t, "/team")
	}
	b.requireQuiet(t)
	b.withoutScripts(t)
	b.visit(t, "/team?range=30d&team="+url.QueryEscape(evaluate[string](t, b, `document.querySelector("h1").textContent`)))
	require.NotEmpty(t, evaluate[string](t, b, `document.querySelector("#p-people tbody th").innerText`))
}
