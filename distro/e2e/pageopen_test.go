package e2e

import (
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// always is a range of days that contains all events of these tests.
const always = "?from=2026-01-01&to=2026-12-31"

// panelPages are the pages of panels in the navigation.
var panelPages = []string{"/", "/cost", "/people", "/tools", "/api-requests", "/security", "/alerts"}

// onOverview are the panels that only the overview draws. TestPageOverviewFits reads it.
var onOverview = []string{"failures", "bypassed_permissions", "unofficial_in_use", "secrets_by_user", "connectors_new", "hosts_disabled", "hosts_unlisted"}

// TestPage tests the page in a browser, with the recorded events and with three weeks of
// synthetic data.
func TestPage(t *testing.T) {
	t.Parallel()
	p := startPage(t)
	b := openBrowser(t, p.url())
	t.Run("empty", func(t *testing.T) { p.opens(t, b, "light") })
	t.Run("captures", func(t *testing.T) {
		p.sendCaptures(t)
		p.awaitFigures(t)
		p.requireFigures(t, always)
		p.opens(t, b, "dark")
	})
	now := time.Now().UTC()
	p.sendDemo(t, &p.sum, now, 20, 8)
	p.awaitFigures(t)
	t.Run("figures", func(t *testing.T) { p.requireFigures(t, always) })
	t.Run("files", func(t *testing.T) { p.files(t) })
	t.Run("opens", func(t *testing.T) { p.opens(t, b, "light", "dark") })
	t.Run("shown", func(t *testing.T) { p.showsItsFigures(t, b) })
	t.Run("filters", func(t *testing.T) { p.filters(t, b, now) })
	t.Run("prompt", func(t *testing.T) { p.waterfall(t, b) })
	t.Run("keyboard", func(t *testing.T) { b.checkKeyboard(t, "/", "/prompts", "/events?limit=5", "/setup") })
	t.Run("live", func(t *testing.T) { p.live(t, b, now) })
	b.requireQuiet(t)
	b.withoutScripts(t)
	t.Run("without scripts", func(t *testing.T) { p.showsItsFigures(t, b) })
}

// sendCaptures sends the logs of every recorded run.
func (p *dashboard) sendCaptures(t *testing.T) {
	t.Helper()
	for _, requests := range captures(t) {
		for _, r := range requests {
			if r.signal != "logs" {
				continue
			}
			sent := plogotlp.NewExportRequest()
			require.NoError(t, decode(r, sent))
			p.sendEvents(t, &p.sum, sent.Logs())
		}
	}
}

// opens checks every page in each colour scheme, with all details open.
func (p *dashboard) opens(t *testing.T, b *browser, schemes ...string) {
	t.Helper()
	paths := append([]string{"/cost?range=24h", "/prompts", "/events", "/setup"}, panelPages...)
	if ids := p.prompts(t, always); len(ids) > 0 {
		paths = append(paths, "/prompts/"+ids[0].ID)
	}
	for _, scheme := range schemes {
		b.prefer(t, scheme)
		for _, path := range paths {
			b.visit(t, path)
			require.NotEmpty(t, evaluate[string](t, b, `document.querySelector("h1").textContent`), path)
			evaluate[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
			b.checkAccessible(t, path+" "+scheme)
		}
	}
	b.requireQuiet(t)
}

// showsItsFigures checks that the numbers on the page equal those of its files. The files
// have all rows of a ranking, and the page states how many it does not show.
func (p *dashboard) showsItsFigures(t *testing.T, b *browser) {
	t.Helper()
	answers := p.answers(t, always)
	for _, path := range panelPages {
		b.visit(t, path+always)
		for _, id := range evaluate[[]string](t, b, `[...document.querySelectorAll(".panel, .figure")].map(p => p.id.slice(2))`) {
			if answered, ok := answers[id]; ok {
				requireShown(t, b, id, answered)
				delete(answers, id)
			}
		}
	}
	maps.DeleteFunc(answers, func(id string, _ panel) bool {
		return slices.Contains(onOverview, id) || strings.Contains(id, "alert") // the page of alerts has a list of its own
	})
	require.Empty(t, slices.Collect(maps.Keys(answers)), "these panels are on no page")
}

// requireShown checks the numbers of one panel of the open page.
func requireShown(t *testing.T, b *browser, id string, answered panel) {
	t.Helper()
	shown := evaluate[[]float64](t, b, fmt.Sprintf(`[...document.querySelectorAll("#p-%s data")].map(d => Number(d.value))`, id))
	if answered.Shape == "bar" || answered.Shape == "table" {
		rows := evaluate[int](t, b, fmt.Sprintf(`document.querySelectorAll("#p-%s tbody tr").length`, id))
		if more := len(answered.Rows) - rows; more > 0 {
			note := evaluate[string](t, b, fmt.Sprintf(`document.querySelector("#p-%s > .note").textContent`, id))
			assert.Equal(t, fmt.Sprintf("and %d more, not shown", more), note, "%s", id)
			answered.Rows = answered.Rows[:rows]
		}
	}
	assert.Equal(t, numbersOf(answered), sorted(shown), "%s", id)
}

// numbersOf returns the numbers of an answer except zeros, which a heat map leaves blank.
// A figure has only the first: the page shows the second as a change.
func numbersOf(answered panel) []float64 {
	var list []float64
	for _, row := range answered.Rows {
		for i, cell := range row {
			if n, ok := cell.(float64); ok && (i == 0 || answered.Shape != "figure") {
				list = append(list, n)
			}
		}
	}
	return sorted(list)
}

func sorted(list []float64) []float64 {
	list = slices.DeleteFunc(list, func(n float64) bool { return n == 0 })
	slices.Sort(list)
	return append([]float64{}, list...)
}

// files compares the CSV of every panel with its JSON, cell by cell.
func (p *dashboard) files(t *testing.T) {
	t.Helper()
	for id, answered := range p.answers(t, always) {
		status, body := p.fetch(t, "/api/panels/"+id+".csv"+always)
		require.Equal(t, 200, status, id)
		rows, err := csv.NewReader(strings.NewReader(string(body))).ReadAll()
		require.NoError(t, err, id)
		require.Len(t, rows, 1+len(answered.Rows), id)
		for i, c := range answered.Columns {
			require.Contains(t, rows[0][i], c.Name)
		}
		for i, row := range answered.Rows {
			for j, cell := range row {
				requireSame(t, cell, rows[1+i][j], id)
			}
		}
	}
}

// requireSame compares a cell of JSON with one of CSV.
func requireSame(t *testing.T, cell any, written, where string) {
	t.Helper()
	switch cell := cell.(type) {
	case nil:
		require.Empty(t, written, where)
	case float64:
		n, err := strconv.ParseFloat(written, 64)
		require.NoError(t, err, where)
		require.InDelta(t, cell, n, 1e-9, where)
	case string:
		// Text that a spreadsheet would evaluate as a formula begins with an apostrophe.
		require.Equal(t, cell, strings.TrimPrefix(written, "'"), where)
	}
}
